"""HTTP Tasks and their connections, custom resources, and partitions that a role may touch."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.twin.cloud.assemblies import allow, arn_of, function, role, table
from tests.twin.cloud.conftest import Load, arn, ref
from twin.cloud import LocalCloud, ResourceError
from twin.cloud.outside import OutsideAnswer, OutsideRequest, UnreachableError

URL = "https://orders.example/v1/1"
CONNECTION = {
    "Type": "AWS::Events::Connection",
    "Properties": {
        "AuthorizationType": "API_KEY",
        "AuthParameters": {
            "ApiKeyAuthParameters": {"ApiKeyName": "x-api-key", "ApiKeyValue": "k-1"},
            "InvocationHttpParameters": {"QueryStringParameters": [{"Key": "shop", "Value": "7"}]},
        },
    },
}
CALL = {
    "Type": "Task",
    "Resource": "arn:aws:states:::http:invoke",
    "Parameters": {
        "ApiEndpoint": URL,
        "Method": "GET",
        "Authentication": {"ConnectionArn": "${ConnectionArn}"},
        "Headers": {"Accept": "application/json"},
    },
    "TimeoutSeconds": 2,
    "End": True,
}
INVOKE = {
    **allow("states:InvokeHTTPEndpoint"),
    "Condition": {
        "StringEquals": {"states:HTTPMethod": "GET"},
        "StringLike": {"states:HTTPEndpoint": "https://orders.example/v1/*"},
    },
}
CREDENTIALS = allow("events:RetrieveConnectionCredentials", arn_of("Connection"))
SECRET = allow(
    ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"], {"Fn::GetAtt": ["Connection", "SecretArn"]}
)
GRANTS = (INVOKE, CREDENTIALS, SECRET)


def loaded(load: Load, *grants: Any, states: Any = None, limit: int = 30) -> LocalCloud:
    definition = {"StartAt": "Call", "TimeoutSeconds": limit, "States": states or {"Call": CALL}}
    machine = {
        "Type": "AWS::StepFunctions::StateMachine",
        "Properties": {
            "DefinitionString": json.dumps(definition),
            "RoleArn": arn_of("MachineRole"),
            "StateMachineType": "EXPRESS",
            "DefinitionSubstitutions": {"ConnectionArn": arn_of("Connection")},
        },
    }
    machine_role = role(*grants, service="states.amazonaws.com")
    return load({"Connection": CONNECTION, "MachineRole": machine_role, "Machine": machine})


def run(cloud: LocalCloud) -> dict[str, Any]:
    answer: dict[str, Any] = cloud.client("stepfunctions").start_sync_execution(stateMachineArn=ref(cloud, "Machine"))
    return answer


def serve(cloud: LocalCloud, answer: OutsideAnswer) -> list[OutsideRequest]:
    cloud.outside.serve("orders.example", lambda _: answer)
    return cloud.outside.requests


def test_endpoint_is_asked_with_what_the_connection_adds(load: Load) -> None:
    cloud = loaded(load, *GRANTS)
    requests = serve(cloud, OutsideAnswer(body='{"status": "left"}'))
    output = json.loads(run(cloud)["output"])
    assert (output["StatusCode"], output["StatusText"], output["ResponseBody"]) == (200, "OK", {"status": "left"})
    (request,) = requests
    assert (request.path, request.query, request.headers["x-api-key"]) == ("/v1/1", "shop=7", "k-1")
    assert request.headers["user-agent"] == "Amazon|StepFunctions|HttpInvoke|us-east-1"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (OutsideAnswer(404), "States.Http.StatusCode.404"),
        (OutsideAnswer(302), "States.Http.StatusCode.302"),
        (OutsideAnswer(503), "States.Http.StatusCode.503"),
        (OutsideAnswer(delay_seconds=2.5), "States.Timeout"),
        (OutsideAnswer(content_type="audio/wav"), "States.Runtime"),
        (OutsideAnswer(body='"' + "x" * 300_000 + '"'), "States.DataLimitExceeded"),
    ],
)
def test_failed_request_has_the_name_that_aws_gives_it(load: Load, answer: OutsideAnswer, error: str) -> None:
    cloud = loaded(load, *GRANTS)
    serve(cloud, answer)
    ended = run(cloud)
    assert (ended["status"], ended["error"]) == ("FAILED", error)


def test_host_that_nobody_serves_and_connection_that_breaks_are_socket_errors(load: Load) -> None:
    cloud = loaded(load, *GRANTS)
    assert run(cloud)["error"] == "States.Http.Socket"

    def break_off(_: OutsideRequest) -> OutsideAnswer:
        raise UnreachableError("gone")

    cloud.outside.serve("orders.example", break_off)
    assert run(cloud)["error"] == "States.Http.Socket"


@pytest.mark.parametrize(
    ("grants", "action"),
    [
        ((CREDENTIALS, SECRET), "states:InvokeHTTPEndpoint"),
        (
            (
                {**INVOKE, "Condition": {"StringEquals": {"states:HTTPMethod": "POST"}}},
                CREDENTIALS,
                SECRET,
            ),
            "states:InvokeHTTPEndpoint",
        ),
        (
            (
                {**INVOKE, "Condition": {"StringLike": {"states:HTTPEndpoint": "https://other.example/*"}}},
                CREDENTIALS,
                SECRET,
            ),
            "states:InvokeHTTPEndpoint",
        ),
        ((INVOKE, SECRET), "events:RetrieveConnectionCredentials"),
        ((INVOKE, CREDENTIALS), "secretsmanager:GetSecretValue"),
    ],
    ids=["not at all", "another method", "another address", "no credentials", "no secret"],
)
def test_role_needs_every_permission_of_an_http_task(load: Load, grants: Any, action: str) -> None:
    cloud = loaded(load, *grants)
    requests = serve(cloud, OutsideAnswer(body="{}"))
    assert run(cloud)["status"] == "FAILED"
    assert requests == []
    assert [denial.action for denial in cloud.denials] == [action]


def test_grants_of_an_http_task_count_as_used(load: Load) -> None:
    cloud = loaded(load, *GRANTS)
    serve(cloud, OutsideAnswer(body="{}"))
    run(cloud)
    assert not [grant for grant in cloud.unused_grants() if "logs" not in grant.action]


def test_workflow_that_takes_longer_than_it_may_times_out(load: Load) -> None:
    first = {name: value for name, value in CALL.items() if name != "End"}
    states = {"Call": {**first, "Next": "Again"}, "Again": CALL}
    cloud = loaded(load, *GRANTS, states=states, limit=3)
    serve(cloud, OutsideAnswer(body="{}", delay_seconds=1.9))
    ended = run(cloud)
    assert (ended["status"], ended["error"]) == ("TIMED_OUT", "States.Timeout")
    assert ended["billingDetails"]["billedDurationInMilliseconds"] == 3000


CUSTOM = {"Type": "Custom::Key", "Properties": {"ServiceToken": arn_of("Function"), "Name": "n-1"}}
ANSWERING = """
import json
from http.client import HTTPConnection
from urllib.parse import urlsplit

def handler(event, context):
    url = urlsplit(event["ResponseURL"])
    connection = HTTPConnection(url.netloc, timeout=5)
    answer = {"Status": STATUS, "Reason": "because", "PhysicalResourceId": event["ResourceProperties"]["Name"]}
    answer["Data"] = {"Type": event["RequestType"]}
    connection.request("PUT", url.path + "?" + url.query, json.dumps(answer).encode())
    connection.getresponse().read()
"""


def test_custom_resource_gives_what_its_function_put_to_the_response_url(load: Load) -> None:
    code = ANSWERING.replace("STATUS", "'SUCCESS'")
    cloud = load({"Role": role(), "Function": function(), "Custom": CUSTOM}, code)
    assert (ref(cloud, "Custom"), arn(cloud, "Custom", "Type")) == ("n-1", "Create")


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (ANSWERING.replace("STATUS", "'FAILED'"), "because"),
        ("def handler(event, context):\n    return 1\n", "no answer"),
        ("def handler(event, context):\n    raise KeyError('name')\n", "KeyError"),
    ],
    ids=["says so", "no answer", "raises"],
)
def test_custom_resource_that_fails_stops_the_load_with_its_cause(load: Load, code: str, told: str) -> None:
    with pytest.raises(ResourceError, match=told):
        load({"Role": role(), "Function": function(), "Custom": CUSTOM}, code)


def test_role_may_touch_only_the_partitions_that_its_policy_names(load: Load) -> None:
    allowed = {
        **allow(["dynamodb:PutItem", "dynamodb:GetItem"], arn_of("Table")),
        "Condition": {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["mine"]}},
    }
    cloud = load({"Role": role(allowed), "Table": table()})
    client, name = cloud.client("dynamodb", arn(cloud, "Role")), ref(cloud, "Table")
    key = cloud.created("AWS::DynamoDB::Table")[0][0].properties["KeySchema"][0]["AttributeName"]
    client.put_item(TableName=name, Item={key: {"S": "mine"}})
    assert client.get_item(TableName=name, Key={key: {"S": "mine"}})["Item"]
    for call in (
        lambda: client.put_item(TableName=name, Item={key: {"S": "yours"}}),
        lambda: client.get_item(TableName=name, Key={key: {"S": "yours"}}),
    ):
        with pytest.raises(ClientError, match="AccessDenied"):
            call()
