"""Recordings that are empty, broken off, no audio or nobody's: told with their cause, and no other call harmed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.centre.centre import Centre, open_centre
from tests.centre.sounds import make_wav

WHOLE = make_wav()
BAD = {
    "empty": (b"", "EmptyRecordingError: the file has no bytes"),
    "truncated": (WHOLE[:44], "TruncatedRecordingError: the header declares 160000 bytes of audio, but 0 are there"),
    "broken off": (WHOLE[:-100], "TruncatedRecordingError: the header declares 160000 bytes of audio, but 159900"),
    "a document": (b"%PDF-1.7 this is no audio" * 20, "NotAudioError: not a WAV file: it begins with b'%PDF-1.7"),
}
AGENTS = ("mina", "jordan", "sofia", "theo")
GOOD_CALLS = 6


@dataclass(frozen=True)
class BadDay:
    """A day with bad recordings, when it is over."""

    centre: Centre
    contacts: dict[str, str]
    stray_key: str
    report: dict[str, Any]
    dead_letters: list[dict[str, Any]]


@pytest.fixture(scope="module")
def bad_day() -> Iterator[BadDay]:
    with open_centre(GOOD_CALLS) as centre:
        centre.run_until(12)
        network = centre.session.network
        contacts = {
            name: network.import_recording(body, seconds=30, agent=agent, customer="+12065550123", queue="orders")
            for agent, (name, (body, _)) in zip(AGENTS, BAD.items(), strict=True)
        }
        stray_key = centre.recording_key("x").replace("x_", "notes-about-")
        centre.put_recording(stray_key, b"Call back on Monday.")
        centre.put_recording(centre.recording_key("nobody"), WHOLE)
        report = centre.finish()
        yield BadDay(centre, contacts, stray_key, report, centre.dead_letters("WorkflowFailures"))


@pytest.mark.parametrize("name", BAD)
def test_contact_shows_why_its_recording_was_not_ingested(bad_day: BadDay, name: str) -> None:
    shown = bad_day.centre.contact(bad_day.contacts[name])
    (failure,) = shown["failures"]
    assert failure["stage"] == "verify_recording"
    assert failure["cause"].startswith(BAD[name][1])
    assert shown["recording"] is None
    assert shown["contact"]["outcome"] == "answered"


@pytest.mark.parametrize("name", BAD)
def test_dead_letter_holds_cause_and_input(bad_day: BadDay, name: str) -> None:
    contact_id = bad_day.contacts[name]
    (letter,) = [one["body"] for one in bad_day.dead_letters if contact_id in str(one["body"]["input"])]
    assert (letter["workflow"], letter["stage"]) == ("ingest_recording", "verify_recording")
    assert f"{letter['error']}: {letter['cause']}".startswith(BAD[name][1])
    assert letter["input"]["detail"]["object"]["key"].endswith("_UTC.wav")


def test_object_that_names_no_contact_is_a_dead_letter(bad_day: BadDay) -> None:
    (letter,) = [one["body"] for one in bad_day.dead_letters if bad_day.stray_key in str(one["body"]["input"])]
    assert (letter["stage"], letter["error"]) == ("name_recording", "NotARecordingError")
    assert "is not named connect/<alias>/CallRecordings/" in letter["cause"]


def test_recording_of_an_unknown_contact_is_kept_and_counted_nowhere(bad_day: BadDay) -> None:
    shown = bad_day.centre.contact("nobody")
    assert shown["recording"]["seconds"] == 5
    assert shown["contact"] == {"contact_id": "nobody"}
    assert bad_day.report["measured"]["contacts"] == GOOD_CALLS + len(BAD)


def test_every_other_call_is_whole(bad_day: BadDay) -> None:
    report = bad_day.report
    assert report["differences"] == []
    assert report["denials"] == []
    others = [one for one in bad_day.centre.ledger if one.contact_id not in bad_day.contacts.values()]
    assert len(others) == GOOD_CALLS
    for contact in others:
        parts = bad_day.centre.parts(contact.contact_id)
        assert "failure" not in parts
        if contact.recording_key:
            assert {"contact", "recording", "analysis"} <= parts.keys()


def test_nothing_failed_that_was_not_bad(bad_day: BadDay) -> None:
    (queue,) = bad_day.report["failures"]
    assert "WorkflowFailures" in queue
    unrecognised = [one["body"] for one in bad_day.dead_letters if one["body"]["workflow"] == "process_transcript"]
    assert [one["input"]["detail"]["TranscriptionJobName"] for one in unrecognised] == ["nobody"]
    assert len(bad_day.dead_letters) == len(BAD) + 2
