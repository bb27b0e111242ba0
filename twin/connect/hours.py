"""Hours of operation: whether the centre is open at a moment, in its own time zone.

**Source**: Amazon Connect API Reference, CreateHoursOfOperation, HoursOfOperationOverride;
administrator guide, "Set the hours of operation and time zone".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
_DAY_MINUTES = 24 * 60


@dataclass(frozen=True)
class OpenSlice:
    """Open from a minute of one weekday to a minute of the same or the next day."""

    day: str
    start_minute: int
    end_minute: int


@dataclass(frozen=True)
class HoursOverride:
    """Other hours between two dates, both included; no slice means closed."""

    first: date
    last: date
    slices: tuple[OpenSlice, ...]


@dataclass(frozen=True)
class HoursOfOperation:
    """The hours of one centre."""

    arn: str
    name: str
    time_zone: str
    slices: tuple[OpenSlice, ...]
    overrides: tuple[HoursOverride, ...] = ()

    def open_at(self, moment: datetime) -> bool:
        """Return whether ``moment`` (aware) lies within the hours."""
        local = moment.astimezone(ZoneInfo(self.time_zone))
        minute = local.hour * 60 + local.minute
        today, yesterday = local.date(), local.date() - timedelta(days=1)
        return any(one.start_minute <= minute < one.end_minute for one in self._slices_of(today)) or any(
            minute < one.end_minute - _DAY_MINUTES for one in self._slices_of(yesterday)
        )

    def _slices_of(self, day: date) -> list[OpenSlice]:
        slices = self.slices
        for override in self.overrides:
            if override.first <= day <= override.last:
                slices = override.slices
                break
        return [one for one in slices if one.day == DAYS[day.weekday()]]


def parse_slices(config: Sequence[Mapping[str, Any]]) -> tuple[OpenSlice, ...]:
    """Read ``Config`` of AWS::Connect::HoursOfOperation; an end not after its start is on the next day."""
    return tuple(_slice(entry) for entry in config)


def parse_override(entry: Mapping[str, Any]) -> HoursOverride:
    """Read one of ``HoursOfOperationOverrides``.

    The override means closed where its type says so, where it has no slice, and where its slices have no
    length (00:00 to 00:00) unless its type is ``OPEN``.
    """
    kind = entry.get("OverrideType", "STANDARD")
    config = () if kind == "CLOSED" else entry.get("OverrideConfig", ())
    slices = tuple(_slice(one) for one in config if kind == "OPEN" or not _has_no_length(one))
    first, last = (date.fromisoformat(entry[name]) for name in ("EffectiveFrom", "EffectiveTill"))
    return HoursOverride(first, last, slices)


def _slice(entry: Mapping[str, Any]) -> OpenSlice:
    start, end = _minute(entry["StartTime"]), _minute(entry["EndTime"])
    return OpenSlice(str(entry["Day"]), start, end if end > start else end + _DAY_MINUTES)


def _has_no_length(entry: Mapping[str, Any]) -> bool:
    return _minute(entry["StartTime"]) == _minute(entry["EndTime"])


def _minute(time: Mapping[str, Any]) -> int:
    return int(time["Hours"]) * 60 + int(time["Minutes"])
