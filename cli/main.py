"""The ``trunkline`` command."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING

from cli.errors import UsageError
from cli.help import write_help

if TYPE_CHECKING:
    import typer

COMMANDS = ("check", "up", "day", "replay", "record", "aggregate", "report", "bill")
GROUPS = ("flow", "metrics", "history")


def build_app(names: Iterable[str] = (*COMMANDS, *GROUPS)) -> typer.Typer:
    """Return the command with the commands and groups ``names``, each a module of the same name."""
    import typer

    app = typer.Typer(
        name="trunkline",
        help="A call centre as code: check it, open it offline, and hold its figures against the truth.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
    )
    app.callback()(_no_options)
    for name in names:
        if name == "flow":
            from cli.flow import asked_commands, build_flow_app

            app.add_typer(build_flow_app(asked_commands()), name=name)
        elif name == "metrics":
            from cli.metrics import build_metrics_app

            app.add_typer(build_metrics_app(), name=name)
        elif name == "history":
            from cli.history import build_history_app

            app.add_typer(build_history_app(), name=name)
        else:
            command = getattr(import_module(f"cli.{name}"), name)
            app.command(name, help=write_help(command))(command)
    return app


def _no_options() -> None:
    """Keep the name of the command in its usage, also where only one is loaded."""


def main() -> None:
    """Run the command; an error that its user can mend is told without a stack trace, with exit code 2."""
    every = (*COMMANDS, *GROUPS)
    asked = [name for name in every if name in sys.argv[1:2]]  # the others would load the CDK's and moto's weight
    try:
        if asked == ["aggregate"]:
            from cli.aggregate import aggregate  # measured in megabytes: typer is not loaded for it

            aggregate()
        build_app(asked or every)()
    except UsageError as error:
        from rich.console import Console
        from rich.markup import escape

        Console(stderr=True, soft_wrap=True, highlight=False).print(
            f"[red]{escape(error.problem)}[/red]\n{escape(error.mend)}"
        )
        sys.exit(2)
