"""The agent states table, and the fake that stands for it: spans that never overlap, each written once."""

from __future__ import annotations

import base64
import json
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from cli.metrics import build_metrics_app
from tests.unit.contact.agent_days import NINE, MemoryAgentLog, at, contact, event, login, logout, move, snapshot, state
from tests.unit.contact.agent_days import status as told_status
from tests.unit.metrics.calls import TARGETS
from trunkline.contact.agent_log import AgentLog, AgentLogConflictError
from trunkline.contact.agent_states import AgentOffer, AgentState
from trunkline.live.store import LiveStore
from trunkline.metrics.changes import read_change
from trunkline.metrics.fold import apply_changes
from trunkline.metrics.keys import Key
from trunkline.metrics.store import MetricsStore
from trunkline.runtime import client, to_item

DAY = 86_400


@pytest.fixture(params=["table", "memory"])
def log(request, aws):
    return AgentLog(client("dynamodb"), "agent_states", 30 * DAY) if request.param == "table" else MemoryAgentLog()


def states(log):
    found = (each for each in log.read_days(NINE, NINE + timedelta(hours=10)) if isinstance(each, AgentState))
    return sorted(found, key=lambda each: each.since)


def test_span_is_kept_and_told_again_changes_nothing(log):
    lunch = state("Lunch", at(0), at(30))
    assert log.add(lunch) == [lunch]
    assert log.add(lunch) == []
    assert states(log) == [lunch]


def test_state_that_began_later_shortens_the_one_before(log):
    log.add(state("Available", at(0), at(60)))
    assert log.add(state("Lunch", at(40), at(90))) == [
        state("Lunch", at(40), at(90)),
        state("Available", at(0), at(40)),
    ]
    log.add(state("Meeting", at(30), at(50)))
    assert states(log) == [
        state("Available", at(0), at(30)),
        state("Meeting", at(30), at(40)),
        state("Lunch", at(40), at(90)),
    ]


def test_what_an_event_tells_takes_the_place_of_what_was_inferred(log):
    log.add(state("Available", at(0), at(60), inferred=True))
    log.add(state("Available", at(0), at(90)))
    assert log.add(state("Available", at(0), at(60), inferred=True)) == []
    assert states(log) == [state("Available", at(0), at(90))]


def test_state_of_the_evening_before_is_shortened_over_midnight(log):
    evening = state("Available", at(14 * 60), at(16 * 60))
    log.add(evening)
    assert evening.day == "2026-11-21"
    log.add(state("Lunch", at(15 * 60 + 30), at(16 * 60)))
    found = [each for each in log.read_days(NINE, NINE + timedelta(days=1)) if each.username == "mina"]
    assert {(each.state, each.until) for each in found} == {
        ("Available", at(15 * 60 + 30)),
        ("Lunch", at(16 * 60)),
    }


def test_agents_whose_names_begin_alike_are_kept_apart(log):
    log.add(state("Available", at(0), at(60)))
    other = AgentState(username="mina2", agent_id="a2", state="Lunch", since=at(30), until=at(40))
    log.add(other)
    assert states(log) == [state("Available", at(0), at(60)), other]


def test_offer_is_kept_once(log):
    offer = AgentOffer(username="mina", agent_id="a1", contact_id="c1", queue="orders", at=at(5), outcome="missed")
    assert not log.knows(offer)
    assert log.add_offer(offer)
    assert log.knows(offer)
    assert not log.add_offer(offer)
    assert list(log.read_days(NINE, NINE + timedelta(hours=1))) == [offer]


def test_entry_expires_when_its_contacts_do(aws):
    AgentLog(client("dynamodb"), "agent_states", 30 * DAY).add(state("Lunch", at(0), at(30)))
    (item,) = client("dynamodb").scan(TableName="agent_states")["Items"]
    assert int(item["expires_at"]["N"]) == int(NINE.timestamp()) + 30 * DAY


def test_span_that_others_keep_changing_is_to_be_told_again(aws, monkeypatch):
    log = AgentLog(client("dynamodb"), "agent_states")
    monkeypatch.setattr(AgentLog, "_around", lambda self, added: [])
    log.add(state("Lunch", at(0), at(30)))
    with pytest.raises(AgentLogConflictError, match="mina#2026-11-21T09:00:00Z"):
        log.add(state("Lunch", at(0), at(40)))


# --- the function, its two tables, and what is counted ---------------------------------------------------


def records(*events):
    return {
        "Records": [
            {"kinesis": {"sequenceNumber": str(number), "data": base64.b64encode(json.dumps(each).encode()).decode()}}
            for number, each in enumerate(events, 1)
        ]
    }


def morning():
    told = told_status("Available", at(1))
    rung, missed = snapshot(told, contact("CONNECTING", at(20))), snapshot(told, contact("MISSED", at(20.5)))
    return [
        login(at(0)),
        move(("Offline", at(0)), ("Available", at(1))),
        event("STATE_CHANGE", at(20.5), rung, missed),
        move(("Available", at(1)), ("Lunch", at(60))),
        move(("Lunch", at(60)), ("Available", at(90))),
        logout(("Available", at(90)), at(120)),
    ]


@pytest.fixture
def track_agent(load_handler):
    return load_handler("track_agent")


def test_function_logs_states_and_offers_and_moves_the_live_picture(track_agent):
    assert track_agent(records(*morning())) == {"batchItemFailures": []}
    assert track_agent(records(*morning())) == {"batchItemFailures": []}
    log = AgentLog(client("dynamodb"), "agent_states")
    entries = list(log.read_days(NINE, NINE + timedelta(hours=10)))
    assert states(log) == [
        state("Available", at(1), at(60)),
        state("Lunch", at(60), at(90)),
        state("Available", at(90), at(120)),
    ]
    assert [each.outcome for each in entries if isinstance(each, AgentOffer)] == ["missed"]
    assert LiveStore(client("dynamodb"), "live").read("agent", "mina")["state"] == "offline"


def test_function_names_the_record_that_cannot_be_true(track_agent):
    events = [*morning()[:2], move(("Lunch", at(60)), ("Available", at(20)))]
    assert track_agent(records(*events)) == {"batchItemFailures": [{"itemIdentifier": "3"}]}


def test_rebuild_counts_states_again_and_closes_those_whose_logout_never_came(track_agent, tmp_path, monkeypatch):
    told = told_status("Available", at(90))
    cleared = event("STATE_CHANGE", at(100), snapshot(told, contact("ENDED", at(99))), snapshot(told))
    track_agent(records(*morning()[:5], cleared))
    monkeypatch.setattr("cli.metrics.utc_now", lambda: at(130))
    (tmp_path / "callcenter.yaml").write_text("queues: {}\nmetrics: {short_abandon_seconds: 5}\n")
    names = {"contacts": "contacts", "agent-states": "agent_states", "metrics": "metrics", "live": "live"}
    tables = [part for name, table in names.items() for part in (f"--{name}-table", table)]

    def rebuild(*options):
        days = ["--from", "2026-11-21", "--to", "2026-11-21", "--settle-seconds", "0", "--format", "json"]
        center = ["--center", str(tmp_path / "callcenter.yaml")]
        result = CliRunner().invoke(build_metrics_app(), ["rebuild", *days, *tables, *center, *options])
        return result.exit_code, json.loads(result.stdout)

    code, told = rebuild()
    assert (code, told["mended"], told["closed"]) == (0, 6, 0)
    counters = MetricsStore(client("dynamodb"), "metrics", DAY).read_between(NINE, NINE + timedelta(hours=3))
    assert counters[Key(at(0), "agent", "mina")].available_seconds == 14 * 60
    assert counters[Key(at(15), "agent", "mina")].offers_missed == 1
    assert sum(each.unavailable_seconds for each in counters.values()) == 30 * 60
    assert rebuild("--check") == (0, {**told, "drifted": 0, "mended": 0, "drifts": []})
    monkeypatch.setattr("cli.metrics.utc_now", lambda: at(600))
    assert rebuild()[1]["closed"] == 1
    forgotten = states(AgentLog(client("dynamodb"), "agent_states"))[-1]
    assert forgotten == state("Available", at(90), at(100), inferred=True)
    assert rebuild()[1]["closed"] == 0


def test_two_streams_whose_shards_have_one_name_are_both_counted(load_handler):
    aggregate_metrics = load_handler("aggregate_metrics")
    images = [state("Available", at(0), at(10)), state("Lunch", at(10), at(14))]
    for stream, entry in zip(("arn:contacts", "arn:agents"), images, strict=True):
        change = {"SequenceNumber": "5", "NewImage": to_item(entry.to_values())}
        told = {"Records": [{"eventName": "INSERT", "dynamodb": change}], "shardId": "s1", "eventSourceARN": stream}
        for _delivery in range(2):
            assert aggregate_metrics(told)["batchItemFailures"] == []
    counters = MetricsStore(client("dynamodb"), "metrics", DAY).read_between(NINE, NINE + timedelta(hours=1))
    tally = counters[Key(at(0), "agent", "mina")]
    assert (tally.available_seconds, tally.unavailable_seconds) == (600, 240)


def test_change_stream_of_the_table_is_read_as_the_fake_tells_it(aws):
    log = MemoryAgentLog()
    log.add(state("Lunch", at(0), at(10)))
    changes = [read_change(record, TARGETS) for record in log.records]
    store = MetricsStore(client("dynamodb"), "metrics", DAY)
    apply_changes(changes, "agents/s1", store, lambda key, without: 0)
    assert store.read_between(NINE, at(15))[Key(at(0), "agent", "mina")].unavailable_seconds == 600
