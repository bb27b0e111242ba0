"""One contact in full, as ``/api/contacts/{contact_id}`` answers it."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from tests.browser.figures import Row
from tests.browser.fixture_conversation import make_transcript
from tests.browser.fixture_day import as_text


class _Story:
    """Timeline entries in order, on a clock that only goes on."""

    def __init__(self, begun: datetime) -> None:
        self._clock = begun
        self.entries: list[dict[str, Any]] = []

    def wait(self, seconds: float) -> None:
        self._clock += timedelta(seconds=seconds)

    def note(self, kind: str, code: str, title: str, **detail: Any) -> None:
        at = as_text(self._clock)
        self.entries.append({"at": at, "kind": kind, "code": code, "title": title, "detail": detail})

    def step(
        self,
        block: str,
        results: str = "Success",
        external: dict[str, str] | None = None,
        identifier: str = "",
        **more: str,
    ) -> None:
        detail: dict[str, Any] = {"flow": "inbound", "type": block, "parameters": more, "results": results}
        if external:
            detail["external_results"] = external
        self.note("flow", "flow_step", f"inbound: {block}", identifier=identifier or block.lower(), **detail)


def _arn(function: str) -> str:
    return f"arn:aws:lambda:us-east-1:123456789012:function:{function}"


def _tell_menu(story: _Story, queue: str) -> None:
    story.step("SetLoggingBehavior", identifier="log", FlowLoggingBehavior="Enabled")
    story.step("SetVoice", identifier="voice", TextToSpeechVoice="Joanna")
    story.step("PlayPrompt", identifier="greeting", Text="Thank you for calling Redline Classic Parts.")
    story.wait(3)
    story.step("PlayPrompt", identifier="notice", Text="This call is recorded to improve our service.")
    story.wait(3)
    known = {
        "known": "true",
        "vip": "false",
        "language": "en",
        "customer_name": "Dana Whitfield",
        "announcement": "",
    }
    story.step(
        "InvokeExternalResource",
        external=known,
        identifier="identify-caller",
        LambdaFunctionARN=_arn("identify_caller"),
    )
    story.step("SetRecordingBehavior", identifier="record", RecordedParticipants="Agent,Customer")
    story.step("CheckHoursOfOperation", results="True", identifier="check-hours")
    story.step("GetUserInput", results="3", identifier="menu-main", Text="For an order, press 1. For billing, press 2.")
    story.wait(9)
    story.step(
        "GetUserInput",
        results="1",
        identifier="menu-technical",
        Text="For muscle cars of the nineteen seventies, press 1.",
    )
    story.wait(4)
    routed = {"queue": queue, "priority": "5", "expected_wait_seconds": "10"}
    story.step("InvokeExternalResource", external=routed, identifier="route-call", LambdaFunctionARN=_arn("route_call"))


def _tell_timeline(row: Row) -> list[dict[str, Any]]:
    story = _Story(row.initiated_at)
    queue = row.queue or ""
    story.note("event", "initiated", "Call began", channel="VOICE", method="INBOUND")
    _tell_menu(story, queue)
    reasons = f"menu choice {queue}; not a VIP: priority 5; one caller waits and one agent is free"
    story.note(
        "routing",
        "routed",
        f"Routed to {queue}",
        queue=queue,
        reasons=reasons,
        menu_path="main>technical>1",
        expected_wait_seconds="10",
    )
    story.step("SetQueue", identifier="queue", QueueId=f"arn:aws:connect:us-east-1:123456789012:queue/{queue}")
    story.step("Transfer", identifier="transfer")
    story.note("event", "queued", f"Waited in queue {queue}", queue=queue)
    story.wait(row.wait_seconds or 0)
    if row.outcome == "answered":
        story.note("event", "answered", f"Answered by {row.agent}", agent=row.agent, wait_seconds=row.wait_seconds)
        story.wait(row.talk_seconds or 0)
    story.note("event", "disconnected", "Call ended", reason="CUSTOMER_DISCONNECT", outcome=row.outcome)
    if row.outcome != "answered":
        return story.entries
    story.step("GetUserInput", results="5", Text="How satisfied are you with this call? Press a key from 1 to 5.")
    story.wait(4)
    story.note(
        "pipeline",
        "recorded",
        "Recording kept",
        seconds=row.talk_seconds,
        bytes=1_152_044,
        retention="standard",
    )
    story.wait(21)
    found = {"categories": ["damaged_part", "fitment"], "silence_seconds": 5}
    story.note("pipeline", "analysed", "Transcript analysed", language=row.language, **found)
    seconds = row.after_contact_seconds
    title = f"{row.agent} finished after-contact work"
    story.note("event", "after_contact_work_ended", title, agent=row.agent, seconds=seconds)
    return story.entries


def _bill(row: Row) -> dict[str, Any]:
    minutes = ((row.wait_seconds or 0) + (row.talk_seconds or 0) + 24) / 60
    talked = (row.talk_seconds or 0) / 60
    prices = (
        ("Amazon Connect voice", minutes, "minute", 0.038),
        ("Amazon Connect inbound DID", minutes, "minute", 0.0022),
        ("Amazon Transcribe", talked, "minute", 0.024),
        ("Agent time", (row.talk_seconds or 0) / 3600, "hour", 27.5),
        ("AWS Lambda", 0.61, "GB-second", 0.0000133334),
        ("AWS Step Functions Express", 2, "request", 0.000001),
        ("Amazon DynamoDB", 9, "write unit", 0.000000625),
        ("Amazon S3", 2, "PUT request", 0.000005),
    )
    lines = [
        {
            "service": service,
            "quantity": quantity,
            "unit": unit,
            "unit_price": price,
            "amount": quantity * price,
        }
        for service, quantity, unit, price in prices
        if quantity
    ]
    return {
        "currency": "USD",
        "total": sum(line["amount"] for line in lines),
        "lines": lines,
        "prices_date": "2026-10-01",
    }


def describe_contact(row: Row, summary: dict[str, Any], recording: bytes | None) -> dict[str, Any]:
    """Answer ``/api/contacts/{contact_id}`` for a contact of the day."""
    ended = row.initiated_at + timedelta(seconds=24 + (row.wait_seconds or 0) + (row.talk_seconds or 0))
    contact = {
        **summary,
        "initiation_method": "INBOUND",
        "system_number": "+18005550100",
        "hold_seconds": row.hold_seconds,
        "after_contact_seconds": row.after_contact_seconds,
        "disconnected_at": as_text(ended),
        "disconnect_reason": "CUSTOMER_DISCONNECT",
        "survey_score": row.survey_score,
        "attributes": {"language": row.language, "menu_path": "main>technical>1"},
    }
    detail: dict[str, Any] = {
        "contact": contact,
        "recording": None,
        "transcript": None,
        "analysis": None,
        "failures": [],
        "timeline": _tell_timeline(row),
        "bill": _bill(row),
    }
    if recording is None or row.talk_seconds is None:
        return detail
    transcript = make_transcript(row.language, row.talk_seconds)
    spoken = {
        speaker: sum(s["end_seconds"] - s["start_seconds"] for s in transcript["segments"] if s["speaker"] == speaker)
        for speaker in ("agent", "customer")
    }
    return {
        **detail,
        "transcript": transcript,
        "recording": {
            "url": f"/recordings/{row.contact_id}.wav",
            "seconds": row.talk_seconds,
            "bytes": len(recording),
            "sha256": hashlib.sha256(recording).hexdigest(),
            "retention": "standard",
            "channels": 2,
        },
        "analysis": {
            "language": transcript["language"],
            "talk_seconds_agent": round(spoken["agent"], 1),
            "talk_seconds_customer": round(spoken["customer"], 1),
            "silence_seconds": round(row.talk_seconds - sum(spoken.values()), 1),
            "interruptions": 0,
            "categories": ["damaged_part", "refund", "fitment"],
            "analysed_at": as_text(ended + timedelta(seconds=25)),
        },
    }
