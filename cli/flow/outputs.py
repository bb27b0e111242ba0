"""What the flow commands write: JSON on the output stream, problems on the error stream, and files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.markup import escape

from cli.errors import UsageError


def print_json(value: Any) -> None:
    """Print JSON, and nothing else, on the output stream."""
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False, default=str))


def print_problem(file: str, problem: str, *, style: str = "red") -> None:
    """Tell on the error stream what is wrong with a file, or what to know of it; its name is told once."""
    heading = "" if problem.startswith(file) else f"[bold]{escape(file)}[/bold]  "
    Console(stderr=True, soft_wrap=True, highlight=False).print(f"{heading}[{style}]{escape(problem)}[/{style}]")


def write_file(path: Path, text: str) -> None:
    """Write text as UTF-8, in a folder that is made where there is none.

    Raises
    ------
    UsageError
        Where the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path}: it cannot be written: {error.strerror}.", "Name another file or folder.") from error
