"""The comparison with other linters: its faults, and its verdicts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.flow_lint_comparison import main
from benchmarks.flow_lint_faults import FAULTS, NAMED_BY, put_faults
from contactflow.lint import lint_flow
from contactflow.model import Flow
from tests.flows.lint.building import ask, compare, flow, invoke, say

EVERYTHING = flow(
    say("hello", "Hello", then="channel"),
    compare("channel", "$.Channel", {"CHAT": "sorry"}, otherwise="menu"),
    ask("menu", {"1": "function"}, silent="sorry"),
    invoke(then="sorry", fails="end"),
    say("sorry", "Sorry"),
).serialise()


def test_each_fault_is_told_for_what_it_is() -> None:
    assert lint_flow(Flow.parse(EVERYTHING)) == []
    faults = dict(put_faults(EVERYTHING))
    assert list(faults) == list(FAULTS)
    for name, document in faults.items():
        assert NAMED_BY[name] & {finding.rule for finding in lint_flow(Flow.parse(document))}, name


def test_peers_that_are_not_installed_are_told_as_skipped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "flow.json").write_text(json.dumps(EVERYTHING), encoding="utf-8")
    main(tmp_path, None)
    printed = capsys.readouterr().out
    assert "| trunkline | this repository | 0 | 0 | 0 | 0 of 1 |" in printed
    assert "| connect-flow | skipped: not installed |" in printed


def test_finding_that_was_never_judged_ends_the_comparison(tmp_path: Path) -> None:
    broken = flow(say("hello", "<speak>Hello</speak>")).serialise()
    (tmp_path / "new.json").write_text(json.dumps(broken), encoding="utf-8")
    with pytest.raises(SystemExit, match=r"ssml-as-text.*new\.json"):
        main(tmp_path, None)
