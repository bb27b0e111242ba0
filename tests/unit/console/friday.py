"""A Friday of the sample centre, and the moment on the Saturday after at which somebody asks about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.unit.reports.materials import at, call
from trunkline.contact.agent_events import AgentChange
from trunkline.contact.agent_states import AgentEntry, AgentOffer, AgentState
from trunkline.contact.model import Contact
from trunkline.live.rules import CALLBACK, LiveUpdate, follow_agent

FRIDAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 21, 18, 37, tzinfo=UTC)
RUNNING = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)


def contacts() -> Iterator[Contact]:
    """A Friday's calls, some of whose customers come back, and today's."""
    for each in range(12):
        said = {"disposition": "resolved" if each % 3 else "unresolved"} if each % 2 else {}
        yield call(
            each,
            at(FRIDAY, f"{9 + each % 8:02}:10"),
            queue="orders" if each % 4 else "billing",
            agent="mina" if each % 2 else "theo",
            wait=5 * each,
            hold_seconds=7 * (each % 2),
            holds=each % 2,
            survey_score=(None, 5, 2)[each % 3],
            transferred=each == 5,
            attributes=said,
        )
    yield call(20, at(FRIDAY, "10:00"), agent=None, wait=40)
    yield call(21, at(FRIDAY, "10:01"), agent=None, wait=3)
    yield call(22, at(FRIDAY, "10:02"), agent=None, outcome="callback")
    yield call(23, at(FRIDAY, "10:30"), initiation_method="CALLBACK", wait=90, previous_contact_id="c22")
    yield call(24, at(FRIDAY, "11:00"), agent=None, queue=None, enqueued_at=None, outcome="ended_in_menu")
    yield call(25, at(FRIDAY, "11:01"), agent=None, outcome="ended_by_flow")
    yield call(26, at(FRIDAY, "11:02"), agent=None, outcome="transferred")
    yield call(27, at(FRIDAY, "11:03"), queue="billing", initiation_method="TRANSFER", previous_contact_id="c26")
    yield call(30, at(FRIDAY, "16:00"), customer="+15550000001")
    yield call(31, at(FRIDAY + timedelta(1), "09:00"), customer="+15550000003")
    yield call(32, RUNNING - timedelta(seconds=20), wait=5)
    yield call(33, RUNNING + timedelta(seconds=60), wait=70, agent=None)


def states() -> Iterator[AgentEntry]:
    """Mina's Friday: to lunch too early and back too late."""
    day = [("Available", "08:50", "12:20"), ("Lunch", "12:20", "13:10"), ("Available", "13:10", "17:00")]
    for name, since, until in day:
        span = {"since": at(FRIDAY, since), "until": at(FRIDAY, until)}
        yield AgentState(username="mina", agent_id="a1", state=name, **span)
    over = {"queue": "orders", "at": at(FRIDAY, "14:00")}
    yield AgentOffer(username="mina", agent_id="a1", contact_id="c90", outcome="missed", **over)
    yield AgentOffer(username="mina", agent_id="a1", contact_id="c91", outcome="abandoned", **over)


def live_updates() -> Iterator[LiveUpdate]:
    """Somebody in the menu, two who wait, one who talks, a callback, and an agent whom nobody reaches."""
    since = RUNNING + timedelta(seconds=90)
    names = {"c40": "in_menu", "c41": "queued", "c42": "queued", "c43": "connected", "c44": "queued"}
    for number, (contact_id, state) in enumerate(names.items()):
        moment = f"{since + timedelta(seconds=20 * number):%Y-%m-%dT%H:%M:%SZ}"
        item: dict[str, Any] = {"rank": 2, "state": state, "since": moment, "initiated_at": moment, "version": moment}
        if state != "in_menu":
            item |= {"queue": "billing" if contact_id == "c42" else "orders", "enqueued_at": moment}
        if state == "connected":
            item |= {"answered_at": moment, "agent_id": "a1"}
        if contact_id == "c44":
            item["method"] = CALLBACK
        yield LiveUpdate("contact", contact_id, {**item, "expires_at": int(NOW.timestamp()) + 60}, "rank")
    for name, status, minutes in (("mina", "Available", 1), ("theo", "Available", 20), ("sofia", "Lunch", 3)):
        moment = NOW - timedelta(minutes=minutes)
        change = AgentChange(
            username=name, agent_id=f"a{1 if name == 'mina' else name}", status=status, since=moment, at=moment
        )
        yield follow_agent(change)


def heartbeats() -> dict[str, int]:
    """Who was heard, and when."""
    return {"mina": int(NOW.timestamp()) - 30}
