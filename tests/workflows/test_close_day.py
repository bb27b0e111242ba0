"""``close_day``: a day is proved against log and history, rolled up and reported; or it fails, and is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import state_task_service_aws_sdk
from moto.stepfunctions.parser.asl.component.state.wait.wait_function.wait_function import WaitFunction

from tests.workflows.conftest import Ended, Workshop, substitute
from tests.workflows.faults import Faults
from tests.workflows.night import DAY, Athena, Steps, compared, recounted
from trunkline.closing.day import ClosingRequestError

FUNCTIONS = {
    "recount_day": "RecountDayFunctionArn",
    "compare_history": "CompareHistoryFunctionArn",
    "roll_up_day": "RollUpDayFunctionArn",
    "write_report": "WriteReportFunctionArn",
}
SCHEDULED = {"scheduled_at": "2026-11-22T11:15:00Z"}
PROVED = ("RecountDay", "IsDriftSuspected", "BeginComparison")
ASKED = ("AskHistory", *("WaitForHistory", "GetHistory", "HasHistoryAnswered") * 2)
EXPLAINED = ("AskContacts", *("WaitForContacts", "GetContacts", "HaveContactsCome") * 2, "ExplainHistory")
COMPARED = ("CompareHistory", "IsHistoryEqual")
FINISHED = ("RollUpDay", "WriteReports", "WriteReport", "CloseLateDays", "Closed")
AGAIN = ("WaitForDelivery", "CountAttempt")
KEPT = ("ReportFailure", "NotClosed")
RAISED = ("IsFunctionError", "ReadFunctionError", "TakeFunctionError", *KEPT)
SUSPECTED = ("RecountDay", "IsDriftSuspected", "WaitForStream", "RecountDayAgain", "BeginComparison")


@pytest.fixture
def athena(aws: Workshop, monkeypatch: pytest.MonkeyPatch) -> Athena:
    """Athena, and states that wait no real time."""
    made = Athena()
    made.install(monkeypatch)
    monkeypatch.setitem(state_task_service_aws_sdk._SERVICE_ERROR_NAMES, "athena", "Athena")
    monkeypatch.setattr(WaitFunction, "_wait_interval", lambda self, env, wait_seconds: aws.slept.append(wait_seconds))
    return made


@pytest.fixture
def faults(athena: Athena, monkeypatch: pytest.MonkeyPatch) -> Faults:
    """Faults in front of Athena too."""
    planned = Faults()
    planned.install(monkeypatch)
    return planned


@pytest.fixture
def steps(workshop: Workshop) -> Steps:
    """The four functions, of a night without drift."""
    made = Steps(
        {
            "recount_day": [recounted()],
            "compare_history": [compared()],
            "roll_up_day": [{"rows": 40}],
            "write_report": [{"key": "reports/day/2026-11-21/report.json"}],
        }
    )
    for name, substitution in FUNCTIONS.items():
        if substitution not in workshop.substitutions:
            workshop.substitutions[substitution] = workshop._create_function(name)
        workshop.functions[name] = made.handler(name)
    workshop.substitutions |= {
        "HistoryDatabase": "trunkline_dev",
        "HistoryWorkgroup": "trunkline-dev",
        "TotalsQuery": json.dumps('SELECT "hour"\nFROM contacts WHERE day = CAST(? AS date)')[1:-1],
        "TotalsParameters": "States.Array($.log.outcome.asked_day, $.log.outcome.asked_day)",
        "ContactsQuery": "SELECT contact_id FROM contacts WHERE day = CAST(? AS date)",
        "ContactsParameters": "States.Array($.log.outcome.asked_day)",
    }
    return made


def close(workshop: Workshop, request: dict[str, Any] | None = None) -> Ended:
    return workshop.run("close_day", request or SCHEDULED)


def asks_for_a_day(parameters: Mapping[str, Any]) -> bool:
    return "day" in json.loads(parameters["input"])


def test_day_without_drift_is_looked_at_once_rolled_up_and_reported(workshop: Workshop, steps: Steps) -> None:
    ended = close(workshop)
    assert (ended.status, ended.path) == ("SUCCEEDED", (*PROVED, *ASKED, *COMPARED, *FINISHED))
    assert ended.output == {
        "day": DAY,
        "log": {"compared": 120, "drifted": 0, "mended": 0, "stuck": 0, "report": None},
        "history": {"compared": 30, "drifted": 0, "report": None},
        "rows": 40,
        "reports": [{"period": "day", "on": DAY}],
        "late_days": [],
    }
    assert workshop.slept == [5, 5]


def test_functions_are_asked_for_the_day_that_the_first_one_chose(workshop: Workshop, steps: Steps) -> None:
    close(workshop)
    (rolled_up,) = steps.asked("roll_up_day")
    assert datetime.fromisoformat(rolled_up.pop("begun_at")) <= datetime.now(UTC)
    assert steps.calls == [
        ("recount_day", {"input": SCHEDULED, "again": False}),
        ("compare_history", {"day": DAY, "attempt": 1, "totals": "s3://history/results/1.csv"}),
        ("roll_up_day", {"day": DAY}),
        ("write_report", {"period": "day", "on": DAY}),
    ]


def test_history_is_asked_for_the_day_with_parameters(workshop: Workshop, steps: Steps, athena: Athena) -> None:
    close(workshop)
    (query,) = athena.started
    assert query["QueryString"] == 'SELECT "hour"\nFROM contacts WHERE day = CAST(? AS date)'
    assert query["ExecutionParameters"] == [f"'{DAY}'"] * 2
    assert (query["WorkGroup"], query["QueryExecutionContext"]) == ("trunkline-dev", {"Database": "trunkline_dev"})


def test_day_that_ends_a_week_and_a_month_gets_all_three_reports(workshop: Workshop, steps: Steps) -> None:
    reports = [{"period": period, "on": "2026-05-31"} for period in ("day", "week", "month")]
    steps.planned["recount_day"] = [recounted(reports=reports)]
    assert close(workshop).output["reports"] == reports
    assert steps.asked("write_report") == reports


def test_days_that_were_counted_in_since_they_were_closed_are_closed_again_by_executions_of_their_own(
    workshop: Workshop, steps: Steps, faults: Faults
) -> None:
    days = ["2026-11-14", "2026-11-20"]
    steps.planned["recount_day"] = [recounted(late_days=days), recounted()]
    faults.add("StartExecution", "ExecutionLimitExceeded", times=2, applies=asks_for_a_day)
    ended = close(workshop)
    assert (ended.status, ended.output["late_days"]) == ("SUCCEEDED", days)
    assert ended.path[-4:] == ("CloseLateDays", "CloseLateDay", "CloseLateDay", "Closed")
    assert {each.status for each in workshop.wait_for_all("close_day")} == {"SUCCEEDED"}
    assert sorted(event["input"].get("day", "-") for event in steps.asked("recount_day")) == ["-", *days]


def test_days_that_cannot_be_closed_again_are_kept_as_a_failure(
    workshop: Workshop, steps: Steps, faults: Faults
) -> None:
    steps.planned["recount_day"] = [recounted(late_days=["2026-11-14"])]
    faults.add("StartExecution", "AccessDeniedException", times=99, applies=asks_for_a_day)
    ended = close(workshop)
    assert (ended.status, ended.path[-3:]) == ("FAILED", ("LateDaysFailed", *KEPT))
    (letter,) = workshop.take_dead_letters()
    assert (letter["stage"], letter["input"]) == ("close_late_days", SCHEDULED)


def test_what_differs_is_looked_at_again_after_the_stream_has_settled(workshop: Workshop, steps: Steps) -> None:
    steps.planned["recount_day"] = [recounted(suspected=2), recounted(drifted=1, stuck=1, report="drift/x/log.json")]
    request = {"day": DAY, "mend": True}
    ended = close(workshop, request)
    assert ended.path == (*SUSPECTED, *ASKED, *COMPARED, *FINISHED)
    assert workshop.slept[0] == 120
    assert [event["again"] for event in steps.asked("recount_day")] == [False, True]
    assert steps.asked("recount_day")[1]["input"] == request
    assert ended.output["log"] == {
        "compared": 120,
        "drifted": 1,
        "mended": 0,
        "stuck": 1,
        "report": "drift/x/log.json",
    }


def test_history_that_is_behind_is_asked_again_until_it_is_equal(workshop: Workshop, steps: Steps) -> None:
    steps.planned["compare_history"] = [compared("behind", drifted=2), compared("behind", drifted=1), compared()]
    ended = close(workshop)
    again = (*AGAIN, *ASKED, *COMPARED)
    assert ended.path == (*PROVED, *ASKED, *COMPARED, *again, *again, *FINISHED)
    assert [event["attempt"] for event in steps.asked("compare_history")] == [1, 2, 3]
    assert workshop.slept.count(900) == 2


def test_history_that_stays_different_is_explained_by_its_contacts(
    workshop: Workshop, steps: Steps, athena: Athena
) -> None:
    report = "drift/2026-11-21/history.json"
    steps.planned["compare_history"] = [
        compared("different", drifted=1),
        compared("explained", drifted=1, report=report),
    ]
    ended = close(workshop)
    assert ended.path == (*PROVED, *ASKED, *COMPARED, *EXPLAINED, *FINISHED)
    assert steps.asked("compare_history")[1] == {
        "day": DAY,
        "attempt": 1,
        "totals": "s3://history/results/1.csv",
        "contacts": "s3://history/results/2.csv",
    }
    assert athena.started[1]["ExecutionParameters"] == [f"'{DAY}'"]
    assert ended.output["history"] == {"compared": 30, "drifted": 1, "report": report}


FAILING = {
    "recount_day": ("recount_day", ("RecountDay", "RecountFailed", *RAISED)),
    "compare_history": ("compare_history", (*PROVED, *ASKED, "CompareHistory", "ComparisonFailed", *RAISED)),
    "roll_up_day": ("roll_up_day", (*PROVED, *ASKED, *COMPARED, "RollUpDay", "RollUpFailed", *RAISED)),
    "write_report": (
        "write_reports",
        (*PROVED, *ASKED, *COMPARED, *FINISHED[:3], "ReportsFailed", *RAISED),
    ),
}


@pytest.mark.parametrize("function", FAILING)
def test_function_that_keeps_failing_is_tried_again_and_kept_with_its_input(
    workshop: Workshop, steps: Steps, function: str
) -> None:
    stage, path = FAILING[function]
    steps.planned[function] = [RuntimeError("broken on purpose")]
    ended = close(workshop)
    assert (ended.status, ended.error, ended.path) == ("FAILED", "RuntimeError", path)
    assert len(steps.asked(function)) == 5
    (letter,) = workshop.take_dead_letters()
    assert letter == {
        "workflow": "close_day",
        "stage": stage,
        "error": "RuntimeError",
        "cause": "broken on purpose",
        "input": SCHEDULED,
    }


def test_function_that_crashes_midway_once_does_not_fail_the_night(workshop: Workshop, steps: Steps) -> None:
    steps.planned["recount_day"] = [RuntimeError("out of memory"), recounted()]
    assert close(workshop).status == "SUCCEEDED"
    assert workshop.take_dead_letters() == []


def test_failed_night_can_be_closed_again_from_its_dead_letter(workshop: Workshop, steps: Steps) -> None:
    steps.planned["roll_up_day"] = [RuntimeError("broken on purpose")] * 5 + [{"rows": 40}]
    close(workshop)
    (letter,) = workshop.take_dead_letters()
    assert close(workshop, letter["input"]).status == "SUCCEEDED"
    assert steps.asked("recount_day")[-1]["input"] == SCHEDULED


def test_input_that_names_no_day_is_not_tried_again(workshop: Workshop, steps: Steps) -> None:
    steps.planned["recount_day"] = [ClosingRequestError("{} names no day")]
    ended = close(workshop, {"date": "yesterday"})
    assert (ended.status, ended.error) == ("FAILED", "ClosingRequestError")
    assert len(steps.asked("recount_day")) == 1


QUERY_FAILED = (*PROVED, *ASKED, "QueryFailed")


@pytest.mark.parametrize(
    ("end", "path", "cause"),
    [
        (
            {"State": "FAILED", "StateChangeReason": "TABLE_NOT_FOUND"},
            (*QUERY_FAILED, "TakeReason", "HistoryNotRead", *KEPT),
            "FAILED: TABLE_NOT_FOUND",
        ),
        (
            {"State": "CANCELLED"},
            (*QUERY_FAILED, "ReasonUnknown", "HistoryNotRead", *KEPT),
            "CANCELLED: Athena gave no reason for query query-1.",
        ),
    ],
)
def test_query_that_fails_is_kept_in_the_words_of_athena(
    workshop: Workshop, steps: Steps, athena: Athena, end: dict[str, str], path: tuple[str, ...], cause: str
) -> None:
    athena.ends = [end]
    ended = close(workshop)
    assert (ended.status, ended.error, ended.path) == ("FAILED", "QueryFailedError", path)
    (letter,) = workshop.take_dead_letters()
    assert (letter["stage"], letter["cause"]) == ("ask_history", cause)


@pytest.mark.parametrize("operation", ["StartQueryExecution", "GetQueryExecution"])
def test_busy_athena_is_asked_again_until_it_answers(
    workshop: Workshop, steps: Steps, faults: Faults, operation: str
) -> None:
    faults.add(operation, "TooManyRequestsException", times=3)
    assert close(workshop).status == "SUCCEEDED"


def test_athena_that_denies_is_kept_as_a_failure(workshop: Workshop, steps: Steps, faults: Faults) -> None:
    faults.add("StartQueryExecution", "AccessDeniedException", times=99)
    ended = close(workshop)
    assert ended.path == (*PROVED, "AskHistory", "HistoryNotRead", *KEPT)
    (letter,) = workshop.take_dead_letters()
    assert letter["error"] == "Athena.AthenaException"


def test_every_state_is_visited_by_a_test(workshop: Workshop, steps: Steps) -> None:
    definition = json.loads(substitute("close_day", workshop.substitutions))
    maps = ("WriteReports", "CloseLateDays")
    inner = {state for each in maps for state in definition["States"][each]["ItemProcessor"]["States"]}
    visited = {state for _, path in FAILING.values() for state in path}
    visited |= {*SUSPECTED, *EXPLAINED, *AGAIN, *FINISHED, *QUERY_FAILED, "TakeReason", "ReasonUnknown"}
    visited |= {"CloseLateDay", "LateDaysFailed"}
    assert visited | {"HistoryNotRead"} == {*definition["States"], *inner}
