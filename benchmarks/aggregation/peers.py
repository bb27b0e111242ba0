"""The same figures, counted as others would: of each queue and agent in quarters of an hour."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

TARGET_SECONDS, SHORT_SECONDS = 20, 5
PERCENTILES = (0.5, 0.9, 0.95)
SUMS = {
    "answered": "answered",
    "abandoned": "abandoned",
    "abandoned_short": "abandoned_short",
    "abandoned_in_target": "abandoned_in_target",
    "answered_in_target": "answered_in_target",
    "wait_answered": "wait_answered_seconds",
    "wait_abandoned": "wait_abandoned_seconds",
    "talk": "talk_seconds",
    "hold": "hold_seconds",
    "held": "held",
    "after_contact": "after_contact_work_seconds",
    "answers": "survey_answers",
    "satisfied": "survey_satisfied",
}
"""What everybody must agree on, summed over the intervals of queues: here, and in this project's tallies."""

Answer = tuple[int, ...]
"""Contacts, counters with something in them, and ``SUMS``."""


def count_with_trunkline(path: Path) -> Answer:
    """Count with the product's own code."""
    from trunkline.metrics.records import aggregate_records
    from trunkline.metrics.targets import Targets

    found = aggregate_records(path, Targets({}, SHORT_SECONDS, TARGET_SECONDS))
    for tally in found.tallies.values():
        tally.wait_quantiles(PERCENTILES)  # as the others: all figures are in the command's own row
        tally.handle_quantiles(PERCENTILES)
    queues = [tally for key, tally in found.tallies.items() if key.scope == "queue"]
    counters = sum(1 for tally in found.tallies.values() if tally.contacts)
    return found.new, counters, *(sum(getattr(tally, name) for tally in queues) for name in SUMS.values())


def count_with_orjson(path: Path) -> Answer:
    """Count parsed dictionaries in a loop; the newest version of a contact is kept until the end."""
    import orjson

    newest: dict[str, dict[str, Any]] = {}
    with path.open("rb") as file:
        for line in file:
            record = orjson.loads(line)
            known = newest.get(record["ContactId"])
            if known is None or record["LastUpdateTimestamp"] > known["LastUpdateTimestamp"]:
                newest[record["ContactId"]] = _slim(record)
    return len(newest), *_count(newest.values())


def _slim(record: Mapping[str, Any]) -> dict[str, Any]:
    """Keep what is counted: whole records of a week would not fit into memory."""
    return {name: record[name] for name in ("LastUpdateTimestamp", "InitiationMethod", "Queue", "Agent", "Attributes")}


def _count(records: Any) -> Answer:
    counters: defaultdict[tuple[int, str, str], defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    waits: defaultdict[tuple[int, str, str], list[int]] = defaultdict(list)
    handles: defaultdict[tuple[int, str, str], list[int]] = defaultdict(list)
    for record in records:
        queue, agent = record["Queue"], record["Agent"]
        key = (_quarter(queue["EnqueueTimestamp"]), "queue", queue["Name"])
        counter, wait = counters[key], queue["Duration"]
        counter["contacts"] += 1
        counter["offered"] += 1
        waits[key].append(wait)
        counter["longest"] = max(counter["longest"], wait)
        score = record["Attributes"].get("survey_score")
        if score:
            counter["answers"] += 1
            counter["satisfied"] += score in "45"
        if agent is None:
            counter["abandoned"] += 1
            counter["wait_abandoned"] += wait
            counter["abandoned_short"] += wait <= SHORT_SECONDS
            counter["abandoned_in_target"] += wait <= TARGET_SECONDS
        else:
            own = (_quarter(agent["ConnectedToAgentTimestamp"]), "agent", agent["Username"])
            talk, hold = agent["AgentInteractionDuration"], agent["CustomerHoldDuration"]
            work = agent["AfterContactWorkDuration"]
            counters[own]["contacts"] += 1
            if score:
                counters[own]["answers"] += 1
                counters[own]["satisfied"] += score in "45"
            for each in (key, own):
                counter = counters[each]
                counter["answered"] += 1
                counter["answered_in_target"] += wait <= TARGET_SECONDS
                counter["wait_answered"] += wait
                counter["talk"] += talk
                counter["hold"] += hold
                counter["held"] += agent["NumberOfHolds"] > 0
                counter["after_contact"] += work
                handles[each].append(talk + hold + work)
    for each in (*waits.values(), *handles.values()):
        each.sort()
        for share in PERCENTILES:
            each[int(share * (len(each) - 1))]
    queues = [counter for key, counter in counters.items() if key[1] == "queue"]
    return len(counters), *(sum(counter[name] for counter in queues) for name in SUMS)


def _quarter(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp()) // 900


def count_with_pydantic(path: Path) -> Answer:
    """Validate every record by models of all its fields, then count in the same loop."""
    from benchmarks.aggregation.models import Record

    newest: dict[str, Any] = {}
    with path.open("rb") as file:
        for line in file:
            record = Record.model_validate_json(line)
            known = newest.get(record.ContactId)
            if known is None or record.LastUpdateTimestamp > known["version"]:
                newest[record.ContactId] = {"version": record.LastUpdateTimestamp, **record.counted()}
    return len(newest), *_count(newest.values())


def count_with_duckdb(path: Path) -> Answer:
    """Ask one thread of DuckDB for the same counters and percentiles."""
    import duckdb

    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    connection.execute("SET enable_progress_bar = false")
    sql = (Path(__file__).parent / "count.sql").read_text()
    connection.execute("SET VARIABLE records = ?", [str(path)])
    answer = connection.execute(sql)
    names = [column[0] for column in answer.description]
    rows = answer.fetchall()
    queues = [dict(zip(names, row, strict=True)) for row in rows if row[1] == "queue"]
    (contacts,) = connection.execute("SELECT count(*) FROM newest").fetchone() or (0,)
    return contacts, len(rows), *(sum(row[name] or 0 for row in queues) for name in SUMS)


PEERS: Mapping[str, Callable[[Path], Answer]] = {
    "trunkline": count_with_trunkline,
    "orjson": count_with_orjson,
    "pydantic": count_with_pydantic,
    "duckdb": count_with_duckdb,
}

if __name__ == "__main__":
    import resource
    import time

    name, records = sys.argv[1:]
    print(*PEERS[name](Path(records)))
    print(time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
