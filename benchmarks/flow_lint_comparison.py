"""Side by side with connect-flow and cxblueprint, on published flows: who finds what, and who is right.

Every finding is held against the verdicts in ``results/flow_lint_judgements.json``, given by hand; one without
verdict ends the run. Faults put in on purpose show who notices them. Run::

    python -m benchmarks.flow_lint_comparison FLOWS [PYTHON_WITH_PEERS] > benchmarks/results/flow_lint.md

where the peers are installed with ``python -m venv peers && peers/bin/pip install connect-flow cxblueprint``.
Without them their columns are marked as skipped.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.flow_lint_faults import FAULTS, NAMED_BY, put_faults
from benchmarks.flow_lint_tools import Found, Run, list_tools

JUDGEMENTS = Path(__file__).parent / "results" / "flow_lint_judgements.json"
SKIPPED = "skipped: not installed"


def main(flows: Path, python: str | None) -> None:
    """Print the comparison; end with an error where a finding was never judged."""
    paths = sorted(flows.glob("*.json"))
    tools = list_tools(python)
    runs = {name: run(paths) for name, run in tools.items()}
    judgements = json.loads(JUDGEMENTS.read_text(encoding="utf-8"))
    verdicts = {key: one for one in judgements for key in _keys(one)}
    _refuse_unjudged(runs, verdicts)
    lines = [
        "# Linting published flows",
        "",
        f"{len(paths)} flows and modules that AWS has published in its samples. Every finding was judged by hand",
        "against the documentation of the service: [the verdicts](flow_lint_judgements.json). Made by",
        "`python -m benchmarks.flow_lint_comparison`.",
        "",
        *_compare(runs, verdicts, len(paths)),
        "",
        *_time(runs),
        "",
        "## Faults put in on purpose",
        "",
        "Each fault is put into every flow that has a place for it; noticed means told for what it is. The loop that",
        "is not told stands in a queue flow, where an agent's answer ends it.",
        "",
        *_compare_faults(paths, tools, runs),
        "",
        "## Every finding, and why it is right or wrong",
        "",
        *_tell_verdicts(runs, judgements),
    ]
    print("\n".join(lines))


def _keys(judgement: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str | None]]:
    for action in judgement["actions"]:
        yield judgement["tool"], judgement["rule"], judgement["file"], action


def _key(tool: str, one: Found) -> tuple[str, str, str, str | None]:
    return tool, one.rule, one.file, one.action


def _refuse_unjudged(runs: Mapping[str, Run | None], verdicts: Mapping[Any, Any]) -> None:
    unjudged = [_key(tool, one) for tool, run in runs.items() if run for one in run.found]
    unjudged = [key for key in unjudged if key not in verdicts]
    if unjudged:
        told = "\n".join(map(str, unjudged))
        raise SystemExit(f"Never judged, add a verdict to {JUDGEMENTS.name}:\n{told}")


def _compare(runs: Mapping[str, Run | None], verdicts: Mapping[Any, Any], flows: int) -> Iterator[str]:
    yield "| linter | version | findings | right | wrong | flows it crashes on |"
    yield "|---|---|---:|---:|---:|---:|"
    for tool, run in runs.items():
        if run is None:
            yield f"| {tool} | {SKIPPED} | | | | |"
            continue
        told = Counter(verdicts[_key(tool, one)]["verdict"] for one in run.found)
        crashes = f"{len(run.crashes)} of {flows}"
        yield f"| {tool} | {run.version} | {len(run.found)} | {told['right']} | {told['wrong']} | {crashes} |"


def _time(runs: Mapping[str, Run | None]) -> Iterator[str]:
    yield "| linter | median ms a flow, processor time, read and linted | slowest |"
    yield "|---|---:|---:|"
    for tool, run in runs.items():
        if run is None:
            yield f"| {tool} | {SKIPPED} | |"
        else:
            milliseconds = [1000 * seconds for seconds in run.seconds.values()]
            yield f"| {tool} | {statistics.median(milliseconds):.1f} | {max(milliseconds):.1f} |"


def _compare_faults(paths: list[Path], tools: Mapping[str, Any], runs: Mapping[str, Run | None]) -> Iterator[str]:
    yield "| fault | flows | " + " | ".join(tools) + " |"
    yield "|---|---:|" + "---:|" * len(tools)
    with tempfile.TemporaryDirectory() as folder:
        places = _write_faults(paths, Path(folder))
        noticed = {tool: _notice(places, tools[tool], runs[tool]) for tool in tools}
    for name in FAULTS:
        flows = sum(fault == name for fault, _ in places.values())
        cells = (SKIPPED if found is None else str(found[name]) for found in noticed.values())
        yield f"| {name} | {flows} | " + " | ".join(cells) + " |"


def _write_faults(paths: list[Path], folder: Path) -> Mapping[Path, tuple[str, str]]:
    places: dict[Path, tuple[str, str]] = {}
    for path in paths:
        for number, (name, document) in enumerate(put_faults(json.loads(path.read_text(encoding="utf-8")))):
            place = folder / f"{number}-{len(places)}.json"
            place.write_text(json.dumps(document), encoding="utf-8")
            places[place] = (name, path.name)
    return places


def _notice(places: Mapping[Path, tuple[str, str]], tool: Any, before: Run | None) -> Counter[str] | None:
    run = tool(list(places))
    if run is None or before is None:
        return None
    known, after = _count(before), _count(run)
    noticed: Counter[str] = Counter()
    for place, (name, file) in places.items():
        new = after[place.name] - known[file]
        noticed[name] += any(rule in NAMED_BY[name] for rule, _, _ in new)
    return noticed


def _count(run: Run) -> Mapping[str, Counter[tuple[str, str | None, str]]]:
    counted: dict[str, Counter[tuple[str, str | None, str]]] = defaultdict(Counter)
    for one in run.found:
        counted[one.file][one.rule, one.action, one.message] += 1
    return counted


def _tell_verdicts(runs: Mapping[str, Run | None], judgements: list[Mapping[str, Any]]) -> Iterator[str]:
    yield "| linter | rule | flow | actions | verdict | because |"
    yield "|---|---|---|---:|---|---|"
    found = {_key(tool, one) for tool, run in runs.items() if run for one in run.found}
    for one in judgements:
        actions = [action for key, action in zip(_keys(one), one["actions"], strict=True) if key in found]
        if not actions:
            continue
        named = "<br>".join(f"`{action}`" for action in actions[:3] if action)
        more = f"<br>and {len(actions) - 3} more" if len(actions) > 3 else ""
        because = one["because"].replace("|", "\\|")
        flow = f"`{Path(one['file']).stem}`"
        yield f"| {one['tool']} | {one['rule']} | {flow} | {named}{more} | {one['verdict']} | {because} |"


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(f"usage: python -m {__spec__.name} FLOWS [PYTHON_WITH_PEERS]")
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None)
