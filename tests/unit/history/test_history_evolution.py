"""Files of other days: columns that came, columns that went, a backfill, and folders that are not there."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.errors import UsageError
from cli.history import build_history_app
from cli.history_files import open_folder
from tests.unit.contact.samples import ROOT, contact_record
from tests.unit.history.days import FIRST, LAST, Delivery, ask_query, newest, write_contacts, write_rows
from trunkline.contact.record import parse_contact_record
from trunkline.contact.stamp import stamp_targets
from trunkline.history.datasets import CONTACTS, DATASETS
from trunkline.history.queries import QueryError, read_query
from trunkline.history.rows import contact_row
from twin.cloud.athena.engine import ask
from twin.cloud.delivery.conversion import convert_records

DAY = date(2026, 11, 21)
CENTER = str(ROOT / "callcenter.yaml")
RUNNER = CliRunner()


def row_of(record: dict[str, Any]) -> dict[str, Any]:
    from tests.unit.history.days import CENTER as DOCUMENT

    contact = stamp_targets(parse_contact_record(record), DOCUMENT)
    return contact_row(contact, DOCUMENT, datetime.fromisoformat("2026-11-21T18:22:00+00:00"))


def write_old_file(folder: Path, columns: dict[str, str], row: dict[str, Any]) -> None:
    target = folder / "history" / "contacts" / "day=2026-11-21"
    target.mkdir(parents=True, exist_ok=True)
    converted = convert_records([json.dumps(row).encode()], columns)
    (target / "old.parquet").write_bytes(converted.parquet)


def test_file_from_before_a_column_was_there_answers_null_for_it(tmp_path: Path) -> None:
    row = row_of(contact_record())
    old = {name: kind for name, kind in CONTACTS.items() if name not in {"disposition", "received_at", "recorded"}}
    write_old_file(tmp_path, old, row)
    write_rows(tmp_path, "contacts", "2026-11-21", [{**row, "contact_id": "new", "disposition": "refund"}])
    answer = ask("SELECT contact_id, disposition FROM contacts ORDER BY contact_id DESC", open_folder(tmp_path))
    assert answer.rows == [("new", "refund"), (row["contact_id"], None)]
    (hour,) = ask_query("service_by_interval", tmp_path, DAY, DAY)
    assert (hour["offered"], hour["answered"]) == (2, 2)


def test_only_old_files_still_answer_every_query(tmp_path: Path) -> None:
    old = {name: kind for name, kind in CONTACTS.items() if name not in {"disposition", "department"}}
    write_old_file(tmp_path, old, row_of(contact_record()))
    (cost,) = ask_query("cost_by_department", tmp_path, DAY, DAY)
    assert (cost["department"], cost["contacts"]) == ("-", 1)
    assert {row["driver"] for row in ask_query("drivers", tmp_path, DAY, DAY)} == {"queue", "language"}


def test_column_that_was_dropped_stays_unread(tmp_path: Path) -> None:
    row = {**row_of(contact_record()), "mood": "cheerful"}
    write_old_file(tmp_path, {**CONTACTS, "mood": "string"}, row)
    (table,) = [table for table in open_folder(tmp_path) if table.name == "contacts"]
    answer = ask("SELECT * FROM contacts", [table])
    assert [name for name, _ in answer.columns] == [*CONTACTS, "day"]


def test_number_that_became_longer_reads_in_old_files(tmp_path: Path) -> None:
    row = row_of(contact_record())
    write_old_file(tmp_path, {**CONTACTS, "wait_seconds": "smallint"}, row)
    write_rows(tmp_path, "contacts", "2026-11-22", [{**row, "contact_id": "new"}])
    answer = ask("SELECT wait_seconds FROM contacts", open_folder(tmp_path))
    assert (answer.columns, answer.rows) == ((("wait_seconds", "INTEGER"),), [(12,), (12,)])


def records(folder: Path, *more: str) -> Path:
    path = folder / "records.jsonl"
    other = contact_record(ContactId="c2", Attributes={}, LastUpdateTimestamp="2026-11-21T18:25:00Z")
    lines = [json.dumps(contact_record()), json.dumps(other), *more]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def backfill(file: Path, folder: Path) -> Any:
    return RUNNER.invoke(build_history_app(), ["backfill", str(file), "--into", str(folder), "--center", CENTER])


def test_backfilled_records_answer_like_delivered_ones_however_often(tmp_path: Path) -> None:
    file, folder = records(tmp_path), tmp_path / "history"
    for _again in range(2):
        done = backfill(file, folder)
        assert done.exit_code == 0, done.output
        assert "2 contact records added, 0 rejected" in done.output
    write_rows(folder, "contacts", "2026-11-21", [row_of(contact_record())])
    (hour,) = ask_query("service_by_interval", folder, DAY, DAY)
    assert (hour["offered"], hour["talk_seconds"], hour["survey_answers"]) == (2, 480, 1)
    columns = ask("DESCRIBE contacts", open_folder(folder))
    assert [row[0] for row in columns.rows] == [*CONTACTS, "day"]


def test_backfill_does_not_replace_what_is_newer(tmp_path: Path) -> None:
    corrected = contact_record(LastUpdateTimestamp="2026-11-23T00:00:00Z", Attributes={"survey_score": "1"})
    write_rows(tmp_path, "contacts", "2026-11-23", [row_of(corrected)])
    backfill(records(tmp_path), tmp_path)
    (hour,) = ask_query("service_by_interval", tmp_path, DAY, DAY)
    assert (hour["offered"], hour["survey_score_sum"]) == (2, 1)


def test_backfill_names_lines_that_it_rejects_and_adds_the_others(tmp_path: Path) -> None:
    done = backfill(records(tmp_path, '{"ContactId": "c3"}', "no JSON"), tmp_path / "history")
    assert done.exit_code == 1
    assert "line 3: contact record: LastUpdateTimestamp: is missing" in done.output
    assert "line 4: the data is not JSON" in done.output
    assert "2 contact records added, 2 rejected" in done.output


def test_query_command_prints_the_answer_as_json_and_csv(tmp_path: Path, deliveries: list[Delivery]) -> None:
    write_contacts(tmp_path, deliveries)
    arguments = ["query", "volume_heat_map", "--from", str(FIRST), "--to", str(LAST), "--folder", str(tmp_path)]
    arguments += ["--center", CENTER, "--format"]
    told = RUNNER.invoke(build_history_app(), [*arguments, "json"])
    assert told.exit_code == 0, told.output
    rows = json.loads(told.output)
    assert rows == ask_query("volume_heat_map", tmp_path)
    assert 0 < sum(row["contacts"] for row in rows) < len(newest(deliveries))
    header = RUNNER.invoke(build_history_app(), [*arguments, "csv"]).output.splitlines()[0]
    assert header.split(",") == list(rows[0])


def test_folder_without_history_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="aws s3 sync"):
        open_folder(tmp_path)
    assert len(DATASETS) == 4


def test_query_must_say_what_it_tells(tmp_path: Path) -> None:
    path = tmp_path / "silent.sql"
    path.write_text("SELECT 1", encoding="utf-8")
    with pytest.raises(QueryError, match="does not begin with a comment"):
        read_query(path)
