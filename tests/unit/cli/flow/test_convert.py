"""``trunkline flow convert``: what it writes, says and answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from cli.errors import UsageError
from cli.flow import build_flow_app
from contactflow.model import Flow

FLOW = {
    "Version": "2019-10-30",
    "StartAction": "bye",
    "Actions": [{"Identifier": "bye", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}],
}


def legacy(*modules: dict[str, Any]) -> dict[str, Any]:
    return {"modules": [*modules, {"id": "bye", "type": "Disconnect"}], "start": "bye", "version": "1"}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(build_flow_app(["convert"]), ["convert", *map(str, arguments)])


def write(path: Path, value: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def test_flow_is_written_beside_its_export(tmp_path: Path) -> None:
    result = run(write(tmp_path / "old.json", legacy()))
    assert result.exit_code == 0
    assert "1 of 1 blocks converted" in result.output
    written = (tmp_path / "old.converted.json").read_bytes()
    assert Flow.parse(written).by_identifier["bye"].type == "DisconnectParticipant"


def test_what_was_not_converted_is_told_and_ends_with_1(tmp_path: Path) -> None:
    result = run(write(tmp_path / "old.json", legacy({"id": "dice", "type": "RollDice"})))
    assert result.exit_code == 1
    assert "1 of 2 blocks converted" in result.output
    assert "dice  RollDice  There is no known equivalent" in result.output


def test_json_form_goes_to_stdout_alone(tmp_path: Path) -> None:
    source = write(tmp_path / "old.json", legacy({"id": "dice", "type": "RollDice"}))
    result = run(source, tmp_path / "nowhere.json", "--format", "json")
    assert result.exit_code == 2
    assert json.loads(result.stdout) == [
        {
            "file": str(source),
            "output": str(tmp_path / "old.converted.json"),
            "modules": 2,
            "converted": 1,
            "not_converted": [
                {
                    "module": "dice",
                    "type": "RollDice",
                    "reason": "There is no known equivalent of RollDice: it is kept as LegacyRollDice",
                }
            ],
        }
    ]
    assert "nowhere.json" in result.stderr


def test_folder_keeps_its_shape_in_the_output_folder(tmp_path: Path) -> None:
    write(tmp_path / "flows" / "a.json", legacy())
    write(tmp_path / "flows" / "sub" / "a.json", legacy())
    result = run(tmp_path / "flows", "--output", tmp_path / "new")
    assert result.exit_code == 0
    written = sorted(path.relative_to(tmp_path / "new").as_posix() for path in (tmp_path / "new").rglob("*.json"))
    assert written == ["a.json", "sub/a.json"]


def test_flow_in_the_flow_language_is_passed_over(tmp_path: Path) -> None:
    result = run(write(tmp_path / "new.json", FLOW))
    assert result.exit_code == 0
    assert "in the Flow language already" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["new.json"]


def test_export_is_never_overwritten(tmp_path: Path) -> None:
    source = write(tmp_path / "old.json", legacy())
    before = source.read_bytes()
    result = run(source, "--output", tmp_path)
    assert isinstance(result.exception, UsageError)
    assert source.read_bytes() == before


def test_two_exports_do_not_become_one_file(tmp_path: Path) -> None:
    result = run(
        write(tmp_path / "a" / "old.json", legacy()),
        write(tmp_path / "b" / "old.json", legacy()),
        "--output",
        tmp_path / "new",
    )
    assert isinstance(result.exception, UsageError)
    assert "would both become" in result.exception.problem
    assert not (tmp_path / "new").exists()


def test_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "new").write_text("a file")
    result = run(write(tmp_path / "old.json", legacy()), "--output", tmp_path / "new")
    assert isinstance(result.exception, UsageError)
    assert "cannot be written" in result.exception.problem


@pytest.mark.parametrize("arguments", [[], ["--output", "x"]])
def test_nothing_to_convert_is_a_mistake(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2
