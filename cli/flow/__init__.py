"""``trunkline flow``: contact flows as code, for this call centre or anybody's exported flows."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib import import_module

import typer

from cli.help import write_help

COMMANDS = ("lint", "explore", "test", "draw", "compile", "convert", "call")


def build_flow_app(names: Iterable[str]) -> typer.Typer:
    """Return the command group with the commands ``names``, each a module and its function of the same name."""
    app = typer.Typer(
        help="Check, explore, test, draw and telephone contact flows, without an account.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
    )
    app.callback()(_no_options)
    for name in names:
        command = getattr(import_module(f"cli.flow.{name}"), name)
        app.command(name, help=write_help(command))(command)
    return app


def asked_commands() -> tuple[str, ...]:
    """Return the command that the command line asks for, or all of them."""
    return tuple(name for name in COMMANDS if name in sys.argv[2:3]) or COMMANDS


def _no_options() -> None:
    """Keep the name of the command in its usage, also where only one is loaded."""
