"""``trunkline flow draw``: what it writes where, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from typer.testing import CliRunner, Result

from cli.errors import UsageError
from cli.flow import build_flow_app

FLOW: dict[str, Any] = {
    "Version": "2019-10-30",
    "StartAction": "hello",
    "Actions": [
        {
            "Identifier": "hello",
            "Type": "MessageParticipant",
            "Parameters": {"Text": "Hello."},
            "Transitions": {"NextAction": "bye", "Errors": [{"ErrorType": "NoMatchingError", "NextAction": "bye"}]},
        },
        {"Identifier": "bye", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}},
    ],
}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(build_flow_app(["draw"]), ["draw", *map(str, arguments)])


def write(path: Path, value: Any = FLOW) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return path


def cards(svg: str) -> dict[str, str]:
    found = [element for element in ET.fromstring(svg).iter() if element.get("data-action")]
    return {element.get("data-action", ""): element.get("class", "") for element in found}


def test_single_flow_goes_to_stdout(tmp_path: Path) -> None:
    result = run(write(tmp_path / "one.json"))
    assert result.exit_code == 0
    assert set(cards(result.stdout)) == {"hello", "bye"}


def test_mermaid_is_written_instead(tmp_path: Path) -> None:
    result = run(write(tmp_path / "one.json"), "--mermaid")
    assert "flowchart LR" in result.stdout


def test_folder_of_flows_is_drawn_into_a_folder(tmp_path: Path) -> None:
    write(tmp_path / "flows" / "a.json")
    write(tmp_path / "flows" / "b.json", {**FLOW, "Metadata": {"name": "After / hours"}})
    write(tmp_path / "flows" / "more" / "a.json")
    result = run(tmp_path / "flows", "--output", tmp_path / "pictures")
    assert result.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "pictures").iterdir()) == ["After-hours.svg", "a-2.svg", "a.svg"]
    assert result.stdout == ""


def test_single_flow_goes_to_the_file_that_is_named(tmp_path: Path) -> None:
    run(write(tmp_path / "one.json"), "-o", tmp_path / "x" / "picture.svg")
    assert cards((tmp_path / "x" / "picture.svg").read_text(encoding="utf-8"))


def test_several_flows_do_not_fit_one_file(tmp_path: Path) -> None:
    result = run(write(tmp_path / "a.json"), write(tmp_path / "b.json"), "-o", tmp_path / "picture.svg")
    assert isinstance(result.exception, UsageError)
    assert "2 flows" in result.exception.problem


def test_unreadable_file_is_told_and_the_others_are_drawn(tmp_path: Path) -> None:
    result = run(write(tmp_path / "bad.json", "no json"), write(tmp_path / "good.json"), "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert "bad.json" in result.stderr
    assert (tmp_path / "out" / "good.svg").is_file()


def test_coverage_of_its_flow_is_laid_over(tmp_path: Path) -> None:
    counts = {"flows": {"one": {"actions": {"hello": 1, "bye": 0}, "branches": {"hello": {"NextAction": 1}}}}}
    result = run(write(tmp_path / "one.json"), "--coverage", write(tmp_path / "coverage.json", counts))
    told = cards(result.stdout)
    assert "cf-uncovered" in told["bye"]
    assert "cf-uncovered" not in told["hello"]


def test_flow_that_no_test_came_to_is_uncovered(tmp_path: Path) -> None:
    result = run(write(tmp_path / "one.json"), "--coverage", write(tmp_path / "coverage.json", {"flows": {}}))
    assert all("cf-uncovered" in told for told in cards(result.stdout).values())


@pytest.mark.parametrize(
    "path",
    [
        ["hello", "bye"],
        '{"ContactFlowName": "one", "Identifier": "hello"}\n{"ContactFlowName": "other", "Identifier": "x"}\n'
        '{"ContactFlowName": "one", "Identifier": "bye"}',
        [{"ContactFlowName": "one", "Identifier": "hello"}, {"ContactFlowName": "one", "Identifier": "bye"}],
    ],
    ids=["identifiers", "log lines", "log entries"],
)
def test_call_is_shown(tmp_path: Path, path: Any) -> None:
    result = run(write(tmp_path / "one.json"), "--path", write(tmp_path / "path.json", path))
    assert all("cf-visited" in told for told in cards(result.stdout).values())


@pytest.mark.parametrize(
    ("option", "text"),
    [
        ("--coverage", "no json"),
        ("--coverage", "[]"),
        ("--coverage", '{"flows": {"one": {"actions": 1}}}'),
        ("--path", "no json"),
    ],
)
def test_wrong_overlay_is_told_with_its_file(tmp_path: Path, option: str, text: str) -> None:
    result = run(write(tmp_path / "one.json"), option, write(tmp_path / "over.json", text))
    assert isinstance(result.exception, UsageError)
    assert "over.json" in result.exception.problem
    assert result.exception.mend


def test_missing_overlay_and_unknown_language_are_told(tmp_path: Path) -> None:
    flow = write(tmp_path / "one.json")
    assert isinstance(run(flow, "--coverage", tmp_path / "nowhere.json").exception, UsageError)
    refused = run(flow, "--language", "fr").exception
    assert isinstance(refused, UsageError)
    assert "en, ko" in refused.mend


def test_unfolded_picture_has_a_box_for_every_action(tmp_path: Path) -> None:
    flow = write(tmp_path / "one.json")
    assert run(flow).stdout.count('class="cf-box"') == 1
    assert run(flow, "--unfolded").stdout.count('class="cf-box"') == 2


@pytest.mark.parametrize("content", ["5", "[]", "{}", "", "[1", "\x00"])
def test_call_without_an_action_is_refused(tmp_path: Path, content: str) -> None:
    flow, call = write(tmp_path / "one.json"), write(tmp_path / "call.json", content)
    refused = run(flow, "--path", call).exception
    assert isinstance(refused, UsageError)
    assert "Give a JSON list of action identifiers" in refused.mend
