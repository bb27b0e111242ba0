"""``trunkline check`` as people and programs run it."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from cli.check import check
from tests.unit.center.garage import SMALL
from trunkline.center import write_json_schema

app = typer.Typer()
app.command()(check)


@pytest.fixture
def run(tmp_path):
    def invoke(text, *options):
        file = tmp_path / "center.yaml"
        file.write_text(text, encoding="utf-8")
        return CliRunner().invoke(app, [str(file), *options])

    return invoke


def test_centre_that_is_well_ends_with_0(run):
    result = run(SMALL)
    assert result.exit_code == 0
    assert "Corner Garage is well" in result.stdout


def test_problems_end_with_1_and_name_place_and_remedy(run):
    result = run(SMALL.replace("entry: main", "entry: mian"))
    assert result.exit_code == 1
    assert "center.yaml:41  ivr.entry" in result.stderr
    assert "did you mean main?" in result.stderr
    assert "1 problem" in result.stderr


def test_problems_are_a_stable_list_in_json(run):
    result = run(SMALL.replace("entry: main", "entry: mian"), "--format", "json")
    [problem] = json.loads(result.stdout)
    assert problem.pop("file").endswith("center.yaml")
    assert problem == {
        "line": 41,
        "key": "ivr.entry",
        "found": "mian",
        "expected": "a menu defined under ivr.menus: main or more",
        "suggestion": "main",
    }


def test_well_centre_is_an_empty_list_in_json(run):
    assert json.loads(run(SMALL, "--format", "json").stdout) == []


def test_file_that_cannot_be_read_ends_with_2(tmp_path):
    assert CliRunner().invoke(app, [str(tmp_path / "nowhere.yaml")]).exit_code == 2


def test_schema_is_printed(run):
    assert run(SMALL, "--schema").stdout == write_json_schema()


def test_markup_in_values_is_shown_as_it_is(run):
    assert "[bold]x[/bold]" in run(SMALL.replace("alias: corner-garage", 'alias: "[bold]x[/bold]"')).stderr
