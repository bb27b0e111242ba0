"""Functions that a call waits for, broken on purpose: the caller is served all the same."""

from __future__ import annotations

from typing import Any

import pytest

from tests.centre.altered import AlteredAssembly
from tests.centre.callers import ring
from tests.centre.centre import Centre, open_centre
from twin.connect import TrueContact

pytestmark = pytest.mark.xdist_group("centre-calls")

CALLS = 4
RAISES = "def handler(event, context):\n    raise RuntimeError('broken on purpose')\n"
SLEEPS = "import time\ndef handler(event, context):\n    time.sleep(60)\n    return ordinary(event, context)\n"
ANSWERS_NONSENSE = "def handler(event, context):\n    return {'queue': 'no such queue', 'priority': 'high'}\n"


@pytest.fixture(scope="module")
def healthy(assembly: Any) -> list[TrueContact]:
    """The same day with nothing broken."""
    with open_centre(CALLS, assembly=assembly) as centre:
        report = centre.finish()
        assert report["equal"]
        return list(centre.ledger)


def outcomes(contacts: list[TrueContact]) -> list[tuple[Any, ...]]:
    return [(one.outcome, one.queue) for one in sorted(contacts, key=lambda one: one.initiated_at)]


def finish_served(centre: Centre, healthy: list[TrueContact]) -> dict[str, Any]:
    """Let the day end, and hold that callers met the queue and the end that they meet on a healthy day."""
    report = centre.finish()
    assert report["differences"] == []
    assert outcomes(centre.ledger) == outcomes(healthy)
    whole = report["whole"]
    assert whole["with_recording"] == whole["with_analysis"] == whole["recorded"] > 0
    return report


@pytest.mark.parametrize(
    ("function", "source", "cause"),
    [
        ("identify_caller", RAISES, "RuntimeError: broken on purpose"),
        ("identify_caller", SLEEPS, "Task timed out after 8.00 seconds"),
        ("route_call", RAISES, "RuntimeError: broken on purpose"),
    ],
)
def test_call_goes_on_without_the_function(
    altered: AlteredAssembly, healthy: list[TrueContact], function: str, source: str, cause: str
) -> None:
    altered.replace_handler(function, source)
    with open_centre(CALLS, assembly=altered.folder) as centre:
        report = finish_served(centre, healthy)
        assert report["denials"] == []
        assert report["failures"] == {}
        assert cause in centre.logged(function.title().replace("_", ""))


def test_route_that_makes_no_sense_is_not_followed(altered: AlteredAssembly, healthy: list[TrueContact]) -> None:
    altered.replace_handler("route_call", ANSWERS_NONSENSE)
    with open_centre(CALLS, assembly=altered.folder) as centre:
        finish_served(centre, healthy)


@pytest.mark.parametrize(
    ("role", "action", "words"),
    [
        ("RouteCall", "dynamodb:Query", "live board not read; the call is routed without it"),
        ("IdentifyCaller", "dynamodb:GetItem", "customer not read; the call goes on without it"),
    ],
)
def test_call_goes_on_when_the_functions_role_forbids_the_table(
    altered: AlteredAssembly, healthy: list[TrueContact], role: str, action: str, words: str
) -> None:
    altered.forbid(role, action)
    with open_centre(CALLS, assembly=altered.folder) as centre:
        report = finish_served(centre, healthy)
        assert f"is not authorized to perform: {action}" in report["denials"][0]
        assert role in report["denials"][0]
        assert words in centre.logged(role)


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
