"""What the flow commands read, and what they say of what they cannot read."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from cli.flow.inputs import FlowFile, exit_code, print_problems, read_flows

FLOW: dict[str, Any] = {
    "Version": "2019-10-30",
    "StartAction": "bye",
    "Actions": [{"Identifier": "bye", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}],
}
LEGACY: dict[str, Any] = {
    "modules": [{"id": "bye", "type": "Disconnect", "branches": [], "parameters": []}],
    "start": "bye",
    "version": "1",
    "type": "customerQueue",
    "metadata": {"name": "Old"},
}
CENTER = Path(__file__).parents[4] / "callcenter.yaml"


def write(path: Path, value: Any, encoding: str = "utf-8") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(json.dumps(value).encode(encoding))
    return path


def read_one(path: Path) -> FlowFile:
    (file,) = read_flows([path])
    return file


def test_flow_is_named_by_its_metadata_and_typed_as_the_service_does(tmp_path: Path) -> None:
    file = read_one(write(tmp_path / "a.json", {**FLOW, "Metadata": {"name": "Main", "type": "queueTransfer"}}))
    assert (file.file, file.name, file.type, file.problem) == (str(tmp_path / "a.json"), "Main", "QUEUE_TRANSFER", None)
    assert file.flow is not None
    assert file.flow.serialise()["Actions"] == FLOW["Actions"]


def test_flow_without_names_is_named_by_its_file(tmp_path: Path) -> None:
    file = read_one(write(tmp_path / "inbound.json", FLOW))
    assert (file.name, file.type, dict(file.sources), file.note) == ("inbound", "", {}, None)


@pytest.mark.parametrize(
    "module",
    [
        {**FLOW, "Settings": {"InputParameters": []}},
        {**FLOW, "Actions": [{"Identifier": "bye", "Type": "EndFlowModuleExecution"}]},
    ],
)
def test_flow_module_is_told_from_a_flow(tmp_path: Path, module: dict[str, Any]) -> None:
    assert read_one(write(tmp_path / "m.json", module)).type == "MODULE"


@pytest.mark.parametrize("content", [FLOW, json.dumps(FLOW)])
def test_answer_of_the_service_is_opened(tmp_path: Path, content: Any) -> None:
    answer = {"ContactFlow": {"Name": "Main", "Type": "CUSTOMER_HOLD", "Content": content}}
    file = read_one(write(tmp_path / "a.json", answer, "utf-16"))
    assert (file.name, file.type, file.problem) == ("Main", "CUSTOMER_HOLD", None)


def test_content_as_a_json_string_is_opened(tmp_path: Path) -> None:
    assert read_one(write(tmp_path / "a.json", json.dumps(FLOW))).flow is not None


def test_legacy_export_is_converted_and_noted(tmp_path: Path) -> None:
    file = read_one(write(tmp_path / "old.json", LEGACY))
    assert (file.name, file.type, file.problem) == ("Old", "CUSTOMER_QUEUE", None)
    assert file.note == "Converted from the console's legacy format."
    lossy = {**LEGACY, "modules": [*LEGACY["modules"], {"id": "x", "type": "RollDice"}]}
    assert "1 part could not be" in str(read_one(write(tmp_path / "lossy.json", lossy)).note)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"\xff\xfe\x00", "not UTF-16"),
        (b"\xb3\xaa", "not UTF-8"),
        (b"[1]", "not a JSON object"),
        (b"{}", "StartAction|Actions is missing"),
        (json.dumps({**FLOW, "modules": []}).encode(), "mixes two formats"),
        (json.dumps({"Version": "1", "Observations": []}).encode(), "test case.*trunkline flow test"),
        (b'{"ContactFlow": {"Content": 7}}', "no flow in Content"),
        (b'{"modules": 1, "start": "a"}', "Expected a list"),
    ],
)
def test_file_that_is_no_flow_is_told_and_the_others_go_on(tmp_path: Path, text: bytes, said: str) -> None:
    bad = tmp_path / "bad.json"
    bad.write_bytes(text)
    first, second = read_flows([bad, write(tmp_path / "good.json", FLOW)])
    assert first.flow is None
    assert re.search(said, str(first.problem)), first.problem
    assert second.flow is not None


def test_missing_file_is_told() -> None:
    assert "no such file" in str(read_one(Path("nowhere.json")).problem)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", FLOW)
    path.chmod(0)
    assert "cannot be read" in str(read_one(path).problem)


def test_folder_gives_its_flows_in_order_without_test_cases_and_other_json(tmp_path: Path) -> None:
    write(tmp_path / "b.json", FLOW)
    write(tmp_path / "a.json", FLOW)
    write(tmp_path / "sub" / "c.JSON", LEGACY)
    write(tmp_path / "case.json", {"Version": "2025-06-21", "Observations": []})
    write(tmp_path / "package.json", {"name": "tool"})
    write(tmp_path / "list.json", [1])
    write(tmp_path / "node_modules" / "d.json", FLOW)
    write(tmp_path / ".hidden" / "e.json", FLOW)
    (tmp_path / "notes.txt").write_text("no flow")
    files = read_flows([tmp_path])
    assert [Path(file.file).relative_to(tmp_path).as_posix() for file in files] == ["a.json", "b.json", "sub/c.JSON"]


def test_folder_tells_of_json_that_is_broken(tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{")
    assert "not JSON" in str(read_one(tmp_path).problem)


def test_folder_without_flows_is_told(tmp_path: Path) -> None:
    assert "no flow in this folder" in str(read_one(tmp_path).problem)


def test_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", FLOW)
    assert len(read_flows([path, tmp_path, path])) == 1


def test_call_centre_gives_its_flows_with_the_line_of_every_action() -> None:
    files = read_flows([CENTER])
    assert f"{CENTER}:inbound" in [file.file for file in files]
    lines = CENTER.read_text(encoding="utf-8").splitlines()
    for file in files:
        assert file.flow is not None
        assert set(file.sources) == set(file.flow.by_identifier)
        assert all(1 <= source.line <= len(lines) for source in file.sources.values())


def test_call_centre_that_is_wrong_is_told_with_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "callcenter.yaml"
    path.write_text("name: [", encoding="utf-8")
    file = read_one(path)
    assert file.flow is None
    assert f"{path}:1" in str(file.problem)


def test_nothing_named_means_the_call_centre_of_this_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (file,) = read_flows([])
    assert file.file == "callcenter.yaml"
    assert file.problem


def test_problems_and_notes_go_to_the_error_stream(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = read_flows([write(tmp_path / "old.json", LEGACY)])
    assert not print_problems(files)
    assert print_problems([*files, FlowFile("x.json", problem="Broken [bold].")])
    told = capsys.readouterr()
    assert told.out == ""
    assert "x.json  Broken [bold]." in told.err
    assert "legacy format" in told.err


@pytest.mark.parametrize(
    ("unreadable", "errors", "code"), [(False, False, 0), (False, True, 1), (True, False, 2), (True, True, 2)]
)
def test_exit_code_tells_the_worst(unreadable: bool, errors: bool, code: int) -> None:
    assert exit_code(unreadable, errors) == code


def test_call_centre_that_is_nested_too_deeply_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "callcenter.yaml"
    path.write_text("[" * 5000 + "]" * 5000, encoding="utf-8")
    assert "nested too deeply" in (read_one(path).problem or "")


def test_problem_that_names_its_file_is_told_with_one_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "callcenter.yaml"
    path.write_text("a: [1", encoding="utf-8")
    assert print_problems(read_flows([path]))
    assert capsys.readouterr().err.count(str(path)) == 1
