"""Rows: the columns of the catalogue, all of them, and nothing personal."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.unit.contact.samples import center_document, contact_record
from trunkline.contact.agent_states import AgentOffer, AgentState
from trunkline.contact.record import parse_contact_record
from trunkline.contact.stamp import stamp_targets
from trunkline.history.datasets import AGENT_STATES, ANALYSES, CONTACTS, COUNTED, COUNTERS, DATASETS
from trunkline.history.rows import agent_row, analysis_row, contact_row, counter_row
from trunkline.metrics.keys import Key
from trunkline.metrics.tally import COUNTERS as TALLIED
from trunkline.metrics.tally import Tally
from twin.cloud.delivery.conversion import convert_records

NOW = datetime(2026, 11, 21, 18, 22, 3, 456000, tzinfo=UTC)
ANALYSIS = {
    "contact_id": "c1",
    "analysed_at": "2026-11-21T18:30:00Z",
    "language": "ko",
    "locale": "ko-KR",
    "segments": [{"speaker": "customer", "text": "제 이름은 김민아예요"}],
    "measures": {
        "talk_seconds_customer": 12.5,
        "talk_seconds_agent": 30.0,
        "silence_seconds": 4.0,
        "longest_silence_seconds": 2.5,
        "overlap_seconds": 0.5,
        "interruptions": 1,
        "talk_ratio_agent": None,
    },
    "categories": ["refund", "late_delivery"],
    "redactions": {"card": 2, "name": 1},
}


def row_of(record: dict[str, Any]) -> dict[str, Any]:
    center = center_document()
    return contact_row(stamp_targets(parse_contact_record(record), center), center, NOW)


def contact() -> dict[str, Any]:
    return row_of(contact_record())


def state() -> dict[str, Any]:
    entry = AgentState(username="mina", agent_id="a1", state="Lunch", since=NOW, until=NOW)
    return agent_row(entry, NOW)


def offer() -> dict[str, Any]:
    entry = AgentOffer(username="mina", agent_id="a1", contact_id="c1", queue="orders", at=NOW, outcome="missed")
    return agent_row(entry, NOW)


def counters() -> dict[str, Any]:
    tally = Tally(offered=3, longest_wait_seconds=60)
    for seconds in (0, 10, 60):
        tally.add_wait(seconds)
    return counter_row(Key(NOW.replace(minute=0), "queue", "orders/CHAT"), tally, NOW)


ROWS = [("contacts", contact()), ("agent_states", state()), ("agent_states", offer())]
ROWS += [("analyses", analysis_row(ANALYSIS)), ("counters", counters())]


@pytest.mark.parametrize(("dataset", "row"), ROWS)
def test_row_has_the_columns_of_its_dataset_and_fits_their_types(dataset: str, row: dict[str, Any]) -> None:
    assert list(row) == list(DATASETS[dataset])
    converted = convert_records([json.dumps(row).encode()], DATASETS[dataset])
    assert not converted.failures, converted.failures


def test_every_counter_is_a_column() -> None:
    assert set(COUNTED) == set(TALLIED)
    assert {"contacts": CONTACTS, "agent_states": AGENT_STATES, "analyses": ANALYSES, "counters": COUNTERS} == DATASETS


def test_contact_is_flat_with_its_department_and_targets_and_without_its_customer() -> None:
    row = contact()
    assert (row["queue"], row["department"], row["service_target_seconds"]) == ("orders", "Sales", 20)
    assert (row["wait_seconds"], row["talk_seconds"], row["survey_score"]) == (12, 240, 5)
    assert (row["version"], row["enqueued_at"]) == ("2026-11-21T18:21:00.000Z", "2026-11-21T18:15:40Z")
    assert (row["received_at"], row["recorded"]) == ("2026-11-21T18:22:03.456Z", True)
    text = json.dumps(row)
    for personal in ("5555550101", "C-1042", "5555550199", "main>1"):
        assert personal not in text


def test_contact_of_an_unknown_queue_has_no_department_and_no_target() -> None:
    record = contact_record(Queue={**contact_record()["Queue"], "Name": "closed_last_year"})
    row = row_of(record)
    assert (row["queue"], row["department"], row["service_target_seconds"]) == ("closed_last_year", None, None)


def test_analysis_tells_what_was_measured_and_never_what_was_said() -> None:
    row = analysis_row(ANALYSIS)
    assert (row["categories"], row["redactions"], row["talk_ratio_agent"]) == (["refund", "late_delivery"], 3, None)
    assert "김민아" not in json.dumps(row, ensure_ascii=False)


def test_states_and_offers_share_columns() -> None:
    assert (state()["kind"], state()["since"], state()["outcome"]) == ("state", "2026-11-21T18:22:03Z", None)
    assert (offer()["kind"], offer()["since"], offer()["outcome"]) == ("offer", "2026-11-21T18:22:03Z", "missed")


def test_hour_of_a_queue_has_every_counter_and_its_percentiles() -> None:
    row = counters()
    assert (row["start"], row["key"], row["channel"]) == ("2026-11-21T18:00:03Z", "orders", "CHAT")
    assert (row["offered"], row["answered"], row["longest_wait_seconds"]) == (3, 0, 60)
    assert row["wait_p50"] == pytest.approx(10, rel=0.02)
    assert row["wait_p95"] == pytest.approx(60, rel=0.02)
    assert row["handle_p50"] is None
