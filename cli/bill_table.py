"""A forecast for people: tables in the terminal."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from trunkline.billing.lines import Line, sum_lines
from trunkline.billing.seats import platform_cost

if TYPE_CHECKING:
    from cli.bill import Estimate

_BAR_CELLS = 24
_STORAGE = "storage"


def print_estimate(estimate: Estimate) -> None:
    """Print the month by category and line, what settings would change, and what seats would cost."""
    console = Console(highlight=False, soft_wrap=True)
    _print_heading(console, estimate)
    console.print(_categories(estimate))
    console.print(_lines(estimate))
    if estimate.changes:
        console.print(_changes(estimate))
    if estimate.seats:
        _print_seats(console, estimate)
    _print_basis(console, estimate)


def _print_heading(console: Console, estimate: Estimate) -> None:
    volume = estimate.volume
    console.print(
        f"[bold]{volume.calls_per_day:,f} calls a day, {volume.days:f} days a month[/bold]: {volume.calls:,.0f} calls; "
        f"answered ones take {volume.minutes:f} minutes, {volume.menu_minutes:f} of them before an agent; "
        f"{volume.answered_percent:f} % answered; recordings kept {volume.retention_days} days"
    )


def _categories(estimate: Estimate) -> Table:
    forecast = estimate.forecast
    currency = forecast.currency
    table = _table("What AWS is paid", "Category", f"{currency} a month", f"{currency} a call", "Share", "")
    for name, amount in forecast.by_category().items():
        share = amount / forecast.total if forecast.total else Decimal(0)
        bar = "█" * round(share * _BAR_CELLS)
        table.add_row(name, _money(amount), _small(amount / forecast.calls), f"{share:.1%}", bar)
    table.add_section()
    table.add_row(
        "[bold]together[/bold]", _money(forecast.total), _small(forecast.total / forecast.calls), "100.0%", ""
    )
    if forecast.agents:
        agents = forecast.agent_time
        table.add_row("[dim]agents' time, apart[/dim]", _money(agents), _small(agents / forecast.calls), "", "")
    return table


def _lines(estimate: Estimate) -> Table:
    """Return a row for each price; what is stored, for what it is stored."""
    forecast = estimate.forecast
    table = _table("Line by line", "Service", "Quantity", "Unit", f"{forecast.currency} a month", left=(2,))
    rows: dict[tuple[str, str, str], list[Line]] = {}
    for entry in forecast.entries:
        category = entry.line.price.category
        what = f", {entry.what}" if category == _STORAGE else ""
        rows.setdefault((category, entry.line.price.service + what, entry.line.code), []).append(entry.line)
    before = ""
    for (category, service, _), lines in rows.items():
        if before not in ("", category):
            table.add_section()
        before = category
        quantity = sum((line.quantity for line in lines), Decimal(0))
        table.add_row(service, f"{quantity:,.2f}", lines[0].price.unit, _money(sum_lines(lines)))
    return table


def _changes(estimate: Estimate) -> Table:
    table = _table("What one setting would change", "Setting", f"{estimate.forecast.currency} a month")
    for change in estimate.changes:
        table.add_row(change.setting, f"{change.monthly:+,.2f}")
    return table


def _print_seats(console: Console, estimate: Estimate) -> None:
    seats = estimate.seats[0].seats
    title = f"Services paid by the seat, for {seats} {'seat' if seats == 1 else 'seats'}"
    even = "Break-even, calls a day"
    table = _table(title, "Plan", "USD a seat", "USD a month", even, "without transcription")
    for compared in estimate.seats:
        plan = compared.plan
        table.add_row(
            f"{plan.provider} {plan.plan}",
            _money(plan.price),
            _money(compared.monthly),
            _calls(compared.break_even),
            _calls(compared.break_even_untranscribed),
        )
    console.print(table)
    console.print(
        "[dim]With fewer calls a day than the break-even, paying by use is cheaper. Carrier minutes and numbers are on "
        f"neither side: without them the month here is {_money(platform_cost(estimate.forecast))}.[/dim]"
    )
    for source, read in dict.fromkeys((one.plan.source, one.plan.read) for one in estimate.seats):
        console.print(f"[dim]List prices of {source}, read {read}[/dim]")


def _calls(number: Decimal | None) -> str:
    return "seats are cheaper" if number is None else f"{number:,.0f}"


def _print_basis(console: Console, estimate: Estimate) -> None:
    prices = estimate.prices
    changed = f"; overridden: {', '.join(prices.overridden)}" if prices.overridden else ""
    console.print(f"[dim]List prices of {prices.date}, {prices.region}, without free tier{changed}.[/dim]")
    if not estimate.forecast.agents and estimate.wage_currency != prices.currency:
        console.print(
            f"[yellow]Agents are paid in {estimate.wage_currency}, the bill is in {prices.currency}: "
            "their time is left out.[/yellow]"
        )


def _table(title: str, *columns: str, left: tuple[int, ...] = ()) -> Table:
    table = Table(title=title, title_justify="left")
    last_is_bar = columns[-1] == ""
    for index, column in enumerate(columns):
        words = index == 0 or index in left or (last_is_bar and index == len(columns) - 1)
        table.add_column(column, justify="left" if words else "right")
    return table


def _money(amount: Decimal) -> str:
    return f"{amount:,.2f}"


def _small(amount: Decimal) -> str:
    return f"{amount:,.6f}"
