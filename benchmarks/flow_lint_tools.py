"""The linters that are compared, each run on a folder of flows: what they find, where they crash, what they take."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from contactflow.lint import lint_flow
from contactflow.model import Flow

OURS = "trunkline"
PEERS = ("connect-flow", "cxblueprint")

CONNECT_FLOW = """
import json, sys, time
from importlib.metadata import version
from connect_flow import lint
from connect_flow.flow import load
found, crashes, seconds = [], {}, {}
for name in sys.argv[1:]:
    started = time.process_time()
    try:
        found += [[name, one.kind, one.identifier, one.message] for one in lint.check(load(name))]
    except Exception as error:
        crashes[name] = repr(error)
    seconds[name] = time.process_time() - started
print(json.dumps([version("connect-flow"), found, crashes, seconds]))
"""

CXBLUEPRINT = """
import json, sys, time
from importlib.metadata import version
from cxblueprint import Flow
found, crashes, seconds = [], {}, {}
for name in sys.argv[1:]:
    started = time.process_time()
    try:
        report = Flow.decompile(name).analyze()
        found += [[name, "orphaned_blocks", one, ""] for one in report["orphaned_blocks"]]
        missing = report["missing_error_handlers"].items()
        found += [[name, "missing_error_handlers", one, ", ".join(sorted(errors))] for one, errors in missing]
        found += [[name, "unterminated_paths", one, ""] for one in report["unterminated_paths"]]
    except Exception as error:
        crashes[name] = repr(error)
    seconds[name] = time.process_time() - started
print(json.dumps([version("cxblueprint"), found, crashes, seconds]))
"""


@dataclass(frozen=True)
class Found:
    """One finding of one linter: in the file of this name, by this rule, at this action."""

    file: str
    rule: str
    action: str | None
    message: str = ""


@dataclass(frozen=True)
class Run:
    """What a linter did with a folder of flows; seconds of processor time for each file."""

    version: str
    found: list[Found]
    crashes: Mapping[str, str] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)


def run_ours(paths: list[Path]) -> Run:
    """Lint with this repository's linter: parse and lint, one flow at a time."""
    found, seconds = [], {}
    for path in paths:
        text = path.read_text(encoding="utf-8")
        started = time.process_time()
        findings = lint_flow(Flow.parse(text))
        seconds[path.name] = time.process_time() - started
        found += [Found(path.name, one.rule, one.action, one.message) for one in findings]
    return Run("this repository", found, {}, seconds)


def run_peer(name: str, python: str, paths: list[Path]) -> Run | None:
    """Lint with a peer, in the Python that it is installed in; None where it is not."""
    program = CONNECT_FLOW if name == "connect-flow" else CXBLUEPRINT
    done = subprocess.run(
        [python, "-c", program, *map(str, paths)], capture_output=True, text=True, check=False, timeout=600
    )
    if done.returncode:
        return None
    version, found, crashes, seconds = json.loads(done.stdout.splitlines()[-1])
    return Run(version, [_read(one) for one in found], _by_name(crashes), _by_name(seconds))


def list_tools(python: str | None) -> Mapping[str, Callable[[list[Path]], Run | None]]:
    """Return how to run each linter, by its name."""
    peers: dict[str, Callable[[list[Path]], Run | None]] = {}
    for name in PEERS:
        peers[name] = _peer(name, python)
    return {OURS: run_ours, **peers}


def _peer(name: str, python: str | None) -> Callable[[list[Path]], Run | None]:
    return lambda paths: None if python is None else run_peer(name, python, paths)


def _read(one: list[Any]) -> Found:
    file, rule, action, message = one
    return Found(Path(file).name, rule, action, message)


def _by_name(values: Mapping[str, Any]) -> Mapping[str, Any]:
    return {Path(file).name: value for file, value in values.items()}
