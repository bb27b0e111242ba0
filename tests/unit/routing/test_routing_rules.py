"""Where a call goes, how urgent it is, how long it will wait, and why."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflows.functions import CENTER
from trunkline.routing.rules import (
    LONGEST_REASONS,
    QueueLoad,
    choose_queue,
    decide_route,
    estimate_wait_seconds,
    list_members,
)


def test_menu_choice_names_the_queue() -> None:
    assert choose_queue("billing", CENTER) == ("billing", "menu choice billing")


@pytest.mark.parametrize("choice", ["", "bilings", "x" * 500])
def test_unknown_choice_goes_where_callers_go_who_chose_nothing(choice: str) -> None:
    queue, reason = choose_queue(choice, CENTER)
    assert queue == "orders"
    assert reason.startswith("no queue")


def test_unknown_choice_goes_to_the_first_queue_where_the_menu_names_none() -> None:
    assert choose_queue("?", {"queues": {"billing": {}, "orders": {}}})[0] == "billing"


def test_members_of_a_queue_have_its_skill() -> None:
    assert list_members("orders", CENTER) == {"mina"}
    assert list_members("billing", CENTER) == {"mina", "sofia"}


@pytest.mark.parametrize(
    ("load", "ahead", "seconds"),
    [
        (QueueLoad(waiting=0, available=1, on_contact=0), 0, 0),
        (QueueLoad(waiting=0, available=0, on_contact=1), 0, 180),
        (QueueLoad(waiting=0, available=0, on_contact=4), 0, 45),
        (QueueLoad(waiting=3, available=0, on_contact=2), 3, 360),
        (QueueLoad(waiting=2, available=1, on_contact=1), 2, 180),
        (QueueLoad(waiting=5, available=0, on_contact=0), 5, None),
    ],
)
def test_wait_follows_the_stated_formula(load: QueueLoad, ahead: int, seconds: int | None) -> None:
    assert estimate_wait_seconds(load, ahead=ahead) == seconds


@settings(deadline=None)
@given(st.integers(0, 500), st.integers(0, 50), st.integers(1, 50))
def test_one_more_caller_ahead_never_shortens_the_wait(ahead: int, available: int, on_contact: int) -> None:
    load = QueueLoad(ahead, available, on_contact)
    shorter = estimate_wait_seconds(load, ahead=ahead)
    longer = estimate_wait_seconds(load, ahead=ahead + 1)
    assert shorter is not None
    assert longer is not None
    assert 0 <= shorter <= longer


def test_vip_goes_to_the_front() -> None:
    decision = decide_route("orders", "menu choice orders", vip=True, load=QueueLoad(3, 0, 2))
    assert (decision.priority, decision.expected_wait_seconds) == (1, 90)
    assert decision.reasons == "menu choice orders; vip priority 1; 3 waiting, 2 agents on contact: about 90 s"


def test_everybody_else_waits_their_turn() -> None:
    decision = decide_route("orders", "menu choice orders", vip=False, load=QueueLoad(1, 0, 1))
    assert (decision.priority, decision.expected_wait_seconds) == (5, 360)
    assert decision.reasons == "menu choice orders; usual priority 5; 1 waiting, 1 agent on contact: about 360 s"


def test_nobody_at_work_gives_no_number() -> None:
    decision = decide_route("orders", "menu choice orders", vip=False, load=QueueLoad(1, 0, 0))
    assert decision.expected_wait_seconds is None
    assert decision.reasons.endswith("0 agents on contact: wait unknown")


def test_unread_board_routes_the_call_and_says_so() -> None:
    decision = decide_route("orders", "menu choice orders", vip=False, load=None)
    assert (decision.queue, decision.expected_wait_seconds) == ("orders", None)
    assert "live board not read" in decision.reasons


@settings(deadline=None)
@given(st.text(max_size=500), st.integers(0, 10**9))
def test_reasons_fit_an_attribute(choice: str, waiting: int) -> None:
    queue, reason = choose_queue(choice, CENTER)
    decision = decide_route(queue, reason, vip=True, load=QueueLoad(waiting, 0, 1))
    assert len(decision.reasons) <= LONGEST_REASONS
