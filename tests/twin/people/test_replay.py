"""A replay repeats a log to the second."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.twin.connect.centre import Centre, open_centre
from tests.twin.connect.fakes import START
from twin.people import LoggedCall, ReplayError, replay

LOG = [
    LoggedCall(START, 0, "answered", ("1",), 0, 0, "DORIT", "+15555550101"),
    LoggedCall(START, 9, "answered", ("2",), 37, 166, "DORIT", "+15555550102"),
    LoggedCall(START + timedelta(seconds=3), 4, "answered", ("1",), 0, 5, "NO_SERVER", "+15555550103"),
    LoggedCall(START + timedelta(seconds=10), 9, "abandoned", ("1",), 0, customer="+15555550104"),
    LoggedCall(START + timedelta(seconds=11), 2, "abandoned", ("2",), 908, customer="+15555550105"),
    LoggedCall(START + timedelta(seconds=12), 4, "ended_in_menu", customer="+15555550106"),
    LoggedCall(START + timedelta(seconds=12), 0, "ended_in_menu", customer="+15555550107"),
    LoggedCall(START + timedelta(seconds=20), 5, "answered", ("1",), 1, 30, "DORIT", "+15555550108"),
]


def replayed(log: list[LoggedCall], seed: int = 1) -> Centre:
    centre = open_centre(seed=seed, patient=True)
    assert replay(centre.network, log) == len(log)
    centre.cloud.clock.run()
    return centre


def test_every_moment_is_the_logs() -> None:
    centre = replayed(LOG)
    ledger = {one.customer: one for one in centre.network.ledger}
    assert len(ledger) == len(LOG)
    for logged in LOG:
        true = ledger[logged.customer]
        assert true.outcome == logged.outcome
        assert true.initiated_at == logged.arrival
        assert true.agent == logged.agent
        if logged.outcome == "ended_in_menu":
            assert (true.disconnected_at - true.initiated_at).total_seconds() == logged.menu_seconds
            continue
        assert true.queue == {"1": "orders", "2": "billing"}[logged.keys[0]]
        assert (true.enqueued_at - true.initiated_at).total_seconds() == logged.menu_seconds  # type: ignore[operator]
        assert true.wait_seconds == logged.queue_seconds
        assert (true.talk_seconds, true.after_contact_seconds) == (logged.talk_seconds, 0)


def test_key_is_pressed_at_the_logged_moment_even_where_the_menu_asks_again() -> None:
    moments = [3, 4, 5, 6, 10, 15]
    log = [LoggedCall(START, at, "abandoned", ("1",), 1, customer=f"+155555501{at:02d}") for at in moments]
    centre = open_centre(patient=True)
    replay(centre.network, log)
    centre.cloud.clock.run()
    waits = sorted((one.enqueued_at - one.initiated_at).total_seconds() for one in centre.network.ledger)  # type: ignore[operator]
    assert waits == moments


def test_agents_of_the_log_are_added_and_come_and_go() -> None:
    centre = replayed(LOG)
    assert centre.network.registry.user_named("DORIT") is not None
    story = [
        e["EventType"]
        for e in centre.cloud.agent_events()
        if e["CurrentAgentSnapshot"]["Configuration"]["Username"] == "DORIT"
    ]
    assert story[0] == "LOGIN"
    assert story[-1] == "LOGOUT"


def test_replay_needs_no_recording() -> None:
    centre = replayed([one for one in LOG if one.talk_seconds == 0])
    assert centre.cloud.calls_of("s3", "put_object") == []


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        (LoggedCall(START, -1, "ended_in_menu"), "negative"),
        (LoggedCall(START, 1, "abandoned"), "without a key press"),
        (LoggedCall(START, 1, "answered", ("1",)), "answered by nobody"),
        (LoggedCall(START.replace(tzinfo=None), 1, "ended_in_menu"), "aware"),
    ],
)
def test_impossible_call_is_named_before_anything_happens(call: LoggedCall, problem: str) -> None:
    centre = open_centre()
    with pytest.raises(ReplayError, match=rf"(?s)call 2: .*{problem}"):
        replay(centre.network, [LOG[0], call])
    centre.cloud.clock.run()
    assert centre.network.ledger == []


def test_recorded_conversation_becomes_the_recording() -> None:
    log = [LoggedCall(START, 2, "answered", ("1",), 3, 12, "mina", audio=b"RIFF....WAVE")]
    centre = replayed(log)
    (put,) = centre.cloud.calls_of("s3", "put_object")
    assert put["Body"] == b"RIFF....WAVE"
    assert centre.studio.remembered == {}
    assert centre.network.ledger[0].recording_key == put["Key"]


def test_imported_recording_is_a_contact_like_any_other() -> None:
    centre = open_centre()
    contact_id = centre.network.import_recording(
        b"RIFF....WAVE", seconds=12.4, agent="mina", customer="+15555550100", queue="billing"
    )
    centre.cloud.clock.run()
    (true,) = centre.network.ledger
    assert (true.contact_id, true.outcome, true.queue, true.agent) == (contact_id, "answered", "billing", "mina")
    assert (true.wait_seconds, true.talk_seconds) == (0, 13)
    assert centre.cloud.calls_of("s3", "put_object")[0]["Body"] == b"RIFF....WAVE"
    assert centre.cloud.contact_records()[0]["Recording"]["Location"].endswith(".wav")
    with pytest.raises(KeyError, match="no queue 'sales'"):
        centre.network.import_recording(b"", seconds=1, agent="mina", customer="+15555550100", queue="sales")
