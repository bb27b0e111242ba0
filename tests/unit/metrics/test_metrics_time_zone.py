"""Days are cut out of intervals in UTC: another clock, or one that is put forward or back, loses nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.unit.metrics.calls import TEN, call
from trunkline.closing.day import choose_day
from trunkline.console.access import Caller
from trunkline.console.days import show_day
from trunkline.contact.moments import day_bounds
from trunkline.metrics.rules import Totals, count_contact
from trunkline.metrics.tally import Tally
from trunkline.metrics.targets import Targets

ZONES = ["America/Los_Angeles", "Asia/Seoul", "Asia/Kathmandu", "Pacific/Chatham", "Australia/Lord_Howe"]
MANAGER = Caller("mel", "manager")


@pytest.fixture(scope="module")
def counters():
    """A call every twenty minutes for three weeks around the change of clocks in North America."""
    totals = Totals(Tally)
    for number in range(3 * 7 * 72):
        began = -20 * 86_400 + number * 1200
        count_contact(call(f"c{number}", at=began), Targets({"orders": 20}, 5), totals)
    return dict(totals)


def offered(counters, day, zone):
    start, end = day_bounds(day, zone)
    seen = {key: tally for key, tally in counters.items() if start <= key.start < end}
    return show_day(seen, day, zone, MANAGER)["total"]["offered"]


@pytest.mark.parametrize("zone", ZONES)
def test_days_of_any_clock_add_up_to_every_call(counters, zone):
    days = [date(2026, 10, 30) + timedelta(days=number) for number in range(25)]
    assert sum(offered(counters, day, zone) for day in days) == 3 * 7 * 72


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 11, 3), 24), (date(2026, 11, 1), 25)])
def test_figures_of_a_day_are_those_of_its_hours(day, hours):
    start = day_bounds(day, "America/Los_Angeles")[0]
    totals = Totals(Tally)
    for number in range(-10, 3 * hours + 10):
        seconds = int((start - TEN).total_seconds()) + number * 1200
        count_contact(call(f"c{number}", at=seconds), Targets({}, 5), totals)
    assert offered(dict(totals), day, "America/Los_Angeles") == 3 * hours


def test_yesterday_is_told_by_the_new_clock_once_the_zone_was_changed(counters):
    yesterday = date(2026, 11, 10)
    assert offered(counters, yesterday, "Asia/Seoul") == offered(counters, yesterday, "America/Los_Angeles") == 72
    before, after = (choose_day({"day": "2026-11-10"}, zone) for zone in ("America/Los_Angeles", "Asia/Seoul"))
    assert before.start - after.start == timedelta(hours=17)
