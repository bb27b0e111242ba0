"""Shifts in ``callcenter.yaml``: what is wrong with them is told with key and line."""

from __future__ import annotations

import pytest

from tests.unit.center.garage import SMALL
from trunkline.center import parse_center

AGENTS = ("skills: {orders: 5}}\n", "skills: {orders: 5}, shift: day}\n")
SHIFTS = """\
shifts:
  day:
    work:
      - {days: [mon, tue], from: "09:00", to: "12:00"}
      - {days: [mon], from: "13:00", to: "00:00"}
    breaks:
      - {days: [mon, tue], from: "10:00", to: "10:15", state: Coffee}
ivr:
  greeting"""
WITH_SHIFTS = (AGENTS, ("ivr:\n  greeting", SHIFTS))


def test_shift_of_an_agent_is_read():
    text = SMALL
    for old, new in WITH_SHIFTS:
        text = text.replace(old, new)
    center = parse_center(text, "center.yaml")
    assert center.agents["mina"].shift == "day"
    assert center.agents["hana"].shift is None
    (pause,) = center.shifts["day"].breaks
    assert (pause.state, pause.from_, pause.days) == ("Coffee", "10:00", ["mon", "tue"])


def test_centre_without_shifts_is_well():
    assert parse_center(SMALL, "center.yaml").shifts == {}


@pytest.mark.parametrize(
    ("change", "marker", "key", "expected"),
    [
        pytest.param(("shift: day", "shift: dya"), "dya", "agents.mina.shift", "day", id="unknown shift"),
        pytest.param(
            ('from: "13:00", to: "00:00"', 'from: "11:00", to: "00:00"'),
            'from: "11:00"',
            "shifts.day.work[1]",
            "a period apart from mon 09:00 to 12:00",
            id="work overlaps",
        ),
        pytest.param(
            ('from: "10:00", to: "10:15"', 'from: "11:50", to: "12:10"'),
            "Coffee",
            "shifts.day.breaks[0].days[0]",
            "a break within the hours of work on mon",
            id="break outside of work",
        ),
        pytest.param(
            ("state: Coffee", "state: Available"),
            "state: Available",
            "shifts.day.breaks[0].state",
            "the status of a break",
            id="break in the status of work",
        ),
        pytest.param(
            (", state: Coffee}", "}"), "10:15", "shifts.day.breaks[0].state", "the key state", id="break without status"
        ),
        pytest.param(
            ('to: "10:15"', 'to: "09:15"'), "09:15", "shifts.day.breaks[0]", "later on the same day", id="back"
        ),
    ],
)
def test_mistake_is_told_with_its_key_and_line(break_center, change, marker, key, expected):
    text_before = "".join(new for _, new in WITH_SHIFTS)
    assert text_before.count(change[0]) == 1
    edited = [(old, new.replace(*change)) for old, new in WITH_SHIFTS]
    broken = break_center(*edited)
    problem = next(problem for problem in broken.problems if problem.key == key)
    assert problem.line == broken.line_with(marker)
    assert expected in f"{problem.expected} {problem.suggestion}"


def test_agent_with_a_shift_where_there_are_none_is_told(break_center):
    assert break_center(AGENTS).only.key == "agents.mina.shift"


def test_breaks_that_overlap_are_told(break_center):
    twice = SHIFTS.replace(
        "state: Coffee}\n", 'state: Coffee}\n      - {days: [tue], from: "10:10", to: "10:20", state: Tea}\n'
    )
    assert "a period apart from tue" in break_center(AGENTS, ("ivr:\n  greeting", twice)).only.expected
