"""The event of a contact flow, and the flat answer it takes."""

from __future__ import annotations

import pytest

from trunkline.ivr.invocation import ANSWER_LIMIT_BYTES, InvocationError, parse_invocation, to_string_map


def contact(**fields: object) -> dict[str, object]:
    return {"Details": {"ContactData": {"ContactId": "c-1", **fields}, "Parameters": {}}}


@pytest.mark.parametrize("event", [None, [], {}, {"Details": None}, {"Details": {"ContactData": {"ContactId": ""}}}])
def test_event_without_a_contact_is_refused_with_what_to_do(event: object) -> None:
    with pytest.raises(InvocationError, match=r"ContactId is missing: invoke .* from a contact flow"):
        parse_invocation(event)


@pytest.mark.parametrize("endpoint", [None, {}, {"Address": None}, {"Address": "anonymous"}, {"Address": "sip:a@b"}, 7])
def test_withheld_number_is_an_empty_text(endpoint: object) -> None:
    assert parse_invocation(contact(CustomerEndpoint=endpoint)).phone == ""


def test_number_in_e164_form_is_taken() -> None:
    assert parse_invocation(contact(CustomerEndpoint={"Address": "+821055550101"})).phone == "+821055550101"


def test_odd_parameters_become_text_and_nested_ones_are_left_out() -> None:
    event = contact()
    event["Details"]["Parameters"] = {"vip": True, "digits": 5, "none": None, "map": {}, "list": [1]}  # type: ignore[index]
    assert parse_invocation(event).parameters == {"vip": "true", "digits": "5", "none": ""}


def test_missing_parameter_is_an_empty_text() -> None:
    assert parse_invocation(contact()).get("queue") == ""


def test_answer_that_a_flow_would_refuse_is_refused_here() -> None:
    with pytest.raises(InvocationError, match="bytes long"):
        to_string_map({"text": "가" * ANSWER_LIMIT_BYTES})
