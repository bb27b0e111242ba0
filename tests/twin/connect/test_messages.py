"""Messages that callers leave: the recording of the automated part, from the switch to the contact record."""

from __future__ import annotations

from tests.twin.connect.centre import Centre, action, add_flow, answer_with, flow, open_centre
from tests.twin.connect.parties import PlainCaller
from tests.twin.connect.test_calls import HOUR, only, staff
from twin.connect.call import Call
from twin.contracts import Utterance

MESSAGE = (
    Utterance("customer", "en", "My bumper is damaged.", 1.0, 4.0),
    Utterance("customer", "en", "Please call me back.", 4.5, 7.0),
)
ASK = {"Text": "Leave your message.", "StoreInput": "True", "InputTimeLimitSeconds": "60"}
VALIDATION = {"InputValidation": {"CustomValidation": {"MaximumLength": "1"}}}


def recording(identifier: str, following: str, *, automated: str) -> dict[str, object]:
    behavior = {"RecordedParticipants": [], "IVRRecordingBehavior": automated}
    return action(identifier, "UpdateContactRecordingBehavior", {"RecordingBehavior": behavior}, following)


VOICEMAIL = flow(
    action("hello", "MessageParticipant", {"Text": "We are closed at this time."}, "on"),
    recording("on", "ask", automated="Enabled"),
    action(
        "ask",
        "GetParticipantInput",
        ASK | VALIDATION,
        "thanks",
        errors={"InputTimeLimitExceeded": "thanks", "NoMatchingError": "thanks"},
    ),
    action("thanks", "MessageParticipant", {"Text": "Thank you."}, "bye"),
    action("bye", "DisconnectParticipant", {}, None),
)


def leave(content: str = VOICEMAIL, *, hangs_up_after: int = 14) -> tuple[Centre, Call]:
    centre = open_centre()
    answer_with(centre, add_flow(centre, "voicemail", "CONTACT_FLOW", content))
    call = centre.network.dial(PlainCaller(centre.cloud.clock, message=MESSAGE), centre.number)
    centre.cloud.clock.call_later(hangs_up_after, call.hang_up)
    centre.cloud.clock.run(HOUR)
    return centre, call


def test_message_lies_where_automated_parts_are_kept() -> None:
    centre, call = leave()
    (put,) = centre.cloud.calls_of("s3", "put_object")
    assert put["Key"] == f"connect/redline/CallRecordings/ivr/2026/11/20/{call.contact_id}_20261120T17:00_UTC.wav"
    assert only(centre).recording_key == put["Key"]
    assert put["Body"] == b"RIFF 3 12"  # from the switch, 2 s into the call, to the hang-up


def test_message_holds_what_was_heard_and_said_since_the_switch() -> None:
    centre, _ = leave()
    ((_, said),) = centre.studio.remembered.items()
    assert [(one.speaker, one.text, one.start_seconds) for one in said] == [
        ("agent", "Leave your message.", 0.0),
        ("customer", "My bumper is damaged.", 3.0),
        ("customer", "Please call me back.", 6.5),
    ]


def test_what_the_hang_up_cut_off_is_not_kept() -> None:
    centre, _ = leave(hangs_up_after=9)
    ((_, said),) = centre.studio.remembered.items()
    assert [one.text for one in said] == ["Leave your message.", "My bumper is damaged."]


def test_record_tells_of_the_automated_part() -> None:
    centre, _ = leave()
    record = centre.cloud.contact_records()[0]
    (told,) = record["Recordings"]
    assert record["Recording"]["Location"] == told["Location"]
    assert told["ParticipantType"] == "IVR"
    assert (told["StartTimestamp"], told["StopTimestamp"]) == ("2026-11-20T17:00:02Z", "2026-11-20T17:00:14Z")
    assert record["Agent"] is None


def test_recording_ends_where_the_flow_switches_it_off() -> None:
    switched = flow(
        recording("on", "first", automated="Enabled"),
        action("first", "MessageParticipant", {"Text": "Heard on tape."}, "off"),
        recording("off", "second", automated="Disabled"),
        action("second", "MessageParticipant", {"Text": "Not heard on tape, however long it may be."}, "bye"),
        action("bye", "DisconnectParticipant", {}, None),
    )
    centre, _ = leave(switched)
    ((_, said),) = centre.studio.remembered.items()
    assert [one.text for one in said] == ["Heard on tape."]
    assert centre.cloud.calls_of("s3", "put_object")[0]["Body"] == b"RIFF 1 1"


def test_agent_who_answers_ends_the_recording_of_the_automated_part() -> None:
    waiting = flow(
        recording("on", "ask", automated="Enabled"),
        action("ask", "GetParticipantInput", ASK | VALIDATION, "ask", errors={"NoMatchingError": "ask"}),
    )
    centre = open_centre(waiting=waiting)
    caller = PlainCaller(centre.cloud.clock, message=MESSAGE, talk=30)
    centre.network.dial(caller, centre.number)
    centre.cloud.clock.call_later(7, lambda: staff(centre, ring=2))
    centre.cloud.clock.run(HOUR)
    true = only(centre)
    facts = centre.network.facts(true.contact_id)
    assert facts is not None
    assert true.outcome == "answered"
    assert [one.automated for one in facts.recordings] == [True]
    assert facts.recordings[0].ended_at == true.answered_at
