"""``trunkline metrics``: counters held against the contacts, and put right."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from cli.errors import UsageError
from cli.formats import Format
from cli.targets import read_targets
from trunkline.contact.moments import format_moment, parse_moment
from trunkline.metrics.rebuild import LOOK_BACK, Drift, Recount, find_drift, recount_contacts

if TYPE_CHECKING:
    from trunkline.contact.log_store import ContactLog
    from trunkline.metrics.keys import Key
    from trunkline.metrics.store import MetricsStore
    from trunkline.metrics.tally import Tally
    from trunkline.metrics.targets import Targets

_ONE_DAY = timedelta(days=1)
_SHOWN_CONTACTS = 5


@dataclass(frozen=True)
class Look:
    """Stored counters and recounted ones at one moment."""

    stored: dict[Key, Tally]
    recount: Recount


def build_metrics_app() -> typer.Typer:
    """Return the command group."""
    app = typer.Typer(help="Hold the interval counters against the contacts.", no_args_is_help=True)
    app.callback()(lambda: None)
    app.command("rebuild")(rebuild)
    return app


def rebuild(
    first: Annotated[str, typer.Option("--from", help="First day, YYYY-MM-DD, in UTC.")],
    last: Annotated[str, typer.Option("--to", help="Last day, included.")],
    check: Annotated[bool, typer.Option("--check", help="Only compare; end with 1 where counters drifted.")] = False,
    stack: Annotated[str, typer.Option(help="Stack that has the tables.")] = "Trunkline-dev-Data",
    contacts_table: Annotated[str | None, typer.Option(help="Instead of the stack's.")] = None,
    metrics_table: Annotated[str | None, typer.Option(help="Instead of the stack's.")] = None,
    center: Annotated[Path, typer.Option(help="Where the service targets are.")] = Path("callcenter.yaml"),
    settle_seconds: Annotated[
        int, typer.Option(min=0, help="Wait between two looks: how far the stream may lag behind.")
    ] = 120,
    retention_days: Annotated[int, typer.Option(min=1, help="How long counters that it makes are kept.")] = 730,
    output: Annotated[Format, typer.Option("--format", help="Text, or JSON with every drift.")] = Format.TEXT,
) -> None:
    """Recount the intervals of some days from the contacts, show what drifted, and put it right.

    What differs is looked at twice, because a contact may be in the table before the stream has told of it:
    only what is the same both times has drifted. An item that changes while it is put right is left alone.
    """
    start, end = _read_day(first), _read_day(last) + _ONE_DAY
    if end <= start:
        raise UsageError(f"--to {last} is before --from {first}", "Name the first day, then the last.")
    log, store = _open_tables(stack, contacts_table, metrics_table, retention_days)
    targets = read_targets(center)
    found = look(log, store, targets, start, end)
    drifts = find_drift(found.stored, found.recount)
    if drifts:
        time.sleep(settle_seconds)
        again = look(log, store, targets, start, end)
        drifts = [drift for drift in find_drift(again.stored, again.recount) if drift in drifts]
        found = again
    mended = [] if check else put_right(store, found, drifts)
    report = describe_rebuild(found, drifts, mended)
    if output is Format.JSON:
        typer.echo(json.dumps(report, ensure_ascii=False))
    else:
        _print(report, check=check)
    left = {drift.key for drift in drifts} - set(mended)
    raise typer.Exit(1 if left else 0)


def look(log: ContactLog, store: MetricsStore, targets: Targets, start: datetime, end: datetime) -> Look:
    """Read the counters of a span, then count its contacts.

    In this order: a contact that comes between the two is drift that the second look does not confirm.
    """
    stored = store.read_between(start, end)
    return Look(stored, recount_contacts(log.read_days(start - LOOK_BACK, end), targets, start, end))


def put_right(store: MetricsStore, found: Look, drifts: list[Drift]) -> list[Key]:
    """Write the recounted counters of every drifted item that is still as it was read; return their keys."""
    from trunkline.metrics.tally import Tally

    keys = sorted({drift.key for drift in drifts})
    return [key for key in keys if store.replace(key, found.stored.get(key), found.recount.tallies.get(key, Tally()))]


def describe_rebuild(found: Look, drifts: list[Drift], mended: list[Key]) -> dict[str, Any]:
    """Return what was compared as JSON-compatible values (docs/metrics.md)."""
    return {
        "compared": len(found.stored.keys() | found.recount.tallies.keys()),
        "drifted": len({drift.key for drift in drifts}),
        "mended": len(mended),
        "drifts": [
            {
                "start": format_moment(drift.key.start),
                "scope": drift.key.scope,
                "key": drift.key.member,
                "channel": drift.key.channel,
                "counter": drift.counter,
                "stored": drift.stored,
                "recounted": drift.recounted,
                "mended": drift.key in mended,
                "contacts": drift.contacts,
            }
            for drift in drifts
        ],
    }


def _print(report: dict[str, Any], *, check: bool) -> None:
    console = Console(highlight=False, soft_wrap=True)
    for drift in report["drifts"]:
        place = f"{drift['start']} {drift['scope']} {drift['key']} {drift['channel']}"
        behind = ", ".join(drift["contacts"][:_SHOWN_CONTACTS])
        more = len(drift["contacts"]) - _SHOWN_CONTACTS
        change = f"{drift['counter']}: stored {drift['stored']}, recounted {drift['recounted']}"
        console.print(escape(f"{place}  {change}  ({behind}{f' and {more} more' if more > 0 else ''})"))
    console.print(f"{report['compared']} counters compared, {report['drifted']} drifted, {report['mended']} put right")
    if check and report["drifted"]:
        console.print("Run it without --check to put them right.")
    elif report["drifted"] > report["mended"]:
        console.print("Some changed meanwhile and were left alone: run it again.")


def _read_day(text: str) -> datetime:
    try:
        return parse_moment(f"{text}T00:00:00Z")
    except ValueError as error:
        raise UsageError(f"{text} is not a day", "Write it as YYYY-MM-DD.") from error


def _open_tables(
    stack: str, contacts: str | None, metrics: str | None, retention_days: int
) -> tuple[ContactLog, MetricsStore]:
    import boto3
    from botocore.exceptions import BotoCoreError, ClientError

    from trunkline.contact.log_store import ContactLog
    from trunkline.metrics.store import MetricsStore

    try:
        if contacts is None or metrics is None:
            known = _find_tables(boto3.client("cloudformation"), stack)
            contacts, metrics = contacts or known["Contacts"], metrics or known["Metrics"]
        dynamodb = boto3.client("dynamodb")
    except KeyError as error:
        raise UsageError(f"stack {stack} has no table {error.args[0]}", "Name the tables or another stack.") from error
    except (BotoCoreError, ClientError) as error:
        mend = "Give credentials and a region, and --stack, or --contacts-table and --metrics-table."
        raise UsageError(f"the tables of {stack} cannot be found: {error}", mend) from error
    return ContactLog(dynamodb, contacts), MetricsStore(dynamodb, metrics, retention_days * 86_400)


def _find_tables(cloudformation: Any, stack: str) -> dict[str, str]:
    """Return the tables of a stack by what they hold.

    Notes
    -----
    **Source**: AWS CloudFormation API reference, "ListStackResources".
    """
    pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack)
    return {
        part: resource["PhysicalResourceId"]
        for page in pages
        for resource in page["StackResourceSummaries"]
        if resource["ResourceType"] == "AWS::DynamoDB::Table"
        for part in ("Contacts", "Metrics")
        if part in resource["LogicalResourceId"]
    }
