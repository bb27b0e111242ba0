"""The sample's test cases, deployed: the very files that run offline, with ARNs in place of placeholders."""

import json
from pathlib import Path
from typing import Any

import pytest

from contactflow.testing import TestCase
from infra.test_cases import CaseNotDeployableError, fill_placeholders

from .conftest import PROJECT
from .templates import Assembly, Found, flatten

FILES = sorted((PROJECT / "tests" / "cases").glob("*.json"))


@pytest.fixture(scope="module")
def deployed(assembly: Assembly) -> dict[str, Found]:
    return {found.properties["Name"]: found for found in assembly.of_type("AWS::Connect::TestCase")}


def content_of(found: Found) -> dict[str, Any]:
    return json.loads(flatten(found.properties["Content"]))


def actions_of(document: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [action for one in document["Observations"] for action in one["Actions"] if action["Type"] == kind]


def test_every_file_is_deployed(deployed: dict[str, Found]) -> None:
    assert set(deployed) == {json.loads(path.read_text(encoding="utf-8"))["Name"] for path in FILES}


def test_cases_can_be_started_where_contacts_are_not_those_of_customers(
    assembly: Assembly, production: Assembly
) -> None:
    statuses = [
        {found.properties["Status"] for found in one.of_type("AWS::Connect::TestCase")}
        for one in (assembly, production)
    ]
    assert statuses == [{"PUBLISHED"}, {"SAVED"}]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_deployed_is_the_file(deployed: dict[str, Found], path: Path) -> None:
    written = json.loads(path.read_text(encoding="utf-8"))
    content = content_of(deployed[written["Name"]])
    assert "${" not in json.dumps(content)
    case = TestCase.parse(content)
    assert list(case.observations) == list(TestCase.parse(written).observations)
    heard = [one["Event"]["Properties"].get("Text") for one in written["Content"]["Observations"]]
    assert [one["Event"]["Properties"].get("Text") for one in content["Observations"]] == heard


def test_placeholders_become_what_is_deployed(deployed: dict[str, Found]) -> None:
    [first, *_, last] = content_of(deployed["A stranger chooses English and orders"])["Observations"]
    parameters = first["Actions"][0]["Parameters"]["Behavior"]["Properties"]["ActionParameters"]
    assert parameters["LambdaFunctionARN"].startswith("<CallFunctionsIdentifyCallerFunction")
    assert last["Event"]["Properties"]["ActionParameters"]["QueueId"].startswith("<RoutingQueueorders")


def test_calls_come_in_at_the_inbound_flow(deployed: dict[str, Found]) -> None:
    for name, found in deployed.items():
        entry = found.properties["EntryPoint"]
        flow = flatten(entry["VoiceCallEntryPointParameters"]["FlowId"])
        assert entry["Type"] == "VOICE_CALL"
        assert flow.startswith("<IvrFlowsurvey" if name == "A caller is satisfied" else "<IvrFlowinbound")


def test_no_case_can_reach_an_agent_or_dial_out(deployed: dict[str, Found]) -> None:
    """A simulated contact that is queued may be given to a real agent; so each test ends before."""
    for found in deployed.values():
        observations = content_of(found)["Observations"]
        commands = [action["Parameters"].get("Command", {}).get("Type") for action in observations[-1]["Actions"]]
        assert commands[-1] == "EndTest", found.properties["Name"]
        started = [one["Event"]["Properties"].get("ActionType") for one in observations[:-1]]
        assert "TransferContactToQueue" not in started


def test_no_case_calls_a_function_of_the_centre(deployed: dict[str, Found]) -> None:
    """Every case answers for identify_caller, which every call to the inbound flow asks first."""
    for name, found in deployed.items():
        overridden = [
            action["Parameters"]["Behavior"]["Properties"]["ActionParameters"].get("LambdaFunctionARN", "")
            for action in actions_of(content_of(found), "OverrideSystemBehavior")
        ]
        wanted = "RecordSurvey" if name == "A caller is satisfied" else "IdentifyCaller"
        assert any(wanted in arn for arn in overridden), name


def test_only_forms_that_every_page_agrees_on_are_deployed(deployed: dict[str, Found]) -> None:
    """Where AWS's pages differ, the service may refuse a form: see docs/flow-testing.md."""
    for found in deployed.values():
        document = content_of(found)
        assert document["Version"] == "2019-10-30"
        assert not any("Usage" in one for one in document["Observations"])
        assert {action["Parameters"]["Operator"] for action in actions_of(document, "Assert")} <= {"Equals"}
        for action in actions_of(document, "OverrideSystemBehavior"):
            properties = action["Parameters"]["Behavior"]["Properties"]
            if properties["ActionType"] == "CheckHoursOfOperation":
                assert properties["Strategy"]["Type"] == "SubstituteResource"


def test_hours_for_tests_are_always_or_never_open(assembly: Assembly) -> None:
    hours = {found.properties["Name"]: found.properties for found in assembly.of_type("AWS::Connect::HoursOfOperation")}
    assert len(hours["tests_always_open"]["Config"]) == 7
    assert hours["tests_never_open"]["Config"] == []
    assert {hours[name]["TimeZone"] for name in hours} == {"America/Los_Angeles"}


def test_contents_stay_within_what_the_service_takes(deployed: dict[str, Found]) -> None:
    assert max(len(flatten(found.properties["Content"])) for found in deployed.values()) < 100_000
    assert max(len(name) for name in deployed) <= 127


def test_placeholders_are_filled_at_any_depth() -> None:
    arns = {"queue.orders": "arn:q", "bot": "arn:b"}
    document = {"a": ["${queue.orders}", {"b": "to ${bot}."}], "n": 1}
    assert fill_placeholders(document, arns) == {"a": ["arn:q", {"b": "to arn:b."}], "n": 1}


def test_a_placeholder_for_nothing_is_refused_with_what_there_is() -> None:
    with pytest.raises(CaseNotDeployableError, match=r"\$\{queue.gone\} stands for nothing.*Use \$\{queue.orders\}"):
        fill_placeholders("${queue.gone}", {"queue.orders": "arn:q", "flow.a": "arn:f"})


def test_a_centre_elsewhere_has_no_cases_of_the_sample(elsewhere: Assembly) -> None:
    assert "AWS::Connect::TestCase" not in {found.type for found in elsewhere.resources}
