from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twin.connect.distribution import Distribution, Offer, QueueAssignment, ScriptedDistribution

ORDERS = (QueueAssignment("orders"),)
BOTH = (QueueAssignment("orders", priority=1), QueueAssignment("billing", priority=2))


@pytest.fixture
def core() -> Distribution:
    return Distribution()


def wait(core: Distribution, contact: str, queue: str, now: float, priority: int = 5, age: float = 0) -> None:
    core.enqueue(contact, queue, now, priority=priority, age_seconds=age)


def pairs(offers: list[Offer]) -> list[tuple[str, str]]:
    return [(one.contact, one.agent) for one in offers]


def test_longest_waiting_contact_is_served_first(core: Distribution) -> None:
    wait(core, "second", "orders", now=10)
    wait(core, "third", "orders", now=11)
    wait(core, "aged", "orders", now=12, age=60)
    core.agent_ready("mina", ORDERS, now=20)
    assert pairs(core.offers(20)) == [("aged", "mina")]


def test_better_priority_overtakes_longer_waiting(core: Distribution) -> None:
    wait(core, "regular", "orders", now=0)
    wait(core, "vip", "orders", now=50, priority=1)
    core.agent_ready("mina", ORDERS, now=60)
    assert pairs(core.offers(60)) == [("vip", "mina")]


def test_agent_takes_from_the_best_queue_of_the_routing_profile(core: Distribution) -> None:
    wait(core, "billing-since-long", "billing", now=0, priority=1)
    wait(core, "orders-just-now", "orders", now=59)
    core.agent_ready("mina", BOTH, now=60)
    assert pairs(core.offers(60)) == [("orders-just-now", "mina")]


def test_longest_idle_agent_gets_the_contact(core: Distribution) -> None:
    core.agent_ready("late", ORDERS, now=30)
    core.agent_ready("early", ORDERS, now=10)
    wait(core, "c1", "orders", now=40)
    assert pairs(core.offers(40)) == [("c1", "early")]


def test_being_ready_again_does_not_reset_idle_time(core: Distribution) -> None:
    core.agent_ready("early", ORDERS, now=10)
    core.agent_ready("late", ORDERS, now=20)
    core.agent_ready("early", ORDERS, now=30)
    wait(core, "c1", "orders", now=40)
    assert pairs(core.offers(40)) == [("c1", "early")]


def test_delay_of_a_queue_holds_agents_back(core: Distribution) -> None:
    core.agent_ready("backup", (QueueAssignment("orders", 2, delay_seconds=30),), now=0)
    wait(core, "c1", "orders", now=100)
    assert core.offers(129) == []
    assert core.next_moment(129) == 130
    assert pairs(core.offers(130)) == [("c1", "backup")]


def test_missed_contact_returns_to_its_old_place(core: Distribution) -> None:
    wait(core, "first", "orders", now=0)
    wait(core, "second", "orders", now=1)
    core.agent_ready("mina", ORDERS, now=2)
    assert pairs(core.offers(2)) == [("first", "mina")]
    core.give_back("first")
    core.agent_ready("dae", ORDERS, now=20)
    assert pairs(core.offers(20)) == [("first", "dae")]


def test_contact_that_left_while_it_rang_is_not_offered_again(core: Distribution) -> None:
    wait(core, "c1", "orders", now=0)
    core.agent_ready("mina", ORDERS, now=0)
    core.offers(0)
    core.withdraw("c1")
    core.give_back("c1")
    core.agent_ready("mina", ORDERS, now=5)
    assert core.offers(5) == []


@given(st.lists(st.sampled_from(["in", "out", "ready", "gone", "offer", "back"]), max_size=60))
def test_no_contact_and_no_agent_is_ever_given_twice(steps: list[str]) -> None:
    core, made = Distribution(), 0
    waiting: list[str] = []
    ringing: list[Offer] = []
    for now, step in enumerate(steps):
        if step == "in":
            made += 1
            waiting.append(f"c{made}")
            wait(core, waiting[-1], "orders", now)
        elif step == "out" and waiting:
            core.withdraw(waiting.pop(0))
        elif step == "ready":
            core.agent_ready(f"a{now}", ORDERS, now)
        elif step == "gone":
            core.agent_gone(f"a{now - 1}")
        elif step == "back" and ringing:
            offer = ringing.pop()
            waiting.append(offer.contact)
            core.give_back(offer.contact)
        elif step == "offer":
            for offer in core.offers(now):
                assert offer.contact in waiting
                waiting.remove(offer.contact)
                ringing.append(offer)
    assert len({one.contact for one in ringing}) == len(ringing)
    assert len({one.agent for one in ringing}) == len(ringing)


def test_scripted_contact_goes_to_its_agent_at_its_moment() -> None:
    core = ScriptedDistribution()
    core.enqueue("c1", "orders", 100)
    core.enqueue("c2", "orders", 100)
    core.script("c1", "DORIT", 140)
    assert core.next_moment(100) == 140
    assert core.offers(139) == []
    assert core.offers(140) == [Offer("c1", "DORIT", "orders", needs_accept=False)]
    assert core.offers(500) == []
