from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from contactflow.model import (
    MAX_ACTIONS,
    MAX_CONTENT_CHARACTERS,
    Flow,
    FlowSizeError,
    FlowSyntaxError,
    IdentifierError,
    LegacyFlowError,
    check_identifier,
    check_size,
)

PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "flows"
PUBLISHED_FLOWS = sorted(PUBLISHED.glob("*.json")) if PUBLISHED.is_dir() else []


def flow_text(**changes: Any) -> dict[str, Any]:
    return {
        "Version": "2019-10-30",
        "StartAction": "hello",
        "Actions": [
            {
                "Identifier": "hello",
                "Type": "MessageParticipant",
                "Parameters": {"Text": "Hello", "Unheard": {"Of": [1, None]}},
                "Transitions": {
                    "NextAction": "bye",
                    "Errors": [{"ErrorType": "NoMatchingError", "NextAction": "bye", "Hint": 1}],
                    "Conditions": [],
                },
                "Colour": "red",
            },
            {"Identifier": "bye", "Type": "SomethingNew", "Parameters": {}, "Transitions": {"Later": True}},
        ],
        **changes,
    }


@pytest.mark.shared
@pytest.mark.skipif(not PUBLISHED_FLOWS, reason=f"no published flows in {PUBLISHED}")
@pytest.mark.parametrize("path", PUBLISHED_FLOWS or [None], ids=lambda path: path.stem[:60] if path else "none")
def test_published_flow_is_written_back_as_it_was(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert Flow.parse(text).serialise() == json.loads(text)


def test_unknown_actions_and_fields_survive_parsing_and_serialising() -> None:
    document = flow_text(Settings={"InputParameters": []}, Metadata={"anything": [1]})
    assert Flow.parse(json.dumps(document)).serialise() == document


@pytest.mark.parametrize(
    "transitions",
    [
        {},
        {"NextAction": ""},
        {"NextAction": None},
        {"Conditions": []},
        {
            "Conditions": [
                {
                    "NextAction": "bye",
                    "Note": 1,
                    "Condition": {"Operator": "Equals", "Operands": ["1"], "Extra": {}},
                }
            ]
        },
    ],
)
def test_absent_empty_and_null_transitions_stay_different(transitions: dict[str, Any]) -> None:
    document = flow_text()
    document["Actions"][0]["Transitions"] = transitions
    assert Flow.parse(document).serialise() == document


def test_what_is_serialised_can_be_changed_without_changing_the_flow() -> None:
    flow = Flow.parse(flow_text())
    flow.serialise()["Actions"][0]["Parameters"]["Unheard"]["Of"].append(2)
    assert flow.serialise() == flow_text()


def test_legacy_export_is_recognised_and_the_error_says_how_to_convert_it() -> None:
    with pytest.raises(LegacyFlowError, match=r"legacy format.*DescribeContactFlow"):
        Flow.parse({"modules": [], "version": "1", "type": "contactFlow", "start": "x"})


def test_error_names_action_and_json_path() -> None:
    document = flow_text()
    del document["Actions"][0]["Transitions"]["Errors"][0]["NextAction"]
    with pytest.raises(FlowSyntaxError) as caught:
        Flow.parse(document)
    assert caught.value.path == "$.Actions[0].Transitions.Errors[0]"
    assert caught.value.action_id == "hello"
    assert "NextAction is missing" in str(caught.value)


@pytest.mark.parametrize("text", ["", "[1]", '"flow"', "{}", '{"Version": "2019-10-30"}'])
def test_text_that_is_no_flow_is_refused(text: str) -> None:
    with pytest.raises(FlowSyntaxError):
        Flow.parse(text)


def test_field_of_the_wrong_type_is_refused() -> None:
    with pytest.raises(FlowSyntaxError, match=r"\$\.Actions: Expected a list, found str"):
        Flow.parse(flow_text(Actions="none"))


def test_two_actions_with_one_identifier_are_refused() -> None:
    document = flow_text()
    document["Actions"][1]["Identifier"] = "hello"
    with pytest.raises(FlowSyntaxError, match="same identifier"):
        Flow.parse(document)


@pytest.mark.parametrize("identifier", ["", "x" * 51, "a/b", "50%", "a{b}", "constructor", "__proto__"])
def test_identifier_that_the_service_refuses_is_refused(identifier: str) -> None:
    with pytest.raises(IdentifierError):
        check_identifier(identifier)


@pytest.mark.parametrize("identifier", ["x" * 50, "주문 1", "main-1-route", "a.b_c"])
def test_identifier_that_the_service_takes_is_taken(identifier: str) -> None:
    check_identifier(identifier)


def test_flow_beyond_the_service_s_size_is_refused() -> None:
    action = flow_text()["Actions"][1]
    many = [{**action, "Identifier": str(number)} for number in range(MAX_ACTIONS + 1)]
    with pytest.raises(FlowSizeError, match="251 actions"):
        check_size(flow_text(Actions=many))
    with pytest.raises(FlowSizeError, match="characters"):
        check_size(flow_text(Metadata={"filler": "x" * MAX_CONTENT_CHARACTERS}))
    assert check_size(flow_text()) < MAX_CONTENT_CHARACTERS


def test_action_tells_its_ways_out_whatever_the_text_leaves_out() -> None:
    errors = [{"ErrorType": kind, "NextAction": to} for kind, to in (("E", "first"), ("F", "f"), ("E", "second"))]
    one = {"Identifier": "one", "Type": "T", "Transitions": {"NextAction": "two", "Errors": errors}}
    two = {"Identifier": "two", "Type": "T"}
    flow = Flow.parse({"Version": "2019-10-30", "StartAction": "one", "Actions": [one, two]})
    first, second = flow.actions
    assert (first.next_action, first.conditions, dict(first.error_targets)) == ("two", (), {"E": "first", "F": "f"})
    assert first.targets() == ("two", "first", "f", "second")
    assert (second.next_action, second.conditions, second.errors, second.targets()) == (None, (), (), ())
