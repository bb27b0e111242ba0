from __future__ import annotations

import os
import sys
import time
from typing import Any

import pytest

from tests.twin.cloud.assemblies import allow, arn_of, function, permit, role, table, write_assembly, write_code
from tests.twin.cloud.conftest import Load, arn, ref
from twin.cloud import LocalCloud
from twin.cloud.functions import inprocess
from twin.cloud.functions.output import OutputSwitch
from twin.contracts import FunctionFailedError

CONNECT = "connect.amazonaws.com"
PERMITTED = {"Role": role(), "Function": function(), "Permit": permit(CONNECT)}


def invoke(cloud: LocalCloud, payload: Any = None, seconds: float = 8) -> Any:
    return cloud.invoke(arn(cloud, "Function"), payload or {}, timeout_seconds=seconds, principal=CONNECT)


def test_handler_sees_its_own_environment_and_the_process_keeps_its_own(load: Load) -> None:
    code = """
import os
def handler(event, context):
    return {name: os.environ.get(name) for name in ("TABLE", "HOME", "LAMBDA_TASK_ROOT", "AWS_LAMBDA_FUNCTION_NAME")}
"""
    variables: dict[str, Any] = {"Environment": {"Variables": {"TABLE": "contacts"}}}
    cloud = load({**PERMITTED, "Function": function(**variables)}, code)
    home = os.environ.get("HOME")
    seen = invoke(cloud)
    assert seen["TABLE"] == "contacts"
    assert seen["HOME"] is None
    assert seen["LAMBDA_TASK_ROOT"].endswith("code")
    assert seen["AWS_LAMBDA_FUNCTION_NAME"] == ref(cloud, "Function")
    assert os.environ.get("HOME") == home
    assert "TABLE" not in os.environ


def test_functions_have_modules_of_their_own(cloud: LocalCloud, tmp_path: Any) -> None:
    code = "from settings import NAME\ndef handler(event, context):\n    import late\n    return NAME + late.NAME\n"
    assets = {
        f"{name}.zip": write_code(tmp_path / name, code, settings=f"NAME = '{name}'", late=f"NAME = '{name}!'")
        for name in ("a", "b")
    }
    resources = {
        "Role": role(),
        "A": function(key="a.zip"),
        "B": function(key="b.zip"),
        "PermitA": permit(CONNECT, "A"),
        "PermitB": permit(CONNECT, "B"),
    }
    cloud.load(write_assembly(tmp_path / "out", {"Stack": resources}, assets))
    answers = [
        cloud.invoke(arn(cloud, name), {}, timeout_seconds=1, principal=CONNECT) for name in ("A", "B", "A", "B")
    ]
    assert answers == ["aa!", "bb!", "aa!", "bb!"]
    assert "settings" not in sys.modules


def test_layers_are_importable(cloud: LocalCloud, tmp_path: Any) -> None:
    write_code(tmp_path / "layer" / "python", "", twin_test_layer="VALUE = 7")
    code = write_code(
        tmp_path / "code", "import twin_test_layer\ndef handler(e, c):\n    return twin_test_layer.VALUE\n"
    )
    layer = {"Type": "AWS::Lambda::LayerVersion", "Properties": {"Content": {"S3Key": "layer.zip"}}}
    resources = {**PERMITTED, "Layer": layer, "Function": function(Layers=[{"Ref": "Layer"}])}
    assets = {"code.zip": code, "layer.zip": tmp_path / "layer"}
    cloud.load(write_assembly(tmp_path / "out", {"Stack": resources}, assets))
    assert invoke(cloud) == 7


def test_context_tells_remaining_virtual_time(load: Load) -> None:
    code = """
import time
def handler(event, context):
    before = context.get_remaining_time_in_millis()
    time.sleep(2)
    return [before, context.get_remaining_time_in_millis(), context.aws_request_id]
"""
    before, after, request_id = invoke(load(PERMITTED, code))
    assert (before, after) == (5000, 3000)
    assert len(request_id) == 36


def test_sleeping_past_the_timeout_fails_without_taking_real_time(load: Load) -> None:
    code = """
import time
def handler(event, context):
    try:
        time.sleep(60)
    except Exception:
        return "caught"
"""
    cloud = load(PERMITTED, code)
    begin = time.monotonic()
    with pytest.raises(FunctionFailedError, match=r"timed out after 5.00 seconds") as caught:
        invoke(cloud)
    assert caught.value.kind == "timeout"
    assert time.monotonic() - begin < 5


def test_caller_who_waits_shorter_than_the_function_sets_the_limit(load: Load) -> None:
    cloud = load(PERMITTED, "import time\ndef handler(event, context):\n    time.sleep(4)\n")
    with pytest.raises(FunctionFailedError, match="timeout"):
        invoke(cloud, seconds=3)


def test_handler_that_never_ends_is_stopped(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inprocess, "_SHORTEST_GUARD_SECONDS", 0.1)
    cloud = load({**PERMITTED, "Function": function(Timeout=1)}, "def handler(event, context):\n    while True: pass\n")
    with pytest.raises(FunctionFailedError, match="timed out"):
        invoke(cloud)


def test_handler_that_raises_fails_with_its_cause(load: Load) -> None:
    cloud = load(PERMITTED, "def handler(event, context):\n    raise KeyError('queue')\n")
    with pytest.raises(FunctionFailedError, match="KeyError: 'queue'") as caught:
        invoke(cloud)
    assert caught.value.kind == "error"


def test_handler_that_cannot_be_imported_says_so(load: Load) -> None:
    cloud = load(PERMITTED, "import no_such_module\n")
    with pytest.raises(FunctionFailedError, match=r"Unable to import module 'handler'.*no_such_module"):
        invoke(cloud)


def test_service_without_permission_may_not_invoke(load: Load) -> None:
    cloud = load({"Role": role(), "Function": function()})
    with pytest.raises(FunctionFailedError, match="not authorized to perform: lambda:InvokeFunction") as caught:
        invoke(cloud)
    assert caught.value.kind == "denied"


def test_permission_for_another_source_does_not_count(load: Load) -> None:
    cloud = load({"Role": role(), "Function": function(), "Permit": permit(CONNECT, source="arn:aws:connect:::other")})
    with pytest.raises(FunctionFailedError, match="denied"):
        invoke(cloud)


TABLE_CODE = """
import os
import boto3
table = boto3.resource("dynamodb").Table(os.environ["TABLE"])
def handler(event, context):
    table.put_item(Item={"id": "a", "n": 1})
    return len(table.scan()["Items"])
"""


def test_call_that_the_role_does_not_allow_is_denied_in_awss_words(load: Load) -> None:
    resources = {
        "Role": role(allow("dynamodb:PutItem", arn_of("Table"))),
        "Table": table(),
        "Function": function(Environment={"Variables": {"TABLE": {"Ref": "Table"}}}),
        "Permit": permit(CONNECT),
    }
    cloud = load(resources, TABLE_CODE)
    with pytest.raises(FunctionFailedError, match=r"AccessDeniedException.*not authorized to perform: dynamodb:Scan"):
        invoke(cloud)
    assert [denial.action for denial in cloud.denials] == ["dynamodb:Scan"]


def test_calls_of_a_handlers_own_threads_are_checked_too(load: Load) -> None:
    code = """
import os, boto3
from concurrent.futures import ThreadPoolExecutor
client = boto3.client("dynamodb")
def handler(event, context):
    with ThreadPoolExecutor(1) as pool:
        pool.submit(client.scan, TableName=os.environ["TABLE"]).result()
"""
    resources = {
        **PERMITTED,
        "Table": table(),
        "Function": function(Environment={"Variables": {"TABLE": {"Ref": "Table"}}}),
    }
    with pytest.raises(FunctionFailedError, match="AccessDenied"):
        invoke(load(resources, code))


def test_output_goes_to_the_log_group_and_embedded_metrics_to_cloudwatch(load: Load) -> None:
    code = """
import json
def handler(event, context):
    print("hello")
    print(json.dumps({"_aws": {"Timestamp": 1, "CloudWatchMetrics": [{"Namespace": "N", "Dimensions": [["queue"]],
        "Metrics": [{"Name": "Answered", "Unit": "Count"}]}]}, "queue": "orders", "Answered": 3}))
"""
    cloud = load(PERMITTED, code)
    invoke(cloud)
    lines = cloud.logs.lines(f"/aws/lambda/{ref(cloud, 'Function')}")
    assert lines[1] == "hello"
    (metric, values), *_ = cloud.metrics.values.items()
    assert (metric.namespace, metric.name, metric.dimensions) == ("N", "Answered", (("queue", "orders"),))
    assert values[0].value == 3


def test_role_that_may_not_log_leaves_no_log(cloud: LocalCloud, tmp_path: Any) -> None:
    silent = role()
    del silent["Properties"]["ManagedPolicyArns"]
    code = write_code(tmp_path / "code", "def handler(event, context):\n    print('lost')\n")
    cloud.load(write_assembly(tmp_path / "out", {"Stack": {**PERMITTED, "Role": silent}}, {"code.zip": code}))
    invoke(cloud)
    assert cloud.logs.lines(f"/aws/lambda/{ref(cloud, 'Function')}") == []
    assert {denial.action for denial in cloud.denials} == {"logs:CreateLogStream", "logs:PutLogEvents"}


def test_asynchronous_failure_is_retried_twice_and_then_told_to_its_destination(load: Load) -> None:
    resources = {
        "Role": role(allow("sqs:SendMessage", arn_of("Failures"))),
        "Function": function(),
        "Failures": {"Type": "AWS::SQS::Queue", "Properties": {}},
        "Settings": {
            "Type": "AWS::Lambda::EventInvokeConfig",
            "Properties": {
                "FunctionName": {"Ref": "Function"},
                "Qualifier": "$LATEST",
                "DestinationConfig": {"OnFailure": {"Destination": arn_of("Failures")}},
            },
        },
    }
    cloud = load(resources, "def handler(event, context):\n    raise ValueError('bad')\n")
    client = cloud.client("lambda")
    answer = client.invoke(FunctionName=ref(cloud, "Function"), InvocationType="Event", Payload=b'{"n": 1}')
    assert answer["StatusCode"] == 202
    cloud.run_until_idle()
    assert cloud.functions.invocations[ref(cloud, "Function")] == 3
    message = cloud.client("sqs").receive_message(QueueUrl=ref(cloud, "Failures"))["Messages"][0]["Body"]
    assert '"condition": "RetriesExhausted"' in message
    assert '"errorMessage": "bad"' in message


def test_asynchronous_failure_without_a_destination_is_kept_visible(load: Load) -> None:
    cloud = load(
        {"Role": role(), "Function": function()}, "def handler(event, context):\n    raise ValueError('bad')\n"
    )
    cloud.client("lambda").invoke(FunctionName=ref(cloud, "Function"), InvocationType="Event", Payload=b'{"n": 1}')
    cloud.run_until_idle()
    assert [(lost.cause, lost.event) for lost in cloud.functions.lost] == [("ValueError: bad", {"n": 1})]


def test_logger_that_outlives_its_cloud_writes_to_the_log_of_the_next():
    first, second = OutputSwitch(), OutputSwitch()
    first.begin()
    kept = sys.stdout
    first.end()
    second.begin()
    kept.write("late\n")
    assert second.end() == ("late",)
