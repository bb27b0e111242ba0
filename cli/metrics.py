"""``trunkline metrics``: counters held against the contacts, and put right."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from cli.errors import UsageError
from cli.formats import Format
from cli.help import write_help
from cli.metrics_tables import Stores, TableNames, open_stores
from cli.targets import read_targets
from trunkline.contact.moments import parse_moment
from trunkline.metrics.proof import confirm_drift, describe_proof, put_right, take_look

if TYPE_CHECKING:
    from trunkline.contact.agent_states import AgentState

_ONE_DAY = timedelta(days=1)
_SHOWN_CONTACTS = 5


def build_metrics_app() -> typer.Typer:
    """Return the command group."""
    app = typer.Typer(help="Hold the interval counters against the contacts.", no_args_is_help=True)
    app.callback()(lambda: None)
    app.command("rebuild", help=write_help(rebuild))(rebuild)
    return app


def rebuild(
    first: Annotated[str, typer.Option("--from", help="First day, YYYY-MM-DD, in UTC.")],
    last: Annotated[str, typer.Option("--to", help="Last day, included.")],
    check: Annotated[bool, typer.Option("--check", help="Only compare; end with 1 where counters drifted.")] = False,
    stack: Annotated[str, typer.Option(help="Stack that has the tables.")] = "Trunkline-dev-Data",
    contacts_table: Annotated[str | None, typer.Option(help="Instead of the stack's.")] = None,
    agent_states_table: Annotated[str | None, typer.Option(help="Instead of the stack's.")] = None,
    metrics_table: Annotated[str | None, typer.Option(help="Instead of the stack's.")] = None,
    live_table: Annotated[str | None, typer.Option(help="Instead of the stack's.")] = None,
    center: Annotated[Path, typer.Option(help="Where the service targets are.")] = Path("callcenter.yaml"),
    settle_seconds: Annotated[
        int, typer.Option(min=0, help="Wait between two looks: how far the stream may lag behind.")
    ] = 120,
    retention_days: Annotated[int, typer.Option(min=1, help="How long counters that it makes are kept.")] = 730,
    output: Annotated[Format, typer.Option("--format", help="Text, or JSON with every drift.")] = Format.TEXT,
) -> None:
    """Recount the intervals of some days from contacts and agents' states, show what drifted, and put it right.

    What differs is looked at twice, because a contact may be in the table before the stream has told of it:
    only what is the same both times has drifted. An item that changes while it is put right is left alone.
    At the end the states of agents whose logout never came are closed; the stream counts them.
    """
    start, end = _read_day(first), _read_day(last) + _ONE_DAY
    if end <= start:
        raise UsageError(f"--to {last} is before --from {first}", "Name the first day, then the last.")
    named = TableNames(contacts_table, agent_states_table, metrics_table, live_table)
    stores = open_stores(stack, named, retention_days)
    targets = read_targets(center)
    found = take_look(stores.contacts, stores.agents, stores.metrics, targets, start, end)
    drifts = found.find_drift()
    if drifts:
        time.sleep(settle_seconds)
        found = take_look(stores.contacts, stores.agents, stores.metrics, targets, start, end)
        drifts = confirm_drift(drifts, found.find_drift())
    mended = [] if check else put_right(stores.metrics, found, drifts)
    closed = [] if check else _close_silent_agents(stores)
    report = {**describe_proof(found.compared, drifts, mended), "closed": len(closed)}
    if output is Format.JSON:
        typer.echo(json.dumps(report, ensure_ascii=False))
    else:
        _print(report, check=check)
    left = {drift.key for drift in drifts} - set(mended)
    raise typer.Exit(1 if left else 0)


def utc_now() -> datetime:
    """Return this moment, aware."""
    return datetime.now(UTC)


def _close_silent_agents(stores: Stores) -> list[AgentState]:
    from trunkline.live.agent_tracker import close_silent_agents

    now = utc_now()
    return close_silent_agents(stores.live.read_picture(now.timestamp()), stores.agents, now)


def _print(report: dict[str, Any], *, check: bool) -> None:
    console = Console(highlight=False, soft_wrap=True)
    for drift in report["drifts"]:
        place = f"{drift['start']} {drift['scope']} {drift['key']} {drift['channel']}"
        behind = ", ".join(drift["contacts"][:_SHOWN_CONTACTS])
        more = len(drift["contacts"]) - _SHOWN_CONTACTS
        change = f"{drift['counter']}: stored {drift['stored']}, recounted {drift['recounted']}"
        console.print(escape(f"{place}  {change}  ({behind}{f' and {more} more' if more > 0 else ''})"))
    console.print(f"{report['compared']} counters compared, {report['drifted']} drifted, {report['mended']} put right")
    if report["closed"]:
        console.print(f"{report['closed']} states closed whose logout never came")
    if check and report["drifted"]:
        console.print("Run it without --check to put them right.")
    elif report["drifted"] > report["mended"]:
        console.print("Some changed meanwhile and were left alone: run it again.")


def _read_day(text: str) -> datetime:
    try:
        return parse_moment(f"{text}T00:00:00Z")
    except ValueError as error:
        raise UsageError(f"{text} is not a day", "Write it as YYYY-MM-DD.") from error
