"""What ``trunkline flow COMMAND --help`` teaches: what it does, how to call it, and what it ends with."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from cli.flow import COMMANDS, build_flow_app

APP = build_flow_app(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_examples_a_line_each_and_says_what_the_command_ends_with(command: str) -> None:
    shown = CliRunner(env={"COLUMNS": "120", "NO_COLOR": "1"}).invoke(APP, [command, "--help"]).stdout
    examples = [line for line in shown.splitlines() if line.startswith(f"     trunkline flow {command}")]
    assert len(examples) >= 2
    assert "Ends with 0 where" in shown
    assert " 2 where" in " ".join(shown.split())


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_no_signs_that_only_a_program_understands(command: str) -> None:
    shown = CliRunner(env={"NO_COLOR": "1"}).invoke(APP, [command, "--help"]).stdout
    assert not [sign for sign in ("\b", "\\b", "``", "----", "\f") if sign in shown]
