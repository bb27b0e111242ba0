"""Functions that a call waits for, broken on purpose: the caller is served all the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.centre.altered import AlteredAssembly
from tests.centre.callers import ring
from tests.centre.centre import open_centre
from twin.connect import TrueContact

CALLS = 12
# How functions are broken, each for the contacts whose ids end so: the others show what is expected.
BROKEN = {
    "identify_caller": """
import time
def handler(event, context):
    digit = event["Details"]["ContactData"]["ContactId"][-1]
    if digit in "0123":
        raise RuntimeError("broken on purpose")
    if digit in "4567":
        time.sleep(60)
    return ordinary(event, context)
""",
    "route_call": """
def handler(event, context):
    digit = event["Details"]["ContactData"]["ContactId"][-1]
    if digit in "89ab":
        raise RuntimeError("broken on purpose")
    if digit in "cdef":
        return {"queue": "no such queue", "priority": "high"}
    return ordinary(event, context)
""",
}
FORBIDDEN = {"RouteCall": "dynamodb:Query", "IdentifyCaller": "dynamodb:GetItem"}


@dataclass(frozen=True)
class Lived:
    """A day that is over: what happened, what was measured, and what the two functions logged."""

    ledger: list[TrueContact]
    report: dict[str, Any]
    logged: dict[str, str]


def live(assembly: Path) -> Lived:
    with open_centre(CALLS, assembly=assembly) as centre:
        report = centre.finish()
        logged = {role: centre.logged(role) for role in FORBIDDEN}
        return Lived(list(centre.ledger), report, logged)


@pytest.fixture(scope="module")
def healthy_day(assembly: Path) -> Lived:
    """The same day with nothing broken."""
    lived = live(assembly)
    assert lived.report["equal"]
    return lived


@pytest.fixture(scope="module")
def broken_day(altered_copy: Callable[[], AlteredAssembly]) -> Lived:
    """A day on which every call meets one broken function."""
    altered = altered_copy()
    for function, source in BROKEN.items():
        altered.replace_handler(function, source)
    return live(altered.folder)


@pytest.fixture(scope="module")
def forbidden_day(altered_copy: Callable[[], AlteredAssembly]) -> Lived:
    """A day on which both functions may not read their table."""
    altered = altered_copy()
    for role, action in FORBIDDEN.items():
        altered.forbid(role, action)
    return live(altered.folder)


def outcomes(lived: Lived) -> list[tuple[Any, ...]]:
    return [(one.outcome, one.queue) for one in sorted(lived.ledger, key=lambda one: one.initiated_at)]


def assert_served(lived: Lived, healthy: Lived) -> None:
    """Hold that callers met the queue and the end that they meet on a healthy day, and that all was kept."""
    assert lived.report["differences"] == []
    assert outcomes(lived) == outcomes(healthy)
    whole = lived.report["whole"]
    assert whole["with_recording"] == whole["with_analysis"] == whole["recorded"] > 0


def test_calls_go_on_without_the_function(broken_day: Lived, healthy_day: Lived) -> None:
    assert_served(broken_day, healthy_day)
    assert broken_day.report["denials"] == []
    assert broken_day.report["failures"] == {}


@pytest.mark.parametrize(
    ("digits", "role", "cause"),
    [
        ("0123", "IdentifyCaller", "RuntimeError: broken on purpose"),
        ("4567", "IdentifyCaller", "Task timed out after 8.00 seconds"),
        ("89ab", "RouteCall", "RuntimeError: broken on purpose"),
    ],
)
def test_function_that_breaks_tells_its_cause(broken_day: Lived, digits: str, role: str, cause: str) -> None:
    assert any(one.contact_id[-1] in digits and one.queue for one in broken_day.ledger)
    assert cause in broken_day.logged[role]


def test_route_that_makes_no_sense_is_not_followed(broken_day: Lived) -> None:
    misled = [one for one in broken_day.ledger if one.contact_id[-1] in "cdef"]
    assert any(one.queue for one in misled)
    assert "no such queue" not in {one.queue for one in misled}


def test_calls_go_on_when_the_functions_roles_forbid_their_tables(forbidden_day: Lived, healthy_day: Lived) -> None:
    assert_served(forbidden_day, healthy_day)


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("RouteCall", "live board not read; the call is routed without it"),
        ("IdentifyCaller", "customer not read; the call goes on without it"),
    ],
)
def test_function_whose_role_forbids_the_table_says_so(forbidden_day: Lived, role: str, words: str) -> None:
    denials = [one for one in forbidden_day.report["denials"] if role in one]
    assert denials
    assert all(f"is not authorized to perform: {FORBIDDEN[role]}" in one for one in denials)
    assert words in forbidden_day.logged[role]


def test_caller_whose_question_cannot_be_answered_comes_to_a_person(
    altered: AlteredAssembly,
) -> None:
    altered.forbid("AnswerQuestion", "states:StartSyncExecution")
    with open_centre(1, assembly=altered.folder) as centre:
        center = centre.session.center
        centre.run_until(12)
        heard = ring(centre, ["1", "4", "10017#", "1"])
        report = centre.finish()
    assert report["differences"] == []
    assert any("StartSyncExecution" in denial for denial in report["denials"])
    main, waiting = center.ivr.menus["main"].prompt["en"], center.ivr.queue_treatment.position["en"]
    assert waiting.format(position=1) in heard[heard.index(main) + 1 :]
