"""A contact record becomes a contact, or an error that names its fields and nothing personal."""

from __future__ import annotations

import json

import pytest

from tests.unit.contact.samples import ROOT, abandoned_record, contact, contact_record, menu_record
from trunkline.contact.model import Contact
from trunkline.contact.moments import format_moment
from trunkline.contact.record import ContactRecordError, parse_contact_record


def test_answered_call_keeps_its_times_and_durations():
    call = contact()
    assert (call.outcome, call.queue, call.agent, call.language) == ("answered", "orders", "mina", "ko")
    assert (call.wait_seconds, call.talk_seconds, call.hold_seconds, call.holds) == (12, 240, 20, 1)
    assert call.after_contact_seconds == 40
    assert call.survey_score == 5
    assert format_moment(call.enqueued_at) == "2026-11-21T18:15:40Z"
    assert call.recording_key.startswith("connect/redline-parts/CallRecordings/2026/11/21/")


@pytest.mark.parametrize(
    ("record", "outcome"),
    [
        (abandoned_record(), "abandoned"),
        (abandoned_record(DisconnectReason="TELECOM_PROBLEM"), "abandoned"),
        (abandoned_record(DisconnectReason="CONTACT_FLOW_DISCONNECT"), "ended_by_flow"),
        (abandoned_record(NextContactId="next"), "callback"),
        (
            abandoned_record(NextContactId="next", TransferCompletedTimestamp="2026-11-21T18:16:00Z"),
            "transferred",
        ),
        (abandoned_record(TransferredToEndpoint={"Address": "+15555550150"}), "transferred"),
        (menu_record(), "ended_in_menu"),
        (menu_record(DisconnectReason="CONTACT_FLOW_DISCONNECT"), "ended_by_flow"),
        (contact_record(TransferCompletedTimestamp="2026-11-21T18:19:00Z", NextContactId="next"), "answered"),
        (abandoned_record(DisconnectTimestamp=None), None),
    ],
)
def test_outcome_is_what_the_record_shows(record, outcome):
    assert parse_contact_record(record).outcome == outcome


def test_wait_is_computed_where_the_record_gives_no_duration():
    queue = contact_record()["Queue"] | {"Duration": None}
    assert contact(Queue=queue).wait_seconds == 12


def test_values_read_back_are_the_contact():
    call = contact()
    assert Contact.from_values({**call.to_values(), "part": "contact", "expires_at": 1}) == call


def test_what_did_not_happen_is_absent():
    values = parse_contact_record(menu_record()).to_values()
    assert not {"queue", "agent", "answered_at", "recording_key", "survey_score"} & values.keys()


def test_the_largest_usual_item_fits_in_one_write_unit():
    attributes = contact_record()["Attributes"] | {
        "routing_reasons": "r" * 200,
        "menu_path": "main>technical>1",
    }
    values = {
        **contact(Attributes=attributes).to_values(),
        "part": "contact",
        "day": "2026-11-21",
        "expires_at": 1 << 31,
    }
    assert _item_bytes(values) < 1024


def _item_bytes(values):
    """Size as DynamoDB counts it: names, UTF-8 text, 3 bytes a map and 1 a member, half a number's digits."""
    size = 0
    for name, value in values.items():
        size += len(name.encode())
        if isinstance(value, dict):
            size += 3 + len(value) + _item_bytes(value)
        elif isinstance(value, int):
            size += len(str(value)) // 2 + 2
        else:
            size += len(str(value).encode())
    return size


def test_attributes_beyond_two_hundred_characters_are_cut():
    assert len(contact(Attributes={"note": "x" * 5000}).attributes["note"]) == 200


def test_timestamps_with_offsets_become_utc():
    call = contact(InitiationTimestamp="2026-11-22T03:14:30+09:00")
    assert call.to_values()["initiated_at"] == "2026-11-21T18:14:30Z"
    assert call.day == "2026-11-21"


def test_unknown_fields_are_ignored_as_the_documentation_asks():
    assert contact(SomethingNew={"a": 1}) == contact()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"ContactId": None}, "ContactId"),
        ({"InitiationTimestamp": "yesterday"}, "InitiationTimestamp"),
        ({"Agent": {"AgentInteractionDuration": -1, "Username": "mina"}}, "Agent.AgentInteractionDuration"),
        ({"Queue": {"Name": "orders", "Duration": "long"}}, "Queue.Duration"),
    ],
)
def test_error_names_the_field(change, named):
    with pytest.raises(ContactRecordError, match=named):
        contact(**change)


def test_error_names_every_field_and_no_value():
    secret = "+15555550101"
    with pytest.raises(ContactRecordError) as error:
        contact(ContactId=None, LastUpdateTimestamp=secret, CustomerEndpoint=secret)
    text = str(error.value)
    assert "ContactId" in text
    assert "LastUpdateTimestamp" in text
    assert "CustomerEndpoint" in text
    assert "5555550101" not in text


@pytest.mark.parametrize("document", [None, [], "record", 7])
def test_what_is_no_object_is_refused(document):
    with pytest.raises(ContactRecordError, match="not an object"):
        parse_contact_record(document)


@pytest.mark.shared
def test_published_record_is_read():
    path = ROOT.parent / "shared" / "data" / "events" / "contact_record_inbound_handled.json"
    if not path.exists():
        pytest.skip("the measuring data is not beside the project")
    call = parse_contact_record(json.loads(path.read_text()))
    assert (call.outcome, call.wait_seconds, call.talk_seconds, call.agent) == ("answered", 7, 33, "agent1")
