"""The ``trunkline`` command."""

from __future__ import annotations

import sys

import typer
from rich.console import Console
from rich.markup import escape

from cli.check import check
from cli.errors import UsageError


def build_app() -> typer.Typer:
    """Return the command with all its groups."""
    from cli.day import day
    from cli.record import record
    from cli.replay import replay
    from cli.up import up

    app = typer.Typer(
        name="trunkline",
        help="A call centre as code: check it, open it offline, and hold its figures against the truth.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
    )
    for command in (check, up, day, replay, record):
        app.command()(command)
    return app


def main() -> None:
    """Run the command; an error that its user can mend is told without a stack trace, with exit code 2."""
    try:
        build_app()()
    except UsageError as error:
        Console(stderr=True, soft_wrap=True, highlight=False).print(
            f"[red]{escape(error.problem)}[/red]\n{escape(error.mend)}"
        )
        sys.exit(2)
