"""Self-service: the key of encrypted input, the team's endpoint, announcements; each only where it is needed."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
import yaml

from trunkline.live.announcement import Announcement

from .conftest import PROJECT, Synthesiser
from .templates import Assembly, as_list, flatten


@pytest.fixture(scope="module")
def plain(synthesiser: Synthesiser, tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """A centre that asks nothing in secret and has no endpoint."""
    center = yaml.safe_load((PROJECT / "callcenter.yaml").read_text(encoding="utf-8"))
    ivr = center["ivr"]
    ivr["answers"] = {"opening_hours": {"source": "hours"}}
    for name in ("inputs", "verification"):
        ivr.pop(name, None)
    center.pop("self_service", None)
    for menu in ivr["menus"].values():
        menu["options"] = {
            key: option for key, option in menu["options"].items() if option.get("answer") in (None, "opening_hours")
        }
    path = tmp_path_factory.mktemp("plain") / "callcenter.yaml"
    path.write_text(yaml.safe_dump(center, allow_unicode=True), encoding="utf-8")
    for prompt in (ivr.get("prompts") or {}).values():
        sound = path.parent / prompt["file"]
        sound.parent.mkdir(parents=True, exist_ok=True)
        sound.write_bytes((PROJECT / prompt["file"]).read_bytes())
    return synthesiser.synthesise("plain", TRUNKLINE_CENTER=str(path), TRUNKLINE_NAG="true")


def statements(assembly: Assembly, action: str) -> list[dict[str, Any]]:
    return [statement for _, statement in assembly.statements() if action in as_list(statement["Action"])]


def test_public_key_is_uploaded_to_the_instance_and_the_private_one_leaves_parameter_store_for_one_function(
    assembly: Assembly,
) -> None:
    (uploaded,) = assembly.of_type("AWS::Connect::SecurityKey")
    (made,) = assembly.of_type("Custom::InputKey")
    assert uploaded.properties["Key"] == {"Fn::GetAtt": [made.logical_id, "PublicKey"]}
    readers = statements(assembly, "ssm:GetParameter")
    assert len(readers) == 2
    (exact,) = [one for one in readers if "*" not in flatten(one["Resource"])]
    assert flatten(exact["Resource"]).endswith("/input-key/1")
    assert "AWS::KMS::Key" not in {found.type for found in assembly.resources}


def test_attributes_of_the_key_reach_the_function_that_decrypts(assembly: Assembly) -> None:
    (made,) = assembly.of_type("Custom::InputKey")
    variables = assembly.functions()["verify_caller"].properties["Environment"]["Variables"]
    assert variables["INPUT_KEY_PARAMETER"] == {"Fn::GetAtt": [made.logical_id, "ParameterName"]}


def test_workflow_may_get_from_the_endpoint_and_nowhere_else(assembly: Assembly) -> None:
    (call,) = statements(assembly, "states:InvokeHTTPEndpoint")
    assert call["Condition"] == {
        "StringEquals": {"states:HTTPMethod": "GET"},
        "StringLike": {"states:HTTPEndpoint": "https://orders.redline.example/v1/*"},
    }
    assert "*" not in flatten(call["Resource"])
    (connection,) = assembly.of_type("AWS::Events::Connection")
    (credentials,) = statements(assembly, "events:RetrieveConnectionCredentials")
    assert credentials["Resource"] == {"Fn::GetAtt": [connection.logical_id, "Arn"]}
    (secret,) = statements(assembly, "secretsmanager:GetSecretValue")
    assert secret["Resource"] == {"Fn::GetAtt": [connection.logical_id, "SecretArn"]}


def test_endpoints_key_is_a_parameter_that_nobody_is_shown(assembly: Assembly) -> None:
    (connection,) = assembly.of_type("AWS::Events::Connection")
    key = connection.properties["AuthParameters"]["ApiKeyAuthParameters"]
    assert key == {"ApiKeyName": "x-api-key", "ApiKeyValue": {"Ref": "EndpointKey"}}
    parameters = assembly.templates[connection.stack]["Parameters"]
    assert parameters["EndpointKey"]["NoEcho"] is True


def test_centre_without_secrets_and_endpoint_has_neither(plain: Assembly) -> None:
    kinds = {found.type for found in plain.resources}
    assert not kinds & {"AWS::Connect::SecurityKey", "Custom::InputKey", "AWS::Events::Connection"}
    assert not set(plain.functions()) & {"create_input_key", "verify_caller"}
    (machine,) = [
        one
        for one in plain.of_type("AWS::StepFunctions::StateMachine")
        if "ConnectionArn" in one.properties["DefinitionSubstitutions"]
    ]
    absent = flatten(machine.properties["DefinitionSubstitutions"]["ConnectionArn"])
    assert absent.endswith(":connection/none/00000000-0000-0000-0000-000000000000")


def test_announcement_can_be_read_set_and_cleared_with_a_token_only(assembly: Assembly) -> None:
    routes = {one.properties["RouteKey"]: one.properties for one in assembly.of_type("AWS::ApiGatewayV2::Route")}
    wanted = {f"{method} /api/announcement" for method in ("GET", "PUT", "DELETE")}
    assert wanted <= set(routes)
    assert all(one["AuthorizationType"] == "JWT" for one in routes.values())


@pytest.mark.parametrize(
    ("function", "written"),
    [
        ("publish_announcement", {"picture", "item_key", *(field.name for field in fields(Announcement))}),
        ("check_announcement", set()),
        ("identify_caller", set()),
    ],
)
def test_functions_write_nothing_but_an_announcement_to_the_live_table(
    assembly: Assembly, function: str, written: set[str]
) -> None:
    found = assembly.functions()[function]
    role = found.properties["Role"]["Fn::GetAtt"][0]
    granted = {
        action: statement.get("Condition", {}).get("ForAllValues:StringEquals", {}).get("dynamodb:Attributes", [])
        for policy, statement in assembly.statements()
        if policy.stack == found.stack
        and {"Ref": role} in policy.properties["Roles"]
        and "Live" in flatten(statement["Resource"])
        for action in as_list(statement["Action"])
        if action.startswith("dynamodb:")
    }
    assert set(granted) == {"dynamodb:GetItem", *(["dynamodb:PutItem"] if written else [])}
    assert set(granted.get("dynamodb:PutItem", ())) == written
