"""The rules of routing, pure: a menu choice and a look at the live board become a decision."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

VIP_PRIORITY = 1
"""Priority of VIP customers; 1 is the highest of Amazon Connect's queue priorities."""
USUAL_PRIORITY = 5
"""Priority of everybody else: Amazon Connect's default.

**Source**: Amazon Connect administrator guide, "Flow block: Change routing priority / age".
"""
MEAN_HANDLE_SECONDS = 180
"""Assumed mean time that an agent spends on a contact, in seconds."""
LONGEST_REASONS = 200
"""Longest explanation in characters: it travels as an attribute of the contact."""


@dataclass(frozen=True)
class QueueLoad:
    """How busy a queue is at one moment.

    Parameters
    ----------
    waiting
        Contacts in the queue.
    available
        Agents who serve the queue and are free.
    on_contact
        Agents who serve the queue and are talking, ringing or in after-contact work.
    """

    waiting: int
    available: int
    on_contact: int


@dataclass(frozen=True)
class RoutingDecision:
    """What ``route_call`` answers to the flow.

    Parameters
    ----------
    queue
        Key of the queue.
    priority
        1 (VIP) or 5.
    expected_wait_seconds
        Estimate, or ``None`` where nobody works or nothing is known.
    reasons
        Why, in plain words.
    offer_callback
        Whether the caller will wait longer than callers do before a callback is offered.
    """

    queue: str
    priority: int
    expected_wait_seconds: int | None
    reasons: str
    offer_callback: bool = False

    @property
    def expected_wait_minutes(self) -> int | None:
        """The estimate as it is told to the caller: whole minutes, rounded up, at least one."""
        wait = self.expected_wait_seconds
        return None if wait is None else max(1, math.ceil(wait / 60))


def estimate_wait_seconds(
    load: QueueLoad, *, ahead: int, mean_handle_seconds: float = MEAN_HANDLE_SECONDS
) -> int | None:
    """Estimate how long a new contact will wait.

    With ``a`` agents free, ``s`` agents working in all, ``n`` contacts ahead and mean handle time
    ``H``: 0 if ``n < a``, otherwise ``(n - a + 1) * H / s``. It assumes that handle times are
    exponential with mean ``H`` (so the ``s`` busy agents end a contact every ``H / s`` seconds
    on average), that nobody hangs up, and that the agents take contacts of this queue only. Agents
    who share queues make the true wait longer, callers who give up make it shorter.

    Parameters
    ----------
    load
        State of the queue.
    ahead
        Contacts that will be served first.
    mean_handle_seconds
        Mean handle time in seconds.

    Returns
    -------
    int or None
        Whole seconds, rounded up; ``None`` where no agent serves the queue.

    Examples
    --------
    >>> estimate_wait_seconds(QueueLoad(waiting=3, available=0, on_contact=2), ahead=3)
    360
    >>> estimate_wait_seconds(QueueLoad(waiting=0, available=1, on_contact=2), ahead=0)
    0

    Notes
    -----
    **Source**: L. Kleinrock, "Queueing Systems" I, 3.5: the departure rate of an M/M/s queue whose
    servers are all busy is ``s / H``.
    """
    if ahead < load.available:
        return 0
    working = load.available + load.on_contact
    if working == 0:
        return None
    return math.ceil((ahead - load.available + 1) * mean_handle_seconds / working)


def choose_queue(choice: str, center: Mapping[str, Any]) -> tuple[str, str]:
    """Return the queue for a menu choice, and why.

    Parameters
    ----------
    choice
        Key of a queue, as the flow sent it.
    center
        The centre's document.

    Returns
    -------
    tuple of str
        The queue; for a choice that the centre does not have, the queue where callers go who chose
        nothing (``otherwise`` of the entry menu, or else the first queue).
    """
    if choice in center["queues"]:
        return choice, f"menu choice {choice}"
    ivr = center.get("ivr", {})
    entry = ivr.get("menus", {}).get(ivr.get("entry"), {})
    fallback = entry.get("otherwise", {}).get("queue")
    queue = fallback if fallback in center["queues"] else next(iter(center["queues"]))
    return queue, f"no queue {choice[:40]!r}, so {queue}"


def list_members(queue: str, center: Mapping[str, Any]) -> frozenset[str]:
    """Return the user names of the agents who have the skill of ``queue``.

    Examples
    --------
    >>> center = {"queues": {"orders": {"skill": "sales"}}, "agents": {"mina": {"skills": {"sales": 5}}}}
    >>> list_members("orders", center)
    frozenset({'mina'})
    """
    skill = center["queues"][queue]["skill"]
    return frozenset(name for name, agent in center.get("agents", {}).items() if skill in agent["skills"])


def find_callback_seconds(center: Mapping[str, Any]) -> int | None:
    """Return how long callers wait before a callback is offered, or ``None`` where none is.

    Examples
    --------
    >>> offers = [{"after_seconds": 60, "callback": {"en": "Press 1."}}, {"after_seconds": 180, "voicemail": {}}]
    >>> find_callback_seconds({"ivr": {"queue_treatment": {"offers": offers}}})
    60
    """
    treatment = center.get("ivr", {}).get("queue_treatment") or {}
    waits = [offer["after_seconds"] for offer in treatment.get("offers") or () if offer.get("callback")]
    return min(waits, default=None)


def decide_route(
    queue: str, choice_reason: str, *, vip: bool, load: QueueLoad | None, callback_seconds: int | None = None
) -> RoutingDecision:
    """Decide how a call is routed.

    Parameters
    ----------
    queue, choice_reason
        From :func:`choose_queue`.
    vip
        Whether the customer goes first. A VIP is taken to be alone in front: other waiting VIPs
        are not told apart.
    load
        State of the queue, or ``None`` where it could not be read.
    callback_seconds
        From :func:`find_callback_seconds`.

    Examples
    --------
    >>> decide_route("orders", "menu choice orders", vip=True, load=QueueLoad(3, 0, 2)).reasons
    'menu choice orders; vip priority 1; 3 waiting, 2 agents on contact: about 90 s'
    """
    priority = VIP_PRIORITY if vip else USUAL_PRIORITY
    wait = None if load is None else estimate_wait_seconds(load, ahead=0 if vip else load.waiting)
    rank = f"{'vip' if vip else 'usual'} priority {priority}"
    reasons = "; ".join((choice_reason, rank, _explain_wait(load, wait)))
    offer = wait is not None and callback_seconds is not None and wait > callback_seconds
    return RoutingDecision(queue, priority, wait, reasons[:LONGEST_REASONS], offer)


def _explain_wait(load: QueueLoad | None, wait: int | None) -> str:
    if load is None:
        return "live board not read: wait unknown"
    agents = f"{load.available} available, " if load.available else ""
    plural = "" if load.on_contact == 1 else "s"
    seen = f"{load.waiting} waiting, {agents}{load.on_contact} agent{plural} on contact"
    return f"{seen}: wait unknown" if wait is None else f"{seen}: about {wait} s"
