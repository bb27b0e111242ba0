"""Periods are days of the centre's calendar, whatever the clocks do."""

from datetime import UTC, date, datetime, timedelta

import pytest

from trunkline.contact.moments import format_moment, parse_moment
from trunkline.reports.periods import PeriodError, days_between, find_period, find_reported, spans_compared

ZONE = "America/Los_Angeles"
NOW = parse_moment("2026-11-21T20:07:00Z")


@pytest.mark.parametrize(
    ("on", "hours"), [(date(2026, 11, 1), 169), (date(2026, 3, 8), 167), (date(2026, 11, 10), 168)]
)
def test_week_across_a_change_of_clocks_has_seven_days_of_its_own_length(on, hours):
    week = find_period("week", on, ZONE)
    assert len(week.days) == 7
    assert week.days[0].weekday() == 0
    assert week.end - week.start == timedelta(hours=hours)
    assert list(days_between(week.start, week.end, ZONE)) == week.days


def test_period_before_touches_the_period_and_overlaps_it_nowhere():
    for kind in ("day", "week", "month"):
        period = find_period(kind, date(2026, 3, 1), ZONE)
        assert period.previous.end == period.start
        assert period.previous.last == period.first - timedelta(days=1)


def test_usual_days_are_of_the_same_weekday_and_before_the_period():
    for kind in ("day", "week", "month"):
        period = find_period(kind, date(2026, 11, 20), ZONE)
        for day in period.days:
            usual = period.usual_days(day)
            assert {each.weekday() for each in usual} == {day.weekday()}
            assert max(usual) < period.first
            assert len(set(usual)) == period.baseline_weeks


def test_running_week_is_held_against_the_same_part_of_the_week_before():
    week = find_period("week", date(2026, 11, 20), ZONE)
    now, before = spans_compared(week, NOW)
    assert [format_moment(each) for each in now] == ["2026-11-16T08:00:00Z", "2026-11-21T20:00:00Z"]
    assert [format_moment(each) for each in before] == ["2026-11-09T08:00:00Z", "2026-11-14T20:00:00Z"]


def test_running_day_after_the_clocks_went_back_is_held_against_the_same_hour_of_the_clock():
    sunday = find_period("day", date(2026, 11, 1), ZONE)
    _, before = spans_compared(sunday, parse_moment("2026-11-01T20:00:00Z"))
    assert [format_moment(each) for each in before] == ["2026-10-31T07:00:00Z", "2026-10-31T19:00:00Z"]


def test_running_march_is_held_against_no_more_than_the_whole_february():
    march = find_period("month", date(2026, 3, 31), "UTC")
    _, before = spans_compared(march, datetime(2026, 3, 31, 12, tzinfo=UTC))
    assert [format_moment(each) for each in before] == ["2026-02-01T00:00:00Z", "2026-02-28T12:00:00Z"]


def test_period_that_just_began_is_empty():
    day = find_period("day", date(2026, 11, 21), ZONE)
    (start, end), (before, cut) = spans_compared(day, day.start)
    assert start == end
    assert before == cut


def test_without_a_day_yesterday_is_reported():
    assert find_reported(None, None, ZONE, NOW).first == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("kind", "on", "told"),
    [
        ("day", "2026-11-22", "has not begun"),
        ("month", "2026-12-01", "has not begun"),
        ("day", "2026-02-30", "is no day"),
        ("day", "yesterday", "is no day"),
        ("year", "2026-11-20", "give day, week, month"),
        ("month", "9999-12-31", "outside the calendar"),
        ("day", "9999-12-31", "outside the calendar"),
    ],
)
def test_period_that_cannot_be_reported_is_told_why(kind, on, told):
    with pytest.raises(PeriodError, match=told):
        find_reported(kind, on, ZONE, NOW)


def test_period_that_runs_has_begun():
    assert find_reported("month", "2026-11-30", ZONE, NOW).last == date(2026, 11, 30)
