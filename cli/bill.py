"""``trunkline bill``: what a volume of calls would cost in a month, and what by the seat."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.errors import UsageError
from cli.formats import Format
from trunkline.billing.forecast import Change, Forecast, compare_settings, describe_forecast, forecast_bill
from trunkline.billing.prices import PriceError, PriceList, load_prices, read_price_file
from trunkline.billing.seats import SeatComparison, compare_seats, describe_seats, platform_cost
from trunkline.billing.volume import Volume, VolumeError, plan_volume
from trunkline.center import CenterError, load_center

_CENTER = Path("callcenter.yaml")


@dataclass(frozen=True)
class Estimate:
    """Everything that the command tells."""

    volume: Volume
    prices: PriceList
    forecast: Forecast
    changes: list[Change]
    seats: list[SeatComparison]
    wage_currency: str


def bill(
    calls_per_day: Annotated[float, typer.Option(help="Calls on a day with calls.")],
    minutes: Annotated[float, typer.Option(help="Length of an answered call in minutes, from ring to hang-up.")],
    days: Annotated[float, typer.Option(help="Days with calls in a month.")] = 30.4,
    answered: Annotated[float, typer.Option(help="Calls that an agent answers, in percent.")] = 90,
    menu_minutes: Annotated[
        float | None,
        typer.Option(help="How many of the minutes pass before an agent answers; 1 unless the call is short."),
    ] = None,
    agents: Annotated[int | None, typer.Option(help="Seats to compare with; as many as the centre has agents.")] = None,
    retention_days: Annotated[
        int | None, typer.Option(help="How long recordings are kept; as the centre says.")
    ] = None,
    center: Annotated[Path, typer.Option(help="The call centre.")] = _CENTER,
    prices: Annotated[
        Path | None, typer.Option(help='Prices that override the published ones: JSON, {"prices": {code: number}}.')
    ] = None,
    output: Annotated[Format, typer.Option("--format", help="Text or JSON.")] = Format.TEXT,
) -> None:
    """Forecast the bill of a month: telephony, transcription, orchestration, storage, and what is fixed."""
    document = _read_center(center)
    listed = _read_prices(document, center, prices)
    try:
        volume = plan_volume(
            document,
            calls_per_day=_number(calls_per_day),
            minutes=_number(minutes),
            menu_minutes=None if menu_minutes is None else _number(menu_minutes),
            days=_number(days),
            answered_percent=_number(answered),
            retention_days=retention_days,
        )
    except VolumeError as error:
        raise UsageError(str(error), "Run `trunkline bill --help` for what each option means.") from error
    seats = len(document["agents"]) if agents is None else agents
    if seats < 1:
        raise UsageError(f"agents is {seats}; give 1 or more", "Seats are paid for people who answer calls.")
    estimate = Estimate(
        volume,
        listed,
        forecast_bill(volume, document, listed),
        compare_settings(volume, document, listed),
        compare_seats(volume, document, listed, seats),
        document["costs"]["currency"],
    )
    if output is Format.JSON:
        typer.echo(json.dumps(describe_estimate(estimate), indent=2, ensure_ascii=False))
    else:
        from cli.bill_table import print_estimate  # only people wait for tables to load

        print_estimate(estimate)


def describe_estimate(estimate: Estimate) -> dict[str, Any]:
    """Return the estimate as JSON-compatible values (docs/costs.md)."""
    volume, prices = estimate.volume, estimate.prices
    return {
        "prices": {"date": prices.date, "region": prices.region, "overridden": list(prices.overridden)},
        "volume": {
            "calls_per_day": float(volume.calls_per_day),
            "days": float(volume.days),
            "minutes": float(volume.minutes),
            "menu_minutes": float(volume.menu_minutes),
            "answered_percent": float(volume.answered_percent),
            "retention_days": volume.retention_days,
            "contact_retention_days": volume.contact_retention_days,
            "recorded": volume.recorded,
        },
        **describe_forecast(estimate.forecast),
        "changes": [{"setting": change.setting, "monthly": float(change.monthly)} for change in estimate.changes],
        "platform": float(platform_cost(estimate.forecast)),
        "seats": [describe_seats(compared) for compared in estimate.seats],
    }


def _number(value: float) -> Decimal:
    """Return what was typed: 0.1 is a tenth, not the nearest binary fraction."""
    return Decimal(repr(value)).normalize()


def _read_center(path: Path) -> Mapping[str, Any]:
    try:
        document: dict[str, Any] = json.loads(load_center(path).model_dump_json(by_alias=True))
    except CenterError as error:
        raise UsageError(str(error), f"Run `trunkline check {path}`, or name another centre with --center.") from error
    return document


def _read_prices(center: Mapping[str, Any], center_file: Path, path: Path | None) -> PriceList:
    try:
        listed = load_prices(center["costs"]["prices"])
    except PriceError as error:
        raise UsageError(f"{center_file}: costs.prices: {error}", f"Run `trunkline check {center_file}`.") from error
    if path is None:
        return listed
    try:
        return read_price_file(path.read_text(encoding="utf-8"), listed)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "is not UTF-8 text"
        raise UsageError(f"{path}: {reason}", "Give a JSON file of prices.") from error
    except PriceError as error:
        raise UsageError(f"{path}: {error}", "The codes are listed in docs/costs.md.") from error
