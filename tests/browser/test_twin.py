"""The console in a real browser, against the twin: the sample centre is open and calls come in."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.running import names_of, require_console, run_scenarios

MODULE = "twin_scenarios.mjs"
ROOT = Path(__file__).resolve().parents[2]
UP = "from cli.main import main; main()"
OPTIONS = ("--port", "0", "--speed", "20", "--calls-per-hour", "200", "--silent", "--seconds", "90")


@pytest.fixture(scope="module")
def twin_address() -> Iterator[str]:
    require_console()
    twin = subprocess.Popen(
        [sys.executable, "-c", UP, "up", *OPTIONS],
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert twin.stdout is not None
    said = []
    for line in twin.stdout:
        said.append(line)
        address = re.search(r"Console: (http://\S+)/", line)
        if address:
            break
    else:
        pytest.fail(f"the twin did not open: {''.join(said)}")
    yield address[1]
    twin.terminate()
    twin.communicate()


@pytest.fixture(scope="module")
def outcomes(twin_address: str) -> dict[str, str | None]:
    return run_scenarios(MODULE, twin_address)


@pytest.mark.parametrize("name", names_of(MODULE))
def test_on_the_twin(name: str, outcomes: dict[str, str | None]) -> None:
    error = outcomes[name]
    assert error is None, error
