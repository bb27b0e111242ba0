"""A log of the bank, replayed: what was measured is what the log says."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cli.bank_log import COLUMNS
from cli.errors import UsageError
from cli.progress import Progress
from cli.replay import run_replay
from cli.session import BANK_CENTER

REAL_LOG = Path(__file__).parents[3] / "shared" / "data" / "calls" / "anonymous_bank_1999_02.tsv"
DAY = date(1999, 2, 27)
# Line, call, customer, priority, type, date, menu (entry, exit, seconds), queue, outcome, service, agent.
LOG = """
AA0101 1 11111111 2 PS 990227 8:00:00 8:00:10 10 8:00:10 8:00:40 30 AGENT 8:00:40 8:02:01 81 DORIT
AA0102 2 0 0 NW 990227 8:00:05 8:00:11 6 0:00:00 0:00:00 0 AGENT 8:00:11 8:00:11 0 TOVA
AA0103 3 22222222 1 IN 990227 8:00:05 8:00:12 7 8:00:12 8:00:32 20 AGENT 8:00:32 8:10:32 600 TOVA
AA0104 4 0 0 PS 990227 8:00:06 8:00:12 6 8:00:12 8:00:33 21 AGENT 8:00:33 8:01:00 27 NO_SERVER
AA0105 5 0 0 PS 990227 8:01:00 8:01:05 5 8:01:05 8:01:10 5 HANG 0:00:00 0:00:00 0 NO_SERVER
AA0106 6 0 0 PS 990227 8:01:00 8:01:05 5 8:01:05 8:01:11 6 HANG 0:00:00 0:00:00 0 NO_SERVER
AA0107 7 33333333 2 NE 990227 8:02:00 8:02:09 9 8:02:09 8:17:17 908 HANG 0:00:00 0:00:00 0 NO_SERVER
AA0108 8 0 0 TT 990227 8:03:00 8:03:04 4 0:00:00 0:00:00 0 HANG 0:00:00 0:00:00 0 NO_SERVER
AA0109 9 0 0 PE 990227 8:03:00 8:03:00 0 8:03:00 8:03:30 30 AGENT 8:03:30 8:04:30 60 DORIT
AA0110 9 0 0 PE 990227 8:03:00 8:03:00 0 8:03:00 8:03:30 30 AGENT 8:03:30 8:04:30 60 DORIT
AA0111 11 0 0 PS 990227 8:05:00 8:05:07 7 0:00:00 0:00:00 0 PHANTOM 0:00:00 0:00:00 0 NO_SERVER
AA0112 12 0 0 PS 990227 12:14:50 12:14:59 9 12:14:59 12:15:01 2 AGENT 12:15:01 12:16:01 60 AVNI
AA0113 13 0 0 TT 990227 23:58:00 23:58:05 5 23:58:05 23:59:05 60 AGENT 23:59:05 0:09:05 600 AVNI
AA0114 14 0 0 PS 990227 14:00:10 14:00:04 -6 14:00:04 14:00:24 20 AGENT 14:00:24 14:01:24 60 MORIAH
AA0115 15 0 0 PS 990228 8:00:00 8:00:10 10 8:00:10 8:00:40 30 AGENT 8:00:40 8:02:01 81 DORIT
AA0116 16 0 0 PS 990227 9:00:00 9:00:10 10 9:00:10 9:00:40 30 AGENT 9:00:40 9:02:01 long DORIT
AA0117 17 0 0 PS 990227 9:00:00 9:75:10 10 9:00:10 9:00:40 30 AGENT 9:00:40 9:02:01 81 DORIT
AA0118 18 0 0 PS 990227 9:00:00 9:00:10 10 9:00:10 9:00:40 30 LOST 9:00:40 9:02:01 81 DORIT
AA0119 19 0 0 PS 99022x 9:00:00 9:00:10 10 9:00:10 9:00:40 30 AGENT 9:00:40 9:02:01 81 DORIT
AA0120 20 0 0 PS 990227 9:00:00 9:00:10
"""


def write_log(folder: Path, text: str) -> Path:
    path = folder / "log.tsv"
    rows = ["\t".join(row.split()) for row in text.strip().splitlines()]
    path.write_text("\n".join(["\t".join(COLUMNS), *rows]) + "\n", encoding="utf-8")
    return path


def replayed(log: Path, day: date = DAY) -> dict[str, Any]:
    return run_replay(log, day, center_file=BANK_CENTER, progress=Progress(quiet=True))


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return replayed(write_log(tmp_path_factory.mktemp("log"), LOG))


def test_measured_is_what_the_log_says(report: dict[str, Any]) -> None:
    assert report["differences"] == []
    assert report["equal"]
    assert report["measured"] == report["log"]


def test_figures_are_those_that_one_counts_by_hand(report: dict[str, Any]) -> None:
    measured = report["measured"]
    by_hand = {
        "contacts": 13,
        "offered": 12,
        "answered": 9,
        "abandoned": 3,
        "abandoned_short": 1,
        "ended_in_menu": 1,
        "answered_in_target": 4,
        "abandoned_in_target": 2,
        "talk_seconds": 81 + 0 + 600 + 27 + 60 + 60 + 60 + 600 + 60,
        "wait_answered_seconds": 30 + 0 + 20 + 21 + 30 + 30 + 2 + 60 + 20,
        "wait_abandoned_seconds": 5 + 6 + 908,
        "longest_wait_seconds": 908,
    }
    assert {key: measured[key] for key in by_hand} == by_hand
    assert measured["service_level"]["c"] == pytest.approx(100 * 6 / 12)


def test_dirty_rows_are_told_by_line_and_cause_and_are_not_fatal(report: dict[str, Any]) -> None:
    assert [row["line"] for row in report["rejected"]] == [17, 18, 19, 20, 21]
    causes = ["ser_time is 'long'", "vru_exit is '9:75:10'", "outcome is 'LOST'", "date is '99022x'", "17 columns"]
    assert all(cause in row["cause"] for cause, row in zip(causes, report["rejected"], strict=True))
    assert (report["date"], report["rows"], report["phantom"]) == ("1999-02-27", 18, 1)


def test_service_that_no_key_leads_to_is_named_before_anything_rings(tmp_path: Path) -> None:
    row = LOG.strip().splitlines()[0].replace(" PS ", " XX ")
    with pytest.raises(UsageError, match="line 2: no menu choice leads to service 'XX'"):
        replayed(write_log(tmp_path, row))


def test_day_that_the_log_does_not_cover_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no call on 1999-03-01"):
        replayed(write_log(tmp_path, LOG), date(1999, 3, 1))


@pytest.mark.shared
@pytest.mark.skipif(not REAL_LOG.exists(), reason="the bank's log is not beside the project")
def test_real_day_agrees() -> None:
    report = replayed(REAL_LOG)
    assert report["differences"] == []
    assert report["rejected"] == []
    assert (report["rows"], report["measured"]["contacts"]) == (196, report["log"]["contacts"])
    assert report["log"]["contacts"] + report["phantom"] == 196
