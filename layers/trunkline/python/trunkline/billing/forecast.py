"""The monthly bill of a volume that is yet to come, by category, and what one setting would change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from trunkline.billing.fixed import count_after_allowance, count_fixed, open_share
from trunkline.billing.lines import Line, Quantities, sum_lines, write_agent_line, write_lines
from trunkline.billing.prices import CATEGORIES, PriceList
from trunkline.billing.units import (
    BYTES_A_GB,
    BYTES_A_SECOND,
    DAYS_A_MONTH,
    count_orchestration,
    count_storage,
    count_telephony,
    count_transcription,
)
from trunkline.billing.volume import Volume

_ANALYSIS_BYTES = 1_900
_TRANSCRIPT_BYTES_A_MINUTE = 40_000
_CONTACT_RECORD_BYTES = 900
_CONTACT_ITEM_BYTES = 1_400
_ANSWERED_ITEM_BYTES = 1_000
_COUNTER_BYTES = 1_000
_INTERVALS_A_DAY = 96


@dataclass(frozen=True)
class Entry:
    """A line of the forecast, and what it is for."""

    what: str
    line: Line


@dataclass(frozen=True)
class Forecast:
    """The bill of a month.

    Attributes
    ----------
    entries
        What AWS is paid, in the order of :data:`~trunkline.billing.prices.CATEGORIES`.
    agents
        What agents are paid for the time that they give to contacts, where it is in the same currency; it is part
        of no sum.
    calls
        Calls of the month.
    """

    entries: tuple[Entry, ...]
    agents: tuple[Line, ...]
    calls: Decimal
    currency: str

    @property
    def total(self) -> Decimal:
        """What AWS is paid in the month."""
        return sum_lines(entry.line for entry in self.entries)

    @property
    def agent_time(self) -> Decimal:
        """What agents are paid for their time with contacts."""
        return sum_lines(self.agents)

    def by_category(self) -> dict[str, Decimal]:
        """Return the sums by category, every category with one."""
        return {
            category: sum_lines(entry.line for entry in self.entries if entry.line.price.category == category)
            for category in CATEGORIES
        }


@dataclass(frozen=True)
class Change:
    """What one setting would change.

    Attributes
    ----------
    setting
        What to write where: a key of ``callcenter.yaml`` and its value, or a decision.
    monthly
        Difference of the month's bill; below 0 is a saving.
    """

    setting: str
    monthly: Decimal


def forecast_bill(volume: Volume, center: Mapping[str, Any], prices: PriceList) -> Forecast:
    """Forecast the bill of a month at a steady state: as much is deleted as comes.

    Parameters
    ----------
    volume
        How many calls of what kind.
    center
        The centre's document: numbers, queues, hours, agents, cost of an agent's hour.
    prices
        Price list.

    Raises
    ------
    PriceError
        If something is used that has no price.

    Notes
    -----
    Orchestration is counted by the units that a contact uses at each stage; every call enters a queue. Sizes of
    transcripts, analyses, records and items are means of a day on the twin. Point-in-time recovery of tables,
    requests of the console and data that leaves AWS are not in it.
    """
    entries = [
        Entry(what, line)
        for what, quantities in _uses(volume, center, prices)
        for line in write_lines(quantities, prices)
    ]
    entries.sort(key=lambda entry: CATEGORIES.index(entry.line.price.category))
    agents = write_agent_line(volume.answered * volume.talk_seconds, center["costs"], prices)
    return Forecast(tuple(entries), tuple(agents), volume.calls, prices.currency)


def compare_settings(volume: Volume, center: Mapping[str, Any], prices: PriceList) -> list[Change]:
    """Return what single settings would change, the largest saving first; settings without effect are left out."""
    half = max(1, volume.retention_days // 2)
    basic = prices.price("voice_minute_basic").amount
    cheaper = prices.override({"voice_minute": basic})
    others = {
        f"recording.retention_days: {half}": (replace(volume, retention_days=half), prices),
        "recording.enabled: false": (replace(volume, recorded=False), prices),
        "without transcription": (replace(volume, transcribed=False), prices),
        f"Amazon Connect's Basic tier (costs.prices.voice_minute: {basic})": (volume, cheaper),
    }
    total = forecast_bill(volume, center, prices).total
    changes = [
        Change(setting, forecast_bill(one, center, listed).total - total) for setting, (one, listed) in others.items()
    ]
    changes.append(_apply_allowance(center, prices))
    return sorted((change for change in changes if change.monthly), key=lambda change: change.monthly)


def _apply_allowance(center: Mapping[str, Any], prices: PriceList) -> Change:
    """Return what is taken off where nothing else in the account uses what CloudWatch gives free of charge."""
    listed, paid = (sum_lines(write_lines(count(center), prices)) for count in (count_fixed, count_after_allowance))
    return Change("what CloudWatch gives every account free of charge", paid - listed)


def _uses(volume: Volume, center: Mapping[str, Any], prices: PriceList) -> Iterator[tuple[str, Quantities]]:
    unanswered = volume.calls - volume.answered
    recorded = volume.answered if volume.recorded and volume.talk_seconds else Decimal(0)
    transcribed = recorded if volume.transcribed else Decimal(0)
    yield "answered calls", _times(volume.answered, count_telephony(volume.minutes * 60, center))
    yield "calls not answered", _times(unanswered, count_telephony(volume.menu_minutes * 60, center))
    yield "transcripts", _times(transcribed, count_transcription(volume.talk_seconds))
    yield "every call", _times(volume.calls, count_orchestration({"every contact", "queued"}, prices))
    yield "answered calls", _times(volume.answered, count_orchestration({"answered"}, prices))
    yield "recordings", _times(recorded, count_orchestration({"recorded"}, prices))
    yield "transcripts", _times(transcribed, count_orchestration({"transcribed"}, prices))
    yield "recordings", _times(recorded, count_storage(volume.talk_seconds * BYTES_A_SECOND, volume.retention_days))
    written = volume.talk_seconds / 60 * _TRANSCRIPT_BYTES_A_MINUTE + _ANALYSIS_BYTES
    yield "transcripts and analyses", _times(transcribed, count_storage(written, volume.retention_days))
    yield "contact records", _times(volume.calls, count_storage(_CONTACT_RECORD_BYTES, volume.contact_retention_days))
    yield "contacts", {"table_gb_month": _stored_in_tables(volume)}
    yield "metrics", {"table_gb_month": _stored_counters(volume, center)}
    yield "the centre", count_fixed(center)


def _times(number: Decimal, quantities: Quantities) -> dict[str, Decimal]:
    return {code: number * amount for code, amount in quantities.items()}


def _stored_in_tables(volume: Volume) -> Decimal:
    """Return the GB that contacts take in their table and its index, with what DynamoDB adds to each item."""
    monthly = volume.calls * _CONTACT_ITEM_BYTES + volume.answered * _ANSWERED_ITEM_BYTES
    return monthly * volume.contact_retention_days / DAYS_A_MONTH / BYTES_A_GB


def _stored_counters(volume: Volume, center: Mapping[str, Any]) -> Decimal:
    """Return the GB of counters: one for each queue and agent in each interval in which the centre is open."""
    keys = len(center["queues"]) + len(center["agents"])
    intervals = volume.contact_retention_days * _INTERVALS_A_DAY * open_share(center)
    return keys * intervals * _COUNTER_BYTES / BYTES_A_GB


def describe_forecast(forecast: Forecast) -> dict[str, Any]:
    """Return a forecast as JSON-compatible values (docs/costs.md)."""
    total, calls = forecast.total, forecast.calls
    return {
        "currency": forecast.currency,
        "calls": float(calls),
        "total": float(total),
        "per_call": float(round(total / calls, 8)),
        "agent_time": float(forecast.agent_time),
        "categories": {
            name: {
                "monthly": float(amount),
                "per_call": float(round(amount / calls, 8)),
                "share": float(round(amount / total, 6)) if total else 0.0,
            }
            for name, amount in forecast.by_category().items()
        },
        "lines": [
            {"category": entry.line.price.category, "what": entry.what, **entry.line.to_values()}
            for entry in forecast.entries
        ],
    }
