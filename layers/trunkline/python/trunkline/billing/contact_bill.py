"""What one contact costs, line by line, from a dated price list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from trunkline.billing.lines import sum_lines, write_agent_line, write_lines
from trunkline.billing.prices import PriceList
from trunkline.billing.units import VOICE, count_orchestration, count_storage, count_telephony, count_transcription
from trunkline.contact.moments import parse_moment

_TRANSCRIPTION_STAGE = "transcribe"


def bill_contact(
    parts: Mapping[str, Mapping[str, Any]], center: Mapping[str, Any], prices: PriceList
) -> dict[str, Any]:
    """Write the bill of one contact.

    Parameters
    ----------
    parts
        Items of the contacts table, by part.
    center
        The centre's document: kinds of numbers, retention, cost of an agent's hour.
    prices
        Price list.

    Returns
    -------
    dict
        ``currency``, ``total``, ``prices_date`` and ``lines``: ``code``, ``service``, ``quantity``,
        ``unit``, ``unit_price``, ``amount``. The agent's time is on it if it is paid in the currency of
        the price list.

    Notes
    -----
    **Source**: Amazon Connect pricing (voice by the second, 10 s at least); Amazon Transcribe pricing
    (15 s at least); Amazon S3, DynamoDB, Lambda, Step Functions, Data Firehose, Kinesis pricing.
    """
    contact = parts.get("contact", {})
    quantities = {
        **_telephony(contact, center),
        **_recording(parts, center),
        **count_orchestration(_stages_reached(parts), prices),
    }
    lines = [
        *write_lines(quantities, prices),
        *write_agent_line(_agent_seconds(contact), center["costs"], prices),
    ]
    return {
        "currency": prices.currency,
        "total": float(sum_lines(lines)),
        "lines": [line.to_values() for line in lines],
        "prices_date": prices.date,
    }


def _telephony(contact: Mapping[str, Any], center: Mapping[str, Any]) -> dict[str, Decimal]:
    begun, ended = _moment(contact, "initiated_at"), _moment(contact, "disconnected_at")
    if begun is None or ended is None or contact.get("channel", VOICE) != VOICE:
        return {}
    return count_telephony(int((ended - begun).total_seconds()), center)


def _recording(parts: Mapping[str, Mapping[str, Any]], center: Mapping[str, Any]) -> dict[str, Decimal]:
    recording = parts.get("recording")
    if not recording:
        return {}
    quantities = count_storage(recording["bytes"], center["recording"]["retention_days"])
    if "transcription_job" in recording and parts.get("failure", {}).get("stage") != _TRANSCRIPTION_STAGE:
        quantities |= count_transcription(recording["seconds"])
    return quantities


def _stages_reached(parts: Mapping[str, Mapping[str, Any]]) -> set[str]:
    contact = parts.get("contact", {})
    reached = {
        "every contact": True,
        "queued": "enqueued_at" in contact,
        "answered": "answered_at" in contact,
        "recorded": "recording" in parts,
        "transcribed": "analysis" in parts,
    }
    return {stage for stage, there in reached.items() if there}


def _agent_seconds(contact: Mapping[str, Any]) -> int:
    names = ("talk_seconds", "hold_seconds", "after_contact_seconds")
    return sum(contact.get(name, 0) for name in names)


def _moment(contact: Mapping[str, Any], name: str) -> datetime | None:
    return parse_moment(contact[name]) if name in contact else None
