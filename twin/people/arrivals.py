"""When calls arrive: drawn from calls an hour, by hour of the day, in the centre's time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from twin.people.scenario import Scenario
from twin.people.scenario_file import ScenarioError


def draw_arrivals(scenario: Scenario, day: date, calls: int, chance: Random) -> list[datetime]:
    """Return ``calls`` arrivals on ``day``, in order, whole seconds in UTC.

    Raises
    ------
    ScenarioError
        When the scenario has no calls on that weekday.
    """
    rates = scenario.rates_on(day)
    if not any(rates.values()):
        raise ScenarioError(f"scenario {scenario.name!r} has no calls on {day:%A}, {day}; choose another day")
    zone = ZoneInfo(scenario.time_zone)
    hours = chance.choices(list(rates), list(rates.values()), k=calls)
    return sorted(
        datetime.combine(day, time(hour), zone).astimezone(UTC) + timedelta(seconds=chance.randrange(3600))
        for hour in hours
    )


def expected_calls(scenario: Scenario, day: date) -> int:
    """Return how many calls the scenario expects on ``day``."""
    return round(sum(scenario.rates_on(day).values()))


def local_moment(day: date, at: time, time_zone: str) -> datetime:
    """Return the moment of a wall clock time, in UTC."""
    return datetime.combine(day, at, ZoneInfo(time_zone)).astimezone(UTC)
