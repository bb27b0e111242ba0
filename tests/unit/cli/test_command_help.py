"""What ``trunkline COMMAND --help`` shows, of every command but those of ``flow``, which have their own tests."""

from __future__ import annotations

from itertools import pairwise

import pytest
from typer.testing import CliRunner

from cli.main import COMMANDS, build_app

GROUPED = (("metrics", "rebuild"), ("history", "queries"), ("history", "query"), ("history", "backfill"))
WIDTH = 80


def shown_help(*command: str) -> str:
    app = build_app([command[0]])
    return CliRunner(env={"COLUMNS": str(WIDTH), "NO_COLOR": "1"}).invoke(app, [*command, "--help"]).stdout


@pytest.mark.parametrize("command", [*((name,) for name in COMMANDS), *GROUPED], ids=" ".join)
def test_help_has_no_signs_that_only_a_program_understands(command: tuple[str, ...]) -> None:
    shown = shown_help(*command)
    assert "Usage: " in shown
    assert not [sign for sign in ("\b", "\\[", "``", "----", "\f") if sign in shown]


@pytest.mark.parametrize("command", [("up",), ("record",), ("metrics", "rebuild")], ids=" ".join)
def test_help_fills_its_lines(command: tuple[str, ...]) -> None:
    words = shown_help(*command).partition("Usage:")[2].partition("╭")[0]
    for paragraph in words.split("\n" + " " * WIDTH + "\n"):
        lines = [line.strip() for line in paragraph.splitlines() if line.strip()]
        for line, following in pairwise(lines):
            assert len(line) + 1 + len(following.split()[0]) > WIDTH - 2, paragraph


def test_help_keeps_what_stands_in_brackets() -> None:
    assert "pip install -e '.[recognition]'" in " ".join(shown_help("record").split())
