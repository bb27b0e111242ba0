"""``trunkline flow compile`` as people and programs run it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
import yaml
from typer.testing import CliRunner, Result

from cli.flow.compile import compile as compile_command
from contactflow.model import Flow
from tests.unit.center.garage import SMALL

CENTER = Path(__file__).parents[4] / "callcenter.yaml"
app = typer.Typer()
app.command()(compile_command)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_flows_are_written_with_their_sources(tmp_path: Path) -> None:
    result = run(str(CENTER), "--output", str(tmp_path / "flows"))
    assert result.exit_code == 0, result.output
    names = {path.name for path in (tmp_path / "flows").iterdir()}
    assert names == {"announcement.json", "queue_treatment.json", "survey.json", "inbound.json", "sources.json"}
    told = json.loads((tmp_path / "flows" / "sources.json").read_text(encoding="utf-8"))
    inbound = Flow.parse((tmp_path / "flows" / "inbound.json").read_text(encoding="utf-8"))
    assert set(told["flows"]["inbound"]) == set(inbound.by_identifier)


def test_every_action_of_the_sample_comes_from_a_key_that_is_on_its_line() -> None:
    flows = json.loads(run(str(CENTER), "--format", "json").stdout)
    lines = CENTER.read_text(encoding="utf-8").splitlines()
    assert sum(flow["actions"] for flow in flows) > 200
    for flow in flows:
        for action, source in flow["sources"].items():
            last = source["key"].replace("]", "").replace("[", ".").rsplit(".", 1)[-1]
            line = lines[source["line"] - 1]
            assert last in line or line.lstrip().startswith("- "), (flow["name"], action, source, line)


def test_every_source_of_the_sample_is_a_key_of_the_file() -> None:
    center = yaml.safe_load(CENTER.read_text(encoding="utf-8"))
    for flow in json.loads(run(str(CENTER), "--format", "json").stdout):
        for source in flow["sources"].values():
            place = center
            for step in source["key"].replace("]", "").replace("[", ".").split("."):
                place = place[int(step)] if isinstance(place, list) else place[step]
            assert place not in (None, {}, []), source["key"]


def test_compiling_twice_writes_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        assert run(str(CENTER), "-o", str(tmp_path / folder)).exit_code == 0
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_placeholders_stand_in_place_of_arns(tmp_path: Path) -> None:
    run(str(CENTER), "-o", str(tmp_path))
    text = "".join(path.read_text(encoding="utf-8") for path in tmp_path.glob("*.json"))
    for placeholder in (
        "${queue.orders}",
        "${function.identify_caller}",
        "${flow.survey}",
        "${module.announcement}",
        "${hours.shop}",
        "${prompt.hold_music}",
        "${input_key.id}",
        "${input_key.certificate}",
    ):
        assert placeholder in text
    assert "arn:aws" not in text


def test_text_tells_each_flow_and_its_size() -> None:
    result = run(str(CENTER))
    assert [line.split()[0] for line in result.stdout.splitlines()] == [
        "announcement",
        "queue_treatment",
        "survey",
        "inbound",
    ]


def test_problems_of_the_file_end_with_1_and_name_their_line(tmp_path: Path) -> None:
    path = tmp_path / "center.yaml"
    path.write_text(SMALL.replace("entry: main", "entry: mian"), encoding="utf-8")
    result = run(str(path))
    assert result.exit_code == 1
    assert "did you mean main?" in result.output


def test_file_that_is_not_there_ends_with_2(tmp_path: Path) -> None:
    assert run(str(tmp_path / "none.yaml")).exit_code == 2


def test_centre_too_large_for_a_flow_ends_with_1(tmp_path: Path) -> None:
    center = yaml.safe_load(SMALL)
    menu = center["ivr"]["menus"]["more"]
    for number in range(40):
        center["ivr"]["menus"][f"m{number}"] = {**menu, "options": {"1": {"queue": "orders"}}}
        menu["options"][str(number % 7 + 3)] = {"menu": f"m{number}"}
        menu = center["ivr"]["menus"][f"m{number}"]
        menu["options"] = dict(menu["options"])
    path = tmp_path / "center.yaml"
    path.write_text(yaml.safe_dump(center, allow_unicode=True), encoding="utf-8")
    result = run(str(path))
    assert result.exit_code == 1
    assert "actions" in result.output


@pytest.mark.parametrize("folder", ["file", "file/below"])
def test_folder_that_cannot_be_written_is_told(tmp_path: Path, folder: str) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = run(str(CENTER), "-o", str(tmp_path / folder))
    assert "cannot be written" in str(result.exception)
