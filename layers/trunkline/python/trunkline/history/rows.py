"""Rows of the datasets: JSON-compatible values, flat, with every moment as ISO 8601 in UTC.

Pure. A row has exactly the columns of its dataset, so that what is absent is null and never forgotten.

Moments are written with ``Z`` and become TIMESTAMP columns: Firehose's OpenX deserialiser reads this form,
both engines compare and truncate timestamps alike, and text would have to be parsed in every query.

**Source**: Amazon Data Firehose developer guide, "Convert input data format" (time stamps of the OpenX JSON
SerDe).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from trunkline.contact.agent_states import AgentState
from trunkline.contact.model import Contact
from trunkline.contact.moments import format_moment, format_precise_moment
from trunkline.history.datasets import AGENT_STATES, ANALYSES, CONTACTS, COUNTED, COUNTERS

if TYPE_CHECKING:
    from trunkline.contact.agent_states import AgentEntry

Row = dict[str, Any]

_SHARES = (0.5, 0.9, 0.95)
_PRECISE = frozenset({"version", "received_at"})


class CountedKey(Protocol):
    """Where a count belongs: see ``trunkline.metrics.keys.Key``."""

    @property
    def start(self) -> datetime:
        """Start of the hour."""

    @property
    def scope(self) -> str:
        """``queue``, ``agent`` or ``center``."""

    @property
    def member(self) -> str:
        """The queue, the agent, or ``-``."""

    @property
    def channel(self) -> str:
        """The channel, such as ``VOICE``."""


class CountedHour(Protocol):
    """What was counted: see ``trunkline.metrics.tally.Counters``."""

    longest_wait_seconds: int

    def counts(self) -> dict[str, int]:
        """Return the counters that are not zero, by name."""

    def wait_quantiles(self, shares: Sequence[float]) -> list[float | None]:
        """Return quantiles of the queue time, in seconds."""

    def handle_quantiles(self, shares: Sequence[float]) -> list[float | None]:
        """Return quantiles of the handle time, in seconds."""


def contact_row(contact: Contact, center: Mapping[str, Any], received_at: datetime) -> Row:
    """Return the row of a contact.

    Parameters
    ----------
    contact
        As its record tells it, with the targets that hold for it (``stamp_targets``).
    center
        The centre's document, whose departments hold for this row from now on.
    received_at
        When its record arrived: of two records of one version the first counts, as in the contacts table.

    Notes
    -----
    Neither the customer's number nor what flows noted (attributes) is kept: what repeats itself is found in the
    contacts table, whose retention is the contact's own.
    """
    queue = center["queues"].get(contact.queue or "", {})
    values = {name: getattr(contact, name) for name in CONTACTS if name in _OF_CONTACT}
    return _in_order(
        CONTACTS,
        {
            **values,
            "received_at": received_at,
            "department": queue.get("department"),
            "disposition": contact.attributes.get("disposition"),
            "recorded": contact.recording_key is not None,
        },
    )


def agent_row(entry: AgentEntry, told_at: datetime) -> Row:
    """Return the row of an agent's state as an event told it, or of an offer that the agent did not take.

    A state of ``Offline`` is a row too: it ends the one before it.
    """
    told = {name: getattr(entry, name) for name in AGENT_STATES if hasattr(entry, name)}
    kind = {"kind": "state"} if isinstance(entry, AgentState) else {"kind": "offer", "since": entry.at}
    return _in_order(AGENT_STATES, {**told, **kind, "version": told_at})


def analysis_row(analysis: Mapping[str, Any]) -> Row:
    """Return the row of a conversation's analysis, given as it is stored (``describe_analysis``)."""
    measures = analysis["measures"]
    return _in_order(
        ANALYSES,
        {
            **{name: measures[name] for name in ANALYSES if name in measures},
            "contact_id": analysis["contact_id"],
            "version": analysis["analysed_at"],
            "language": analysis["language"],
            "locale": analysis["locale"],
            "categories": list(analysis["categories"]),
            "redactions": sum(analysis["redactions"].values()),
        },
    )


def counter_row(key: CountedKey, counted: CountedHour, counted_at: datetime) -> Row:
    """Return the row of an hour of a queue, of an agent, or of the centre.

    Parameters
    ----------
    key
        With the start of the hour, in UTC.
    counted
        The sum of the hour's four intervals.
    counted_at
        When it was summed: the newest sum of an hour counts.
    """
    counts = counted.counts()
    waits, handles = counted.wait_quantiles(_SHARES), counted.handle_quantiles(_SHARES)
    return _in_order(
        COUNTERS,
        {
            "start": key.start,
            "scope": key.scope,
            "key": key.member,
            "channel": key.channel,
            "version": counted_at,
            **{name: counts.get(name, 0) for name in COUNTED},
            "longest_wait_seconds": counted.longest_wait_seconds,
            **dict(zip(("wait_p50", "wait_p90", "wait_p95"), waits, strict=True)),
            **dict(zip(("handle_p50", "handle_p90", "handle_p95"), handles, strict=True)),
        },
    )


def _in_order(columns: Mapping[str, str], values: Mapping[str, Any]) -> Row:
    return {name: _plain(name, values.get(name)) for name in columns}


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, datetime):
        return format_precise_moment(value) if name in _PRECISE else format_moment(value)
    return value


_OF_CONTACT = frozenset(Contact.__struct_fields__)
