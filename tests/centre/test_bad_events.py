"""Contact events that come before their predecessor, twice, or cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from tests.centre.centre import Centre, open_centre
from twin.connect.delivery import EventType, build_contact_event
from twin.connect.facts import ContactFacts

KINDS: tuple[EventType, ...] = ("INITIATED", "QUEUED", "CONNECTED_TO_AGENT", "DISCONNECTED")
STATES = {"INITIATED": "menu", "QUEUED": "queued", "CONNECTED_TO_AGENT": "connected"}


@dataclass
class EventDay:
    """A day in whose middle events of contacts that nobody made are sent."""

    centre: Centre
    made: int = 0

    def events(self) -> dict[str, dict[str, Any]]:
        """Return the events of a contact that is made up, by type."""
        self.made += 1
        network, now = self.centre.session.network, self.centre.session.cloud.clock.now()
        arn = network.registry.instance().arn
        facts = ContactFacts(f"made-up-{self.made}", f"{arn}/contact/made-up", "+12065550123", "+12065550100", now)
        found = {}
        for kind in KINDS:
            _happen(facts, kind, now, network.registry)
            found[kind] = build_contact_event(kind, facts, arn)
        return found

    def send(self, *events: dict[str, Any]) -> None:
        """Send events one after the other, each delivered before the next."""
        for event in events:
            self.centre.send_event(event)
            self.centre.run(seconds=2)


def _happen(facts: ContactFacts, kind: str, now: datetime, registry: Any) -> None:
    if kind == "QUEUED":
        facts.queue, facts.enqueued_at = next(iter(registry.queues.values())), now
    elif kind == "CONNECTED_TO_AGENT":
        facts.agent, facts.connected_at = registry.user_named("mina"), now
    elif kind == "DISCONNECTED":
        facts.disconnected_at = now


@pytest.fixture(scope="module")
def event_day() -> Iterator[EventDay]:
    with open_centre(6) as centre:
        centre.run_until(12)
        yield EventDay(centre)


def test_every_event_moves_the_live_picture_on(event_day: EventDay) -> None:
    events = event_day.events()
    for kind, state in STATES.items():
        event_day.send(events[kind])
        shown = event_day.centre.live(events[kind]["contactId"])
        assert shown is not None
        assert shown["state"] == state
    event_day.send(events["DISCONNECTED"])
    assert event_day.centre.live(events["QUEUED"]["contactId"]) is None


@pytest.mark.parametrize(("later", "earlier"), [(a, b) for b in range(4) for a in range(b + 1, 4)])
def test_event_before_its_predecessor_never_turns_the_picture_back(
    event_day: EventDay, later: int, earlier: int
) -> None:
    events = event_day.events()
    event_day.send(events[KINDS[later]])
    before = event_day.centre.live(events["QUEUED"]["contactId"])
    event_day.send(events[KINDS[earlier]])
    assert event_day.centre.live(events["QUEUED"]["contactId"]) == before


def test_repeated_event_changes_nothing(event_day: EventDay) -> None:
    events = event_day.events()
    event_day.send(events["QUEUED"])
    before = event_day.centre.live(events["QUEUED"]["contactId"])
    event_day.send(*[events["QUEUED"]] * 3)
    assert event_day.centre.live(events["QUEUED"]["contactId"]) == before


@pytest.mark.parametrize(
    ("lacking", "cause"),
    [
        ({"contactId": ""}, "contact event: detail.contactId is missing or no text"),
        ({"channel": None}, "contact event: detail.channel is missing or no text"),
        ({"queueInfo": "orders"}, "contact event: detail.queueInfo is missing or no object"),
        (
            {"queueInfo": {"enqueueTimestamp": "soon"}},
            "contact event: time of QUEUED is missing or no timestamp",
        ),
    ],
)
def test_event_that_cannot_be_read_is_a_dead_letter_with_its_cause(
    event_day: EventDay, lacking: dict[str, Any], cause: str
) -> None:
    event_day.send(event_day.events()["QUEUED"] | lacking)
    event_day.centre.run(minutes=5)
    (letter,) = event_day.centre.dead_letters("ContactEventDeadLetters")
    assert letter["body"]["responsePayload"]["errorMessage"] == cause
    assert letter["body"]["requestContext"]["approximateInvokeCount"] == 3
    assert letter["body"]["requestPayload"]["detail"].items() >= lacking.items()


def test_event_of_another_instance_is_not_ours(event_day: EventDay) -> None:
    foreign = event_day.events()["INITIATED"] | {"instanceArn": "arn:aws:connect:us-east-1:123456789012:instance/other"}
    event_day.send(foreign)
    assert event_day.centre.live(foreign["contactId"]) is None


def test_event_that_comes_after_the_record_does_not_bring_the_contact_back(event_day: EventDay) -> None:
    """As when EventBridge delivers minutes late: the contact is long over."""
    centre = event_day.centre
    contact = centre.ledger[0]
    facts = centre.session.network.facts(contact.contact_id)
    assert facts is not None
    assert "contact" in centre.parts(contact.contact_id)
    late = build_contact_event("CONNECTED_TO_AGENT", facts, centre.session.network.registry.instance().arn)
    event_day.send(late)
    assert centre.live(contact.contact_id) is None


def test_every_call_is_whole_all_the_same(event_day: EventDay) -> None:
    report = event_day.centre.finish()
    assert report["differences"] == []
    assert report["denials"] == []
    whole = report["whole"]
    assert whole["with_recording"] == whole["with_analysis"] == whole["recorded"] > 0
    assert report["failures"] == {}
