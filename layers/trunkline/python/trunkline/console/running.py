"""The running interval of each queue: what its counters say, and the contacts that are not counted yet. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from trunkline.contact.moments import interval_start, parse_moment
from trunkline.live.rules import CALLBACK
from trunkline.metrics.figures import service_level
from trunkline.metrics.keys import Key
from trunkline.metrics.tally import Tally
from trunkline.metrics.targets import Targets


def count_running(
    counters: Mapping[Key, Tally], contacts: Iterable[Mapping[str, Any]], targets: Targets, now: datetime
) -> dict[str, Tally]:
    """Count who entered each queue in the interval that runs.

    Parameters
    ----------
    counters
        At least those of the running interval.
    contacts
        Live items. A contact is counted by its record, and its record takes it out of the live picture: it is
        in one of the two, and neither event nor record counts it twice.
    targets
        What "in time" is.
    now
        This moment.

    Returns
    -------
    dict
        Queue names to tallies. Of contacts that nobody answered only the record tells why they ended, so they
        are offered at once and abandoned a minute or two later. Callbacks are counted apart, as everywhere.
    """
    start = interval_start(now)
    running: dict[str, Tally] = {}
    for key, tally in counters.items():
        if key.start == start and key.scope == "queue":
            running.setdefault(key.member, Tally()).add(tally)
    for contact in contacts:
        counted = tally_in_progress(contact, targets, start)
        if counted is not None:
            running.setdefault(contact["queue"], Tally()).add(counted)
    return running


def tally_in_progress(contact: Mapping[str, Any], targets: Targets, start: datetime) -> Tally | None:
    """Return what a contact of the live picture counts in an interval; ``None`` where it does not."""
    if "enqueued_at" not in contact or "queue" not in contact or contact.get("method") == CALLBACK:
        return None
    enqueued_at = parse_moment(contact["enqueued_at"])
    if interval_start(enqueued_at) != start:
        return None
    tally = Tally(offered=1)
    if "answered_at" in contact:
        wait_seconds = (parse_moment(contact["answered_at"]) - enqueued_at).total_seconds()
        tally.answered = 1
        tally.answered_in_target = int(wait_seconds <= targets.of_queue(contact["queue"]))
    return tally


def show_running(tally: Tally | None, convention: str) -> dict[str, Any]:
    """Return ``offered`` and ``service_level_percent``, which is ``None`` where nobody was answered or gave up."""
    counts = tally or Tally()
    levels = service_level(
        counts.answered,
        counts.abandoned,
        counts.answered_in_target,
        counts.abandoned_in_target,
        counts.abandoned_short,
    )
    return {"offered": counts.offered, "service_level_percent": levels[convention]}
