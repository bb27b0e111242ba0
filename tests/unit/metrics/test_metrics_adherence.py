"""Adherence: scheduled time against the states that agents were in, by the centre's clock."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trunkline.contact.agent_states import AgentState
from trunkline.contact.moments import day_bounds
from trunkline.metrics.adherence import Adherence, Shift, adherence, known_until

ZONE = "America/Los_Angeles"
DOCUMENT = {
    "time_zone": ZONE,
    "agents": {"mina": {"shift": "day"}, "walt": {"shift": "night"}, "theo": {"shift": None}},
    "shifts": {
        "day": {
            "work": [{"days": ["mon", "fri"], "from": "09:00", "to": "17:00"}],
            "breaks": [{"days": ["mon", "fri"], "from": "12:00", "to": "12:30", "state": "Lunch"}],
        },
        "night": {"work": [{"days": ["sat", "sun"], "from": "00:00", "to": "06:00"}], "breaks": []},
    },
}
FRIDAY = date(2026, 11, 20)


def clock(text: str, day: date = FRIDAY) -> datetime:
    return datetime.combine(day, time.fromisoformat(text), ZoneInfo(ZONE))


def state(name: str, since: str, until: str, day: date = FRIDAY) -> AgentState:
    return AgentState(username="mina", agent_id="a1", state=name, since=clock(since, day), until=clock(until, day))


def on(day: date, *states: AgentState, agent: str = "mina", **more) -> Adherence:
    shift = Shift.of_center(DOCUMENT, agent)
    assert shift is not None
    return adherence(states, shift, *day_bounds(day, ZONE), **more)


def test_agent_who_keeps_to_the_shift_adheres_to_all_of_it():
    found = on(
        FRIDAY,
        state("Available", "08:50", "12:00"),
        state("Lunch", "12:00", "12:30"),
        state("Available", "12:30", "17:10"),
    )
    assert (found.scheduled_seconds, found.adherent_seconds, found.percent) == (8 * 3600, 8 * 3600, 100)


def test_of_a_day_that_goes_on_the_shift_counts_as_far_as_states_are_known():
    states, bounds = [state("Available", "09:00", "10:00")], day_bounds(FRIDAY, ZONE)
    assert known_until(states, *bounds, clock("11:00")) == clock("10:00")
    assert known_until([], *bounds, clock("11:00")) == bounds[0]
    assert known_until([], *bounds, clock("00:01", FRIDAY + timedelta(days=1))) == bounds[1]


def test_state_that_outlasts_a_span_is_known_to_its_end():
    states = [state("Available", "09:00", "10:00")]
    assert known_until(states, clock("08:00"), clock("09:30"), clock("09:30")) == clock("09:30")


def test_late_start_and_long_lunch_are_not_adherent():
    found = on(
        FRIDAY,
        state("Available", "09:30", "12:00"),
        state("Lunch", "12:00", "13:00"),
        state("Available", "13:00", "17:00"),
    )
    assert found.scheduled_seconds - found.adherent_seconds == 3600
    assert found.percent == 87.5


def test_break_in_another_status_than_the_planned_one_is_not_adherent():
    assert on(FRIDAY, state("Meeting", "12:00", "12:30")).adherent_seconds == 0
    assert on(FRIDAY, state("Available", "12:00", "12:30")).adherent_seconds == 0


def test_contact_counts_as_work_whatever_the_status_and_once():
    contacts = [(clock("13:00"), clock("13:10"))]
    away = state("Meeting", "13:00", "14:00")
    assert on(FRIDAY, away, contacts=contacts).adherent_seconds == 600
    assert on(FRIDAY, state("Available", "13:00", "14:00"), contacts=contacts).adherent_seconds == 3600


def test_day_without_schedule_has_no_adherence():
    found = on(FRIDAY + timedelta(days=1), state("Available", "09:00", "12:00", FRIDAY + timedelta(days=1)))
    assert (found.scheduled_seconds, found.percent) == (0, None)


def test_agent_without_shift_has_none():
    assert Shift.of_center(DOCUMENT, "theo") is None
    assert Shift.of_center(DOCUMENT, "nobody") is None
    assert Shift.of_center({"agents": {"mina": {}}, "time_zone": ZONE}, "mina") is None


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 8), 5), (date(2026, 11, 1), 7), (date(2026, 11, 8), 6)],
    ids=["clock put forward", "clock put back", "other days"],
)
def test_shift_is_as_long_as_the_clock_makes_it(day, hours):
    midnight, six = clock("00:00", day), clock("06:00", day)
    whole = AgentState(username="walt", agent_id="a2", state="Available", since=midnight, until=six)
    found = on(day, whole, agent="walt")
    assert (found.scheduled_seconds, found.percent) == (hours * 3600, 100)


def test_days_add_up_to_a_ratio_of_sums():
    monday = FRIDAY + timedelta(days=3)
    friday, week_start = on(FRIDAY, state("Available", "09:00", "12:00")), on(monday)
    assert (friday + week_start).percent == pytest.approx(100 * 3 / 16)


@given(
    st.lists(
        st.tuples(st.sampled_from(["Available", "Lunch", "Meeting"]), st.integers(0, 1400), st.integers(1, 300)),
        max_size=12,
    )
)
def test_adherent_time_is_never_more_than_scheduled_whatever_the_states(spans):
    start = clock("00:00")
    states = [
        AgentState(
            username="mina",
            agent_id="a1",
            state=name,
            since=start + timedelta(minutes=begin),
            until=start + timedelta(minutes=begin + minutes),
        )
        for name, begin, minutes in spans
    ]
    found = on(FRIDAY, *states)
    assert 0 <= found.adherent_seconds <= found.scheduled_seconds == 8 * 3600
