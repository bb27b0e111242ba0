"""``trunkline check``: is this ``callcenter.yaml`` right, and if not, where and why."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from cli.formats import Format
from trunkline.center import (
    Center,
    CenterError,
    CenterUnreadableError,
    Problem,
    load_center,
    write_json_schema,
)


def check(
    file: Annotated[Path, typer.Argument(help="The call centre to check.")] = Path("callcenter.yaml"),
    output: Annotated[Format, typer.Option("--format", help="Text, or a JSON list of problems.")] = Format.TEXT,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema and end.")] = False,
) -> None:
    """Check a call centre and tell everything that is wrong with it at once.

    Ends with 0 where all is well, 1 where there are problems, 2 where the file cannot be read.
    """
    if schema:
        typer.echo(write_json_schema(), nl=False)
        return
    try:
        center = load_center(file)
    except CenterError as error:
        _report(error.problems, output)
        raise typer.Exit(2 if isinstance(error, CenterUnreadableError) else 1) from None
    if output is Format.JSON:
        typer.echo("[]")
    else:
        Console().print(f"[green]✓[/green] {escape(_summarise(center, file))}", highlight=False)


def _report(problems: tuple[Problem, ...], output: Format) -> None:
    if output is Format.JSON:
        typer.echo(json.dumps([asdict(problem) for problem in problems], indent=2, ensure_ascii=False))
        return
    console = Console(stderr=True, soft_wrap=True, highlight=False)
    for problem in problems:
        place = escape(f"{problem.file}:{problem.line}")
        console.print(f"[bold]{place}[/bold]  [cyan]{escape(problem.key)}[/cyan]")
        console.print(f"    found     [red]{escape(problem.found)}[/red]")
        console.print(f"    expected  {escape(problem.expected)}")
        if problem.suggestion:
            console.print(f"    did you mean [green]{escape(problem.suggestion)}[/green]?")
    count = len(problems)
    console.print(f"[red]✗[/red] {count} problem{'s' if count > 1 else ''}")


def _summarise(center: Center, file: Path) -> str:
    languages = ", ".join(language.locale for language in center.languages.values())
    return (
        f"{file}: {center.name} is well: {len(center.queues)} queues, {len(center.agents)} agents, "
        f"{len(center.ivr.menus)} menus, in {languages}"
    )
