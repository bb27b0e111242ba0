"""A day's history: what went through Firehose and Glue into files answers as the counters do."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cli.history import PRICES, QUERIES
from cli.history_files import keep_history, open_folder
from tests.centre.centre import open_centre
from trunkline.history.constants import query_constants
from trunkline.history.datasets import DATASETS
from trunkline.history.queries import read_queries
from twin.cloud.athena.engine import Answer, ask
from twin.cloud.athena.parameters import substitute

COMPARED = (
    *("contacts", "offered", "answered", "abandoned", "abandoned_short", "ended_in_menu", "callbacks"),
    *("talk_seconds", "hold_seconds", "after_contact_work_seconds", "survey_answers", "survey_satisfied"),
)


class KeptDay:
    """A faulty day of the sample centre, its figures as the console shows them, and its history in a folder."""

    def __init__(self, folder: Path) -> None:
        with open_centre(calls=30) as centre:
            report = centre.finish()
            assert report["equal"], report["differences"]
            session, self.day = centre.session, centre.day
            self.measured = session.console.metrics(self.day)
            self.files = keep_history(session, folder)
            self.tables = open_folder(folder)
            document = json.loads(session.center.model_dump_json(by_alias=True))
            self._constants = query_constants(document, json.loads(PRICES.read_text(encoding="utf-8")))
            self.deployed = self._ask_athena(session.cloud, "service_by_interval")
            self.analysed = report["whole"]["with_analysis"]

    def sql(self, name: str) -> str:
        saved = read_queries(QUERIES)[name]
        values = saved.parameters(self._constants, {"from_day": self.day, "to_day": self.day})
        return substitute(saved.write(self._constants), values)

    def ask(self, name: str) -> Answer:
        return ask(self.sql(name), self.tables)

    def _ask_athena(self, cloud: Any, name: str) -> list[list[str | None]]:
        athena = cloud.client("athena")
        saved = next(
            query
            for one in athena.list_named_queries(WorkGroup="trunkline-dev")["NamedQueryIds"]
            if (query := athena.get_named_query(NamedQueryId=one)["NamedQuery"])["Name"] == name
        )
        days = saved["Description"].rsplit("Asks: ", 1)[1].count("_day")
        execution = athena.start_query_execution(
            QueryString=saved["QueryString"],
            ExecutionParameters=[f"'{self.day}'"] * days,
            QueryExecutionContext={"Database": saved["Database"]},
            WorkGroup=saved["WorkGroup"],
        )["QueryExecutionId"]
        cloud.run_until(cloud.clock.now() + timedelta(seconds=5))
        rows = athena.get_query_results(QueryExecutionId=execution)["ResultSet"]["Rows"]
        return [[datum.get("VarCharValue") for datum in row["Data"]] for row in rows[1:]]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> KeptDay:
    return KeptDay(tmp_path_factory.mktemp("history"))


def test_hours_of_history_add_up_to_the_consoles_day(kept: KeptDay) -> None:
    sums: Counter[str] = Counter()
    for row in kept.ask("service_by_interval").as_mappings():
        sums.update({name: int(row[name]) for name in COMPARED})
    assert {name: sums[name] for name in COMPARED} == {name: kept.measured["total"][name] for name in COMPARED}


def test_athena_answers_what_the_same_sql_answers_over_a_copy(kept: KeptDay) -> None:
    rows = kept.ask("service_by_interval").rows
    assert rows
    assert [row[1:] for row in kept.deployed] == [[str(value) for value in row[1:]] for row in rows]


def test_every_conversation_that_was_analysed_is_in_history_once_and_without_words(kept: KeptDay) -> None:
    answer = ask("SELECT count(DISTINCT contact_id) FROM analyses WHERE categories IS NOT NULL", kept.tables)
    assert answer.rows == [(kept.analysed,)]
    assert "segments" not in DATASETS["analyses"]


def test_agents_time_is_there(kept: KeptDay) -> None:
    rows = {row["agent"]: row for row in kept.ask("agent_time").as_mappings()}
    worked = {name: figures for name, figures in kept.measured["agents"].items() if figures["answered"]}
    assert worked
    for name, figures in worked.items():
        assert rows[name]["worked_contact_seconds"] == figures["worked_contact_seconds"]
        assert rows[name]["worked_after_contact_seconds"] == figures["worked_after_contact_seconds"]
        assert rows[name]["available_seconds"] == figures["available_seconds"]
        assert rows[name]["unavailable_seconds"] == figures["unavailable_seconds"]
