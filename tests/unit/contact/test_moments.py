"""Days of a time zone, also when the clocks change."""

from __future__ import annotations

from datetime import date

import pytest

from trunkline.contact.moments import (
    day_bounds,
    format_precise_moment,
    interval_start,
    local_day,
    parse_moment,
    utc_days,
)


@pytest.mark.parametrize(
    ("day", "zone", "hours"),
    [
        (date(2026, 3, 8), "America/Los_Angeles", 23),
        (date(2026, 11, 1), "America/Los_Angeles", 25),
        (date(2026, 11, 1), "Asia/Seoul", 24),
    ],
)
def test_day_lasts_as_long_as_the_zone_says(day, zone, hours):
    start, end = day_bounds(day, zone)
    assert (end - start).total_seconds() == hours * 3600
    assert local_day(start, zone) == day


def test_a_day_of_utc_touches_one_partition():
    assert utc_days(*day_bounds(date(2026, 11, 21), "UTC")) == ["2026-11-21"]


@pytest.mark.parametrize("zone_offset", ["+05:45", "Z"])
def test_interval_is_a_quarter_of_an_hour_of_utc(zone_offset):
    start = interval_start(parse_moment(f"2026-11-21T10:29:59{zone_offset}"))
    assert start.minute % 15 == 0
    assert (parse_moment(f"2026-11-21T10:29:59{zone_offset}") - start).total_seconds() < 900


def test_moment_without_offset_is_refused():
    with pytest.raises(ValueError, match="no offset"):
        parse_moment("2026-11-21T10:29:59")


def test_precise_moments_sort_by_time():
    moments = ["2026-11-21T10:00:00.002Z", "2026-11-21T10:00:00Z", "2026-11-21T10:00:00.0105Z"]
    written = [format_precise_moment(parse_moment(each)) for each in moments]
    assert sorted(written) == [written[1], written[0], written[2]]
