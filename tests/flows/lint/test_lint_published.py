"""Published flows: every finding has been judged by hand, and none is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from contactflow.lint import lint_flow
from contactflow.model import Flow

ROOT = Path(__file__).parents[3]
PUBLISHED = ROOT.parent / "shared" / "data" / "flows"
FLOWS = sorted(PUBLISHED.glob("*.json")) if PUBLISHED.is_dir() else []
JUDGEMENTS = json.loads((ROOT / "benchmarks" / "results" / "flow_lint_judgements.json").read_text(encoding="utf-8"))


def test_no_finding_of_ours_was_judged_wrong() -> None:
    ours = [one for one in JUDGEMENTS if one["tool"] == "trunkline"]
    assert ours
    assert {one["verdict"] for one in ours} == {"right"}


@pytest.mark.shared
@pytest.mark.skipif(not FLOWS, reason=f"no published flows in {PUBLISHED}")
@pytest.mark.parametrize("path", FLOWS or [None], ids=lambda path: path.stem[:60] if path else "none")
def test_what_is_found_in_a_published_flow_is_what_was_judged(path: Path) -> None:
    judged = {
        (one["rule"], action)
        for one in JUDGEMENTS
        if one["tool"] == "trunkline" and one["file"] == path.name
        for action in one["actions"]
    }
    found = lint_flow(Flow.parse(path.read_text(encoding="utf-8")))
    assert {(finding.rule, finding.action) for finding in found} == judged
