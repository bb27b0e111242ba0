"""A month of a real call centre, counted by the fold's rules, gives the published figures."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from trunkline.contact.model import Contact
from trunkline.metrics.figures import add_up, to_figures
from trunkline.metrics.rules import Key, Targets, count_contact
from trunkline.metrics.tally import Tally

LOG = Path(__file__).parents[4] / "shared" / "data" / "calls" / "anonymous_bank_1999_02.tsv"


def contacts():
    with LOG.open(newline="", encoding="latin-1") as file:
        for number, read in enumerate(csv.DictReader(file, delimiter="\t")):
            row = {name.strip(): (value or "").strip() for name, value in read.items() if name}
            if row["outcome"] == "PHANTOM":
                continue
            begin = datetime(1999, 2, 1, tzinfo=UTC) + timedelta(seconds=number)
            queued = not (row["outcome"] == "HANG" and row["q_start"] == "0:00:00" and row["q_time"] == "0")
            answered = row["outcome"] == "AGENT"
            ended = "abandoned" if queued else "ended_in_menu"
            yield Contact(
                contact_id=str(number),
                version=begin,
                initiated_at=begin,
                channel="VOICE",
                initiation_method="INBOUND",
                queue="bank" if queued else None,
                enqueued_at=begin if queued else None,
                wait_seconds=int(row["q_time"]) if queued else None,
                agent=row["server"] if answered else None,
                answered_at=begin if answered else None,
                talk_seconds=int(row["ser_time"]) if answered else None,
                outcome="answered" if answered else ended,
            )


@pytest.mark.shared
def test_february_1999():
    if not LOG.exists():
        pytest.skip("the measuring data is not beside the project")
    targets = Targets({"bank": 20}, short_abandon_seconds=5)
    totals: defaultdict[Key, Tally] = defaultdict(Tally)
    for contact in contacts():
        count_contact(contact, targets, totals)
    figures = to_figures(add_up(tally for key, tally in totals.items() if key.scope != "agent"))
    assert (figures["answered"], figures["abandoned"], figures["ended_in_menu"]) == (27_162, 3_963, 1_941)
    assert round(figures["abandonment_rate"], 4) == 12.7325
    assert round(figures["average_speed_of_answer_seconds"], 4) == 40.7743
    assert round(figures["average_abandon_time_seconds"], 4) == 65.5299
    assert figures["longest_wait_seconds"] == 908
    levels = [round(level, 4) for level in figures["service_level"].values()]
    assert levels == [52.0771, 59.6753, 56.1157, 54.2688, 52.5396]
    assert round(figures["talk_seconds"] / figures["answered"], 4) == 176.3530
