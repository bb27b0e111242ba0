"""Text that is, or is not, a flow: encodings, broken JSON, and what the service wraps a flow in."""

from __future__ import annotations

import json
from typing import Any

import pytest

from contactflow.model import Flow, FlowSyntaxError
from contactflow.model.document import unwrap_document

FLOW: dict[str, Any] = {
    "Version": "2019-10-30",
    "StartAction": "인사",
    "Actions": [{"Identifier": "인사", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}],
}
TEXT = json.dumps(FLOW, ensure_ascii=False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_flow_is_read_in_any_encoding_of_unicode(encoding: str) -> None:
    assert Flow.parse(TEXT.encode(encoding)).serialise() == FLOW


def test_byte_order_mark_in_text_is_passed_over() -> None:
    assert Flow.parse("\ufeff" + TEXT).serialise() == FLOW


def test_text_in_another_encoding_is_refused_with_the_byte() -> None:
    with pytest.raises(FlowSyntaxError, match=r"not UTF-8: byte \d+.*Save the file as UTF-8"):
        Flow.parse(TEXT.encode("cp949"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "not JSON.*line 1"),
        ('{"Version": NaN}', "NaN is no JSON value"),
        ("[" * 200_000, "nested too deeply"),
        ('{"a":' * 150 + "1" + "}" * 150, "nested too deeply"),
        ("[]", "not a JSON object"),
        ("null", "not a JSON object"),
    ],
)
def test_broken_text_is_refused_with_what_is_wrong(text: str, said: str) -> None:
    with pytest.raises(FlowSyntaxError, match=said):
        Flow.parse(text)


def test_both_formats_mixed_are_refused() -> None:
    with pytest.raises(FlowSyntaxError, match=r"mixes two formats.*both Actions and.*modules"):
        Flow.parse({**FLOW, "modules": []})


@pytest.mark.parametrize(
    "answer",
    [
        {"ContactFlow": {"Name": "Main", "Type": "CONTACT_FLOW", "Content": TEXT}},
        {"ContactFlow": {"Name": "Main", "Type": "CONTACT_FLOW", "Content": FLOW}, "ResponseMetadata": {}},
        {"Name": "Main", "Type": "CONTACT_FLOW", "Content": TEXT},
    ],
)
def test_flow_is_found_in_the_service_s_answer(answer: dict[str, Any]) -> None:
    document = unwrap_document(answer)
    assert (document.content, document.name, document.type) == (FLOW, "Main", "CONTACT_FLOW")


def test_module_is_found_in_the_service_s_answer() -> None:
    assert unwrap_document({"ContactFlowModule": {"Name": "Help", "Content": TEXT}}).name == "Help"


@pytest.mark.parametrize("export", [FLOW, TEXT])
def test_flow_itself_and_its_text_are_taken_as_they_are(export: Any) -> None:
    assert unwrap_document(export).content == FLOW


def test_answer_without_content_says_what_to_save() -> None:
    with pytest.raises(FlowSyntaxError, match=r"\$\.ContactFlow\.Content.*whole answer of DescribeContactFlow"):
        unwrap_document({"ContactFlow": {"Name": "Main"}})
