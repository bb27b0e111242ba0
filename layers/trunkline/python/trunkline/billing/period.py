"""The bill of a span: of every queue and department, from what the list of contacts tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from trunkline.billing.fixed import count_fixed
from trunkline.billing.lines import Line, Quantities, add_quantities, sum_lines, write_agent_line, write_lines
from trunkline.billing.prices import PriceList
from trunkline.billing.units import (
    BYTES_A_SECOND,
    DAYS_A_MONTH,
    VOICE,
    count_orchestration,
    count_storage,
    count_telephony,
    count_transcription,
)
from trunkline.contact.moments import parse_moment

NOWHERE = "-"
"""Queue and department of contacts that never entered a queue."""

_ESTIMATES = {
    "telephony": "time before the queue, waiting and talking; holding and what follows the call are not listed",
    "recording": "every answered call is taken as recorded, transcribed and as long as its talking",
    "menu": "calls that ended before a queue are taken at the shortest length that is charged",
}


@dataclass
class _Account:
    """What the contacts of one queue used; stages are counted, and priced once for all contacts alike."""

    contacts: int = 0
    used: dict[str, Decimal] = field(default_factory=dict)
    reached: dict[frozenset[str], int] = field(default_factory=dict)
    agent_seconds: int = 0

    def add(self, use: _Use) -> None:
        self.contacts += 1
        self.agent_seconds += use.agent_seconds
        self.reached[use.stages] = self.reached.get(use.stages, 0) + 1
        self.used = add_quantities(self.used, use.quantities)

    def write(self, costs: Mapping[str, Any], prices: PriceList) -> list[Line]:
        orchestrated = [
            {code: number * amount for code, amount in count_orchestration(stages, prices).items()}
            for stages, number in self.reached.items()
        ]
        used = add_quantities(self.used, *orchestrated)
        return [*write_lines(used, prices), *write_agent_line(self.agent_seconds, costs, prices)]


@dataclass(frozen=True)
class _Use:
    """What one contact used."""

    quantities: Quantities
    stages: frozenset[str]
    agent_seconds: int


def bill_period(
    rows: Iterable[Mapping[str, Any]], center: Mapping[str, Any], prices: PriceList, *, days: Decimal | int
) -> dict[str, Any]:
    """Bill the contacts of a span, grouped by queue and department.

    Parameters
    ----------
    rows
        Contacts, as the index ``by_day`` projects them, or with more: where a row tells when the contact ended or
        how long its recording is, that counts; where it does not, it is estimated, and ``estimates`` says how.
    center
        The centre's document: queues' departments, retention, cost of an agent's hour.
    prices
        Price list.
    days
        Length of the span, for its part of what is paid by the month.

    Returns
    -------
    dict
        ``currency``, ``prices_date``, ``contacts``, ``total`` (with ``fixed``), ``fixed``, ``estimated``,
        ``estimates``, ``categories``, ``lines``, and ``queues`` and ``departments``: name to ``contacts``,
        ``total`` and ``categories``. Sums of queues equal those of departments, and with ``fixed`` the total.

    Raises
    ------
    PriceError
        If something was used that has no price.
    """
    accounts: dict[str, _Account] = {}
    estimates: set[str] = set()
    for row in rows:
        accounts.setdefault(str(row.get("queue", NOWHERE)), _Account()).add(_use_of(row, center, estimates))
    lines = {name: accounts[name].write(center["costs"], prices) for name in sorted(accounts)}
    part = Decimal(days) / DAYS_A_MONTH
    fixed = write_lines({code: part * amount for code, amount in count_fixed(center).items()}, prices)
    spent = sum((sum_lines(each) for each in lines.values()), Decimal(0))
    return {
        "currency": prices.currency,
        "prices_date": prices.date,
        "contacts": sum(account.contacts for account in accounts.values()),
        "total": float(spent + sum_lines(fixed)),
        "fixed": float(sum_lines(fixed)),
        "estimated": bool(estimates),
        "estimates": [_ESTIMATES[name] for name in _ESTIMATES if name in estimates],
        "categories": _sum_categories(line for each in (*lines.values(), fixed) for line in each),
        "lines": [line.to_values() for line in _merge(lines.values())] + [line.to_values() for line in fixed],
        "queues": {name: _show([(accounts[name], lines[name])]) for name in lines},
        "departments": _by_department(accounts, lines, center),
    }


@dataclass(frozen=True)
class ContactCost:
    """What one contact of a span costs.

    Attributes
    ----------
    row
        The contact.
    categories
        Its part of each category of the span's bill, not rounded.
    estimated
        What of it is estimated: ``telephony``, ``recording``, ``menu``.
    """

    row: Mapping[str, Any]
    categories: Mapping[str, Decimal]
    estimated: tuple[str, ...]

    @property
    def total(self) -> Decimal:
        """Sum of its categories."""
        return sum(self.categories.values(), Decimal(0))


def cost_contacts(
    rows: Iterable[Mapping[str, Any]], center: Mapping[str, Any], prices: PriceList
) -> Iterator[ContactCost]:
    """Yield what each contact costs of what ``bill_period`` bills for all of them.

    Lines of a bill are rounded to the hundred-millionth, so that a bill of a queue and the sum of its contacts may
    differ by as much for each line.
    """
    for row in rows:
        account, estimated, categories = _Account(), set[str](), dict[str, Decimal]()
        account.add(_use_of(row, center, estimated))
        for line in account.write(center["costs"], prices):
            amount = line.quantity * line.price.amount
            categories[line.price.category] = categories.get(line.price.category, Decimal(0)) + amount
        yield ContactCost(row, categories, tuple(sorted(estimated)))


def _use_of(row: Mapping[str, Any], center: Mapping[str, Any], estimates: set[str]) -> _Use:
    stages = {"every contact"} | ({"queued"} if "enqueued_at" in row else set())
    talk = int(row.get("talk_seconds", 0)) + int(row.get("hold_seconds", 0))
    voice = row.get("channel", VOICE) == VOICE
    used: Quantities = count_telephony(_length_of(row, talk, estimates), center) if voice else {}
    if "agent" in row:
        stages.add("answered")
        if voice and center["recording"]["enabled"]:
            stages |= {"recorded", "transcribed"}
            used = {**used, **_recording_of(row, talk, center, estimates)}
    return _Use(used, frozenset(stages), talk + int(row.get("after_contact_seconds", 0)))


def _length_of(row: Mapping[str, Any], talk_seconds: int, estimates: set[str]) -> int:
    begun = parse_moment(row["initiated_at"])
    if "disconnected_at" in row:
        return _seconds_between(begun, parse_moment(row["disconnected_at"]))
    if "enqueued_at" not in row:
        estimates.add("menu")
        return 0
    estimates.add("telephony")
    before = _seconds_between(begun, parse_moment(row["enqueued_at"]))
    return before + int(row.get("wait_seconds", 0)) + talk_seconds


def _recording_of(
    row: Mapping[str, Any], talk_seconds: int, center: Mapping[str, Any], estimates: set[str]
) -> Quantities:
    if "recording_seconds" not in row:
        estimates.add("recording")
    seconds = row.get("recording_seconds", talk_seconds)
    size = Decimal(str(seconds)) * BYTES_A_SECOND
    return {**count_storage(size, center["recording"]["retention_days"]), **count_transcription(seconds)}


def _seconds_between(start: datetime, end: datetime) -> int:
    return max(0, int((end - start).total_seconds()))


def _by_department(
    accounts: Mapping[str, _Account], lines: Mapping[str, list[Line]], center: Mapping[str, Any]
) -> dict[str, Any]:
    members: dict[str, list[tuple[_Account, list[Line]]]] = {}
    for name in lines:
        department = center["queues"].get(name, {}).get("department", NOWHERE)
        members.setdefault(department, []).append((accounts[name], lines[name]))
    return {name: _show(members[name]) for name in sorted(members)}


def _show(members: list[tuple[_Account, list[Line]]]) -> dict[str, Any]:
    lines = [line for _, each in members for line in each]
    return {
        "contacts": sum(account.contacts for account, _ in members),
        "total": float(sum_lines(lines)),
        "categories": _sum_categories(lines),
    }


def _sum_categories(lines: Iterable[Line]) -> dict[str, float]:
    sums: dict[str, Decimal] = {}
    for line in lines:
        sums[line.price.category] = sums.get(line.price.category, Decimal(0)) + line.amount
    return {name: float(amount) for name, amount in sums.items()}


def _merge(many: Iterable[list[Line]]) -> list[Line]:
    """Return one line for each code of all queues together."""
    every = [line for lines in many for line in lines]
    quantities = add_quantities(*({line.code: line.quantity} for line in every))
    price_of = {line.code: line.price for line in every}
    return [Line(code, price_of[code], quantity) for code, quantity in quantities.items()]
