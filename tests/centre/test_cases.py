"""Calls of a day, written as test cases: the flows pass them without the twin."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cli.day import DayRequest, run_day
from cli.progress import Progress
from cli.synthesis import ROOT

CALLS = 10


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cases")
    run_day(DayRequest(CALLS, 3, spoken=False, cases_folder=folder), Progress(quiet=True))
    return folder


def test_every_call_becomes_a_case_in_the_names_of_the_centre(cases: Path) -> None:
    files = sorted(cases.glob("*.json"))
    assert len(files) == CALLS
    for file in files:
        case = json.loads(file.read_text(encoding="utf-8"))
        assert case["EntryPoint"]["VoiceCallEntryPointParameters"]["FlowId"] == "${flow.inbound}"
        assert "arn:aws" not in json.dumps(case)


def test_every_case_passes_offline(cases: Path) -> None:
    command = [sys.executable, "-c", "from cli.main import main; main()", "flow", "test", str(cases)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{CALLS} passed" in done.stdout
