from __future__ import annotations

import json
import re
import time
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.twin.cloud.assemblies import allow, arn_of, function, role, table
from tests.twin.cloud.conftest import Load, ref
from twin.cloud import LocalCloud, ResourceError


def machine(states: dict[str, Any], kind: str = "EXPRESS", **substitutions: Any) -> dict[str, Any]:
    definition = {"StartAt": next(iter(states)), "States": states}
    properties = {
        "DefinitionString": json.dumps(definition),
        "RoleArn": arn_of("MachineRole"),
        "StateMachineType": kind,
        "DefinitionSubstitutions": substitutions,
    }
    return {"Type": "AWS::StepFunctions::StateMachine", "Properties": properties}


def loaded(load: Load, states: dict[str, Any], *grants: Any, kind: str = "EXPRESS", code: str = "") -> LocalCloud:
    return load(
        {
            "Role": role(),
            "Function": function(),
            "Table": table(),
            "MachineRole": role(*grants, service="states.amazonaws.com"),
            "Machine": machine(states, kind, FunctionArn=arn_of("Function"), TableName={"Ref": "Table"}),
        },
        code,
    )


def run_sync(cloud: LocalCloud, payload: Any = None) -> dict[str, Any]:
    client = cloud.client("stepfunctions")
    answer: dict[str, Any] = client.start_sync_execution(
        stateMachineArn=ref(cloud, "Machine"), input=json.dumps(payload or {})
    )
    return answer


TASK = {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "OutputPath": "$.Payload", "End": True}
INVOKE = {**TASK, "Parameters": {"FunctionName": "${FunctionArn}", "Payload.$": "$"}}


def test_synchronous_execution_answers_its_output_and_what_it_bills(load: Load) -> None:
    cloud = loaded(load, {"Do": INVOKE}, allow("lambda:InvokeFunction", arn_of("Function")))
    answer = run_sync(cloud, {"n": 1})
    assert (answer["status"], json.loads(answer["output"])) == ("SUCCEEDED", {"n": 1})
    assert answer["billingDetails"]["billedDurationInMilliseconds"] == 100
    assert cloud.usage()["stepfunctions", "Express requests"] == 1


def test_machine_that_may_not_call_fails_with_the_denial(load: Load) -> None:
    answer = run_sync(loaded(load, {"Do": INVOKE}))
    assert answer["status"] == "FAILED"
    assert answer["error"] == "Lambda.AccessDeniedException"
    assert "lambda:InvokeFunction" in answer["cause"]


def test_direct_integration_is_held_against_the_machines_role(load: Load) -> None:
    put = {
        "Type": "Task",
        "Resource": "arn:aws:states:::dynamodb:putItem",
        "Parameters": {"TableName": "${TableName}", "Item": {"id": {"S.$": "$.id"}}},
        "End": True,
    }
    cloud = loaded(load, {"Put": put}, allow("dynamodb:PutItem", arn_of("Table")))
    assert run_sync(cloud, {"id": "c1"})["status"] == "SUCCEEDED"
    stored = cloud.client("dynamodb").get_item(TableName=ref(cloud, "Table"), Key={"id": {"S": "c1"}})
    assert stored["Item"] == {"id": {"S": "c1"}}
    assert cloud.usage()["dynamodb", "write units"] == 1


def test_wait_takes_virtual_time_and_lets_others_run(load: Load) -> None:
    states = {"Wait": {"Type": "Wait", "Seconds": 3600, "Next": "Done"}, "Done": {"Type": "Succeed"}}
    cloud = loaded(load, states)
    begin, start, seen = time.monotonic(), cloud.clock.timestamp(), []
    cloud.client("stepfunctions").start_execution(stateMachineArn=ref(cloud, "Machine"), input="{}")
    cloud.clock.call_later(1800, lambda: seen.append(cloud.workflows.executions[0].status))
    cloud.run_until_idle()
    assert seen == ["RUNNING"]
    assert cloud.workflows.executions[0].status == "SUCCEEDED"
    assert 3600 <= cloud.clock.timestamp() - start < 3601
    assert time.monotonic() - begin < 60


def test_retries_wait_in_virtual_time_and_then_catch(load: Load) -> None:
    retried = {
        **INVOKE,
        "Retry": [{"ErrorEquals": ["ValueError"], "IntervalSeconds": 10, "MaxAttempts": 2, "BackoffRate": 2.0}],
        "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.failure", "Next": "Kept"}],
    }
    code = "def handler(event, context):\n    raise ValueError('bad')\n"
    states = {"Do": retried, "Kept": {"Type": "Pass", "End": True}}
    cloud = loaded(load, states, allow("lambda:InvokeFunction"), code=code)
    start = cloud.clock.timestamp()
    cloud.client("stepfunctions").start_execution(stateMachineArn=ref(cloud, "Machine"), input="{}")
    cloud.run_until_idle()
    result = cloud.workflows.executions[0].result
    assert result is not None
    assert result.output["failure"]["Error"] == "ValueError"
    assert cloud.functions.invocations[ref(cloud, "Function")] == 3
    assert 30 <= cloud.clock.timestamp() - start < 32


def test_parallel_branches_and_maps_run_whole(load: Load) -> None:
    branch = {"StartAt": "P", "States": {"P": {"Type": "Pass", "Result": 1, "End": True}}}
    item = {"StartAt": "Do", "States": {"Do": INVOKE}}
    states = {
        "Both": {"Type": "Parallel", "Branches": [branch, branch], "ResultPath": "$.both", "Next": "Each"},
        "Each": {"Type": "Map", "ItemsPath": "$.items", "ItemProcessor": item, "ResultPath": "$.each", "End": True},
    }
    cloud = loaded(load, states, allow("lambda:InvokeFunction"))
    output = json.loads(run_sync(cloud, {"items": [1, 2, 3]})["output"])
    assert output == {"items": [1, 2, 3], "both": [1, 1], "each": [1, 2, 3]}


def test_task_token_is_awaited_in_virtual_time(load: Load) -> None:
    waiting = {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
        "Parameters": {"FunctionName": "${FunctionArn}", "Payload": {"token.$": "$$.Task.Token"}},
        "TimeoutSeconds": 7200,
        "End": True,
    }
    code = "def handler(event, context):\n    print('token ' + event['token'])\n"
    cloud = loaded(load, {"Ask": waiting}, allow("lambda:InvokeFunction"), kind="STANDARD", code=code)
    client = cloud.client("stepfunctions")
    client.start_execution(stateMachineArn=ref(cloud, "Machine"), name="asking", input="{}")

    def answer() -> None:
        lines = cloud.logs.lines(f"/aws/lambda/{ref(cloud, 'Function')}")
        token = next(line for line in lines if line.startswith("token")).split()[1]
        client.send_task_success(taskToken=token, output='{"said": "yes"}')

    cloud.clock.call_later(3600, answer)
    cloud.run_until_idle()
    result = cloud.workflows.executions[0].result
    assert result is not None
    assert (result.status, result.output) == ("SUCCEEDED", {"said": "yes"})
    assert cloud.usage()["stepfunctions", "Standard transitions"] > 0


def test_standard_machine_is_not_run_synchronously(load: Load) -> None:
    cloud = loaded(load, {"Done": {"Type": "Succeed"}}, kind="STANDARD")
    with pytest.raises(ClientError, match="StateMachineTypeNotSupported"):
        run_sync(cloud)


def test_execution_can_be_described(load: Load) -> None:
    cloud = loaded(load, {"No": {"Type": "Fail", "Error": "Broken", "Cause": "why"}}, kind="STANDARD")
    client = cloud.client("stepfunctions")
    arn = client.start_execution(stateMachineArn=ref(cloud, "Machine"), name="one", input="{}")["executionArn"]
    cloud.run_until_idle()
    described = client.describe_execution(executionArn=arn)
    assert (described["status"], described["error"], described["cause"]) == ("FAILED", "Broken", "why")
    assert client.list_executions(stateMachineArn=ref(cloud, "Machine"))["executions"][0]["name"] == "one"


def test_definition_that_is_not_valid_is_named(load: Load) -> None:
    with pytest.raises(ResourceError, match="Stack/Machine"):
        loaded(load, {"Do": {"Type": "Nonsense"}})


def test_state_tells_when_it_was_entered_as_aws_writes_moments(load: Load) -> None:
    answer = run_sync(
        loaded(load, {"Tell": {"Type": "Pass", "Parameters": {"at.$": "$$.State.EnteredTime"}, "End": True}})
    )
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", json.loads(answer["output"])["at"])
