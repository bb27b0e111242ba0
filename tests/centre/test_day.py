"""A day of calls: what was measured is what happened, and the same seed gives the same day."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import Any

import pytest

from cli.day import DayRequest, rough_delivery, run_day
from cli.figures import CONVENTIONS, COUNTS, RATES
from cli.progress import Progress
from cli.synthesis import ROOT
from tests.centre.centre import open_centre

CALLS = 10
TIMED = ("contacts_per_second", "seconds")


def run(seed: int = 3, **changes: Any) -> dict[str, Any]:
    return run_day(DayRequest(CALLS, seed, spoken=False, **changes), Progress(quiet=True))


def bytes_of(report: dict[str, Any]) -> str:
    return json.dumps({key: value for key, value in report.items() if key not in TIMED}, indent=2, ensure_ascii=False)


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    return run()


def test_measured_is_what_happened(report: dict[str, Any]) -> None:
    assert report["differences"] == []
    assert report["equal"]
    assert report["measured"] == report["truth"]
    assert report["contacts"] == report["measured"]["contacts"] == CALLS


def test_every_recorded_call_has_recording_transcript_and_analysis(report: dict[str, Any]) -> None:
    whole = report["whole"]
    assert whole["recorded"] == whole["with_recording"] == whole["with_analysis"]
    assert whole["recorded"] >= report["truth"]["answered"] > 0
    assert whole["with_failure"] == 0
    assert report["failures"] == {}


def test_no_role_was_asked_for_what_it_does_not_allow(report: dict[str, Any]) -> None:
    assert report["denials"] == []


def test_json_has_the_documented_keys(report: dict[str, Any]) -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    section = text.split("## `trunkline day")[1].split("\n## ")[0]
    documented = {key for row in re.findall(r"^\| (`.*?`) \|", section, re.M) for key in re.findall(r"`(\w+)`", row)}
    assert set(report) == documented
    for figures in (report["truth"], report["measured"]):
        assert set(figures) == {*COUNTS, *RATES, "service_level"}
        assert tuple(figures["service_level"]) == CONVENTIONS
    assert {"currency", "per_call", "orchestration", "telephony", "transcription", "storage"} <= set(report["bill"])
    assert {"usage", "fixed_monthly"} <= set(report["bill"])
    assert set(report["seconds"]) == {"setup", "run", "compare"}


def test_same_seed_gives_the_same_bytes_again(report: dict[str, Any]) -> None:
    assert bytes_of(run()) == bytes_of(report)


def test_same_seed_gives_the_same_bytes_in_a_process_that_hashes_otherwise(report: dict[str, Any]) -> None:
    command = [sys.executable, "-c", "from cli.main import main; main()", "day", "--silent", "--format", "json"]
    done = subprocess.run(
        [*command, "--calls", str(CALLS), "--seed", "3"],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "4711"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert bytes_of(json.loads(done.stdout)) == bytes_of(report)


def test_another_seed_is_another_day(report: dict[str, Any]) -> None:
    other = run(seed=4)
    assert other["equal"]
    assert other["truth"] != report["truth"]


@pytest.mark.parametrize("seed", [3, 5])
def test_lost_repeated_late_and_corrected_messages_change_no_figure(report: dict[str, Any], seed: int) -> None:
    rough = run(seed, faults=rough_delivery())
    assert rough["differences"] == []
    assert rough["denials"] == []
    assert rough["failures"] == {}
    whole = rough["whole"]
    assert whole["with_recording"] == whole["with_analysis"] == whole["recorded"]
    if seed == 3:
        assert rough["truth"] == report["truth"]


def test_board_knows_who_is_at_the_desk() -> None:
    with open_centre(2) as centre:
        centre.run_until(10, 30)
        network = centre.session.network
        at_desk = {name for name in network.usernames() if network.desk(name).logged_in}
        board = {one["username"]: one["state"] for one in centre.session.console.live()["agents"]}
        assert at_desk
        assert {name for name, state in board.items() if state != "offline"} == at_desk
