"""EventBridge Scheduler: on virtual time, under its role, with what it knows of itself in the input."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.twin.cloud.assemblies import allow, arn_of, function, role
from tests.twin.cloud.conftest import Load, ref
from tests.twin.cloud.test_delivery import QUEUE, messages
from tests.twin.cloud.test_workflows import machine
from twin.cloud import LocalCloud

STATES = {"Keep": {"Type": "Pass", "End": True}}
STARTS = allow("states:StartExecution", {"Ref": "Machine"})
SENDS = allow("sqs:SendMessage", arn_of("Dead"))
ASKS = json.dumps({"at": "<aws.scheduler.scheduled-time>", "attempt": "<aws.scheduler.attempt-number>", "a": "<b>"})


def loaded(load: Load, *grants: Any, zone: str = "America/Los_Angeles", dead: bool = True) -> LocalCloud:
    target = {"Arn": {"Ref": "Machine"}, "RoleArn": arn_of("ScheduleRole"), "Input": ASKS}
    if dead:
        target["DeadLetterConfig"] = {"Arn": arn_of("Dead")}
    properties = {
        "ScheduleExpression": "cron(15 3 * * ? *)",
        "ScheduleExpressionTimezone": zone,
        "FlexibleTimeWindow": {"Mode": "OFF"},
        "Target": target,
    }
    return load(
        {
            "Role": role(),
            "Function": function(),
            "Dead": QUEUE,
            "MachineRole": role(service="states.amazonaws.com"),
            "Machine": machine(STATES, "STANDARD"),
            "ScheduleRole": role(*grants, service="scheduler.amazonaws.com"),
            "Schedule": {"Type": "AWS::Scheduler::Schedule", "Properties": properties},
        },
        "",
    )


def test_workflow_starts_at_the_hour_of_the_zone_and_is_told_for_when_it_was_scheduled(load: Load) -> None:
    cloud = loaded(load, STARTS)
    cloud.run_until(datetime(2026, 11, 23, 12, tzinfo=UTC))
    outputs = [json.loads(one.input) for one in cloud.workflows.executions]
    assert [one["at"] for one in outputs] == ["2026-11-21T11:15:00Z", "2026-11-22T11:15:00Z", "2026-11-23T11:15:00Z"]
    assert outputs[0] == {"at": "2026-11-21T11:15:00Z", "attempt": "1", "a": "<b>"}
    assert {one.status for one in cloud.workflows.executions} == {"SUCCEEDED"}


def test_invocations_and_transitions_of_a_standard_workflow_are_metered(load: Load) -> None:
    cloud = loaded(load, STARTS)
    cloud.run_until(datetime(2026, 11, 21, 12, tzinfo=UTC))
    assert cloud.usage()["scheduler", "invocations"] == 1
    assert cloud.usage()["stepfunctions", "Standard transitions"] == 2


def test_schedule_whose_role_may_not_start_the_workflow_leaves_a_dead_letter(load: Load) -> None:
    cloud = loaded(load, SENDS)
    cloud.run_until(datetime(2026, 11, 21, 12, tzinfo=UTC))
    (letter,) = messages(cloud, "Dead")
    assert json.loads(letter["Body"])["at"] == "2026-11-21T11:15:00Z"
    assert letter["MessageAttributes"]["ERROR_CODE"]["StringValue"] == "NO_PERMISSIONS"
    assert letter["MessageAttributes"]["TARGET_ARN"]["StringValue"] == ref(cloud, "Machine")


@pytest.mark.parametrize(("dead", "cause"), [(True, "sqs:SendMessage"), (False, "NO_PERMISSIONS")])
def test_call_that_cannot_even_be_kept_is_reported(load: Load, dead: bool, cause: str) -> None:
    cloud = loaded(load, dead=dead)
    cloud.run_until(datetime(2026, 11, 21, 12, tzinfo=UTC))
    assert cause in cloud.sender.undelivered[0][2]
