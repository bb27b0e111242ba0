"""Contact flows: what is compiled from ``callcenter.yaml`` is what Amazon Connect gets."""

from __future__ import annotations

import re

from cli.flow.local import compile_locally
from contactflow.model import Flow
from trunkline.center import load_center

from .conftest import PROJECT
from .templates import Assembly, flatten

LOCAL = {flow.name: flow for flow in compile_locally(PROJECT / "callcenter.yaml")}


def deployed(assembly: Assembly) -> dict[str, Flow]:
    found = assembly.of_type("AWS::Connect::ContactFlow", "AWS::Connect::ContactFlowModule")
    return {one.properties["Name"]: Flow.parse(flatten(one.properties["Content"])) for one in found}


def test_flows_are_deployed_as_they_are_compiled_locally(assembly: Assembly) -> None:
    flows = deployed(assembly)
    assert set(flows) == set(LOCAL)
    for name, flow in flows.items():
        local = LOCAL[name].parse()
        assert [action.identifier for action in flow.actions] == [action.identifier for action in local.actions]
        assert flow.metadata == local.metadata


def test_every_placeholder_becomes_something_that_is_deployed(assembly: Assembly) -> None:
    for name, flow in deployed(assembly).items():
        texts = {str(action.parameters) for action in LOCAL[name].parse().actions}
        assert any("${" in text for text in texts) or name == "queue_treatment"
        for action in flow.actions:
            assert "${" not in str(action.parameters), (name, action.identifier)


def test_modules_are_modules_and_flows_have_their_types(assembly: Assembly) -> None:
    modules = assembly.of_type("AWS::Connect::ContactFlowModule")
    assert [one.properties["Name"] for one in modules] == ["announcement"]
    types = {one.properties["Name"]: one.properties["Type"] for one in assembly.of_type("AWS::Connect::ContactFlow")}
    assert types == {"queue_treatment": "CUSTOMER_QUEUE", "survey": "CONTACT_FLOW", "inbound": "CONTACT_FLOW"}
    entered = [action for action in deployed(assembly)["inbound"].actions if action.type == "InvokeFlowModule"]
    assert entered
    for action in entered:
        assert "ContactFlowModuleArn" in str(action.parameters)


def test_recordings_are_uploaded_and_played_by_their_prompt(assembly: Assembly) -> None:
    prompts = {one.properties["Name"]: one for one in assembly.of_type("AWS::Connect::Prompt")}
    assert set(prompts) == set(load_center(PROJECT / "callcenter.yaml").ivr.prompts)
    assert re.search(r"s3://cdk-.+\.wav", str(prompts["hold_music"].properties["S3Uri"]))
    played = str([action.parameters for action in deployed(assembly)["queue_treatment"].actions])
    assert "PromptArn" in played


def test_certificate_of_secret_input_is_escaped_for_the_text_of_a_flow(assembly: Assembly) -> None:
    asked = [
        action for action in deployed(assembly)["inbound"].actions if "InputEncryption" in (action.parameters or {})
    ]
    assert asked
    for action in asked:
        encryption = (action.parameters or {})["InputEncryption"]
        assert "CertificateInJson" in encryption["Key"]
        assert "AssociationId" in encryption["EncryptionKeyId"]
