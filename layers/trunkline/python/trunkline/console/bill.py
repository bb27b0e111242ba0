"""What one contact costs, line by line, from a dated price list."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from trunkline.contact.moments import parse_moment
from trunkline.contact.money import price_of

_DAYS_A_MONTH = Decimal("30.4375")
_BYTES_A_GB = Decimal(1024**3)
_SHORTEST_CALL_SECONDS = 10
_SHORTEST_TRANSCRIPTION_SECONDS = 15
_TRANSCRIPTION_STAGE = "transcribe"


@dataclass(frozen=True)
class PriceList:
    """Prices of a day in a region, and the units that a contact uses at each stage.

    Attributes
    ----------
    prices
        Codes to ``service``, ``unit`` and ``price`` of one unit.
    units
        Stages (``every contact``, ``queued``, ``answered``, ``recorded``, ``transcribed``) to the
        units that orchestration uses there: counted on a call from ring to analysis.
    """

    date: str
    currency: str
    prices: Mapping[str, Mapping[str, str]]
    units: Mapping[str, Mapping[str, str]]


@cache
def load_prices() -> PriceList:
    """Read the price list that is deployed with the code."""
    document = json.loads(Path(__file__).with_name("prices.json").read_text(encoding="utf-8"))
    return PriceList(document["date"], document["currency"], document["prices"], document["units"])


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
    quantities = {
        **_telephony(parts.get("contact", {}), center),
        **_recording(parts, center),
        **_orchestration(parts, prices),
    }
    lines = [_line(code, prices.prices[code], quantities[code]) for code in quantities if quantities[code]]
    costs = center["costs"]
    hours = _agent_hours(parts.get("contact", {}))
    if hours and costs["currency"] == prices.currency:
        wage = {"service": "Agent time", "unit": "hour", "price": str(costs["agent_hour"])}
        lines.append(_line("agent_hour", wage, hours))
    total = sum((Decimal(str(line["amount"])) for line in lines), Decimal(0))
    return {
        "currency": prices.currency,
        "total": float(total),
        "lines": lines,
        "prices_date": prices.date,
    }


def _line(code: str, price: Mapping[str, str], quantity: Decimal) -> dict[str, Any]:
    unit_price = Decimal(price["price"])
    return {
        "code": code,
        "service": price["service"],
        "quantity": float(round(quantity, 9)),
        "unit": price["unit"],
        "unit_price": float(unit_price),
        "amount": float(price_of(quantity, unit_price)),
    }


def _telephony(contact: Mapping[str, Any], center: Mapping[str, Any]) -> dict[str, Decimal]:
    begun, ended = _moment(contact, "initiated_at"), _moment(contact, "disconnected_at")
    if begun is None or ended is None:
        return {}
    seconds = max(_SHORTEST_CALL_SECONDS, int((ended - begun).total_seconds()))
    minutes = Decimal(seconds) / 60
    kinds = {number["type"] for number in center["numbers"].values()}
    number = "toll_free_minute" if kinds == {"TOLL_FREE"} else "did_minute"
    return {"voice_minute": minutes, number: minutes}


def _recording(parts: Mapping[str, Mapping[str, Any]], center: Mapping[str, Any]) -> dict[str, Decimal]:
    recording = parts.get("recording")
    if not recording:
        return {}
    months = Decimal(center["recording"]["retention_days"]) / _DAYS_A_MONTH
    quantities = {"storage_gb_month": Decimal(recording["bytes"]) / _BYTES_A_GB * months}
    if "transcription_job" in recording and parts.get("failure", {}).get("stage") != _TRANSCRIPTION_STAGE:
        seconds = max(Decimal(_SHORTEST_TRANSCRIPTION_SECONDS), Decimal(str(recording["seconds"])))
        quantities["transcription_minute"] = seconds / 60
    return quantities


def _orchestration(parts: Mapping[str, Mapping[str, Any]], prices: PriceList) -> dict[str, Decimal]:
    contact = parts.get("contact", {})
    reached = {
        "every contact": True,
        "queued": "enqueued_at" in contact,
        "answered": "answered_at" in contact,
        "recorded": "recording" in parts,
        "transcribed": "analysis" in parts,
    }
    quantities: dict[str, Decimal] = {}
    for stage, units in prices.units.items():
        for code, amount in units.items():
            if reached[stage]:
                quantities[code] = quantities.get(code, Decimal(0)) + Decimal(amount)
    return quantities


def _agent_hours(contact: Mapping[str, Any]) -> Decimal:
    names = ("talk_seconds", "hold_seconds", "after_contact_seconds")
    return Decimal(sum(contact.get(name, 0) for name in names)) / 3600


def _moment(contact: Mapping[str, Any], name: str) -> datetime | None:
    return parse_moment(contact[name]) if name in contact else None
