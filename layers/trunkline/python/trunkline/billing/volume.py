"""A volume of calls that is yet to come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

_MOST_CALLS = Decimal(10_000_000)
_LONGEST_MINUTES = Decimal(1440)
_LONGEST_MONTH = Decimal(31)
_LONGEST_RETENTION_DAYS = 3653


class VolumeError(ValueError):
    """A volume cannot be; ``name`` is the value that is wrong, the message says what it may be."""

    def __init__(self, name: str, found: object, expected: str) -> None:
        told = f"{found:f}" if isinstance(found, Decimal) else str(found)
        super().__init__(f"{name.replace('_', ' ')} is {told}; give {expected}")
        self.name = name


@dataclass(frozen=True, kw_only=True)
class Volume:
    """How many calls of what kind come in a month, and how long their traces are kept.

    Parameters
    ----------
    calls_per_day
        Calls on a day with calls, above 0.
    minutes
        Length of an answered call from ring to hang-up, above 0.
    menu_minutes
        How many of these pass before an agent answers; the whole length of a call that nobody answers.
    days
        Days with calls in a month, above 0, at most 31.
    answered_percent
        Calls that an agent answers, 0 to 100; the others wait and hang up.
    retention_days
        How long recordings and transcripts are kept, at least 1.
    contact_retention_days
        How long contacts and metrics are kept, at least 1.
    recorded, transcribed
        Whether answered calls are.

    Raises
    ------
    VolumeError
        If a value is out of its range.
    """

    calls_per_day: Decimal
    minutes: Decimal
    menu_minutes: Decimal
    days: Decimal
    answered_percent: Decimal
    retention_days: int
    contact_retention_days: int
    recorded: bool = True
    transcribed: bool = True

    def __post_init__(self) -> None:
        for name in ("calls_per_day", "minutes", "menu_minutes", "days", "answered_percent"):
            self._check(name, getattr(self, name).is_finite(), "a number")
        self._check("calls_per_day", Decimal(0) < self.calls_per_day <= _MOST_CALLS, f"above 0, at most {_MOST_CALLS}")
        self._check("minutes", Decimal(0) < self.minutes <= _LONGEST_MINUTES, f"above 0, at most {_LONGEST_MINUTES}")
        self._check(
            "menu_minutes",
            Decimal(0) <= self.menu_minutes <= self.minutes,
            f"0 to {self.minutes:f}: it is a part of the call",
        )
        self._check("days", Decimal(0) < self.days <= _LONGEST_MONTH, f"above 0, at most {_LONGEST_MONTH}")
        self._check("answered_percent", Decimal(0) <= self.answered_percent <= Decimal(100), "0 to 100")
        kept = range(1, _LONGEST_RETENTION_DAYS + 1)
        self._check("retention_days", self.retention_days in kept, f"1 to {kept[-1]}")
        self._check("contact_retention_days", self.contact_retention_days in kept, f"1 to {kept[-1]}")

    def _check(self, name: str, right: bool, expected: str) -> None:
        if not right:
            raise VolumeError(name, getattr(self, name), expected)

    @property
    def calls(self) -> Decimal:
        """Calls of a month."""
        return self.calls_per_day * self.days

    @property
    def answered(self) -> Decimal:
        """Calls of a month that an agent answers."""
        return self.calls * self.answered_percent / 100

    @property
    def talk_seconds(self) -> Decimal:
        """Seconds that an answered call spends with its agent: what is recorded and transcribed."""
        return (self.minutes - self.menu_minutes) * 60


def plan_volume(
    center: Mapping[str, Any],
    *,
    calls_per_day: Decimal,
    minutes: Decimal,
    menu_minutes: Decimal | None = None,
    days: Decimal = Decimal("30.4"),
    answered_percent: Decimal = Decimal(90),
    retention_days: int | None = None,
) -> Volume:
    """Return a volume with the centre's own retention and recording where nothing else is said.

    Without ``menu_minutes`` one minute passes before an agent answers, or a shorter call's half.

    Raises
    ------
    VolumeError
        If a value is out of its range.
    """
    kept = center["recording"]
    days_kept = kept["retention_days"] if retention_days is None else retention_days
    return Volume(
        calls_per_day=calls_per_day,
        minutes=minutes,
        menu_minutes=_usual_menu(minutes) if menu_minutes is None else menu_minutes,
        days=days,
        answered_percent=answered_percent,
        retention_days=days_kept,
        contact_retention_days=max(kept["contact_retention_days"], days_kept),
        recorded=kept["enabled"],
    )


def _usual_menu(minutes: Decimal) -> Decimal:
    return min(Decimal(1), minutes / 2) if minutes.is_finite() else minutes
