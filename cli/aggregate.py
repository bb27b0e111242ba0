"""``trunkline aggregate``: a file of contact records, folded into the figures of intervals."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.errors import UsageError
from cli.formats import Format
from trunkline.contact.moments import format_moment
from trunkline.metrics.figures import add_up, to_figures
from trunkline.metrics.records import Aggregation, aggregate_records
from trunkline.metrics.rules import Targets
from trunkline.metrics.tally import Tally

DEFAULT_TARGET_SECONDS = 20
DEFAULT_SHORT_ABANDON_SECONDS = 5


def aggregate(
    file: Annotated[Path, typer.Argument(help="Contact records, one JSON object a line.")],
    center: Annotated[Path, typer.Option(help="Where the queues' service targets are, if it exists.")] = Path(
        "callcenter.yaml"
    ),
    target: Annotated[
        int | None, typer.Option("--target-seconds", min=0, help="Service target of queues that it does not name.")
    ] = None,
    short: Annotated[int | None, typer.Option("--short-abandon-seconds", min=0, help="Overrides the centre's.")] = None,
    output: Annotated[Format, typer.Option("--format", help="Text, or JSON with every interval.")] = Format.TEXT,
) -> None:
    """Fold contact records into interval counters and percentiles, with the code that the function runs.

    Of a contact that comes more than once the newest version counts. Ends with 0, or with 1 where lines
    were rejected: these are named, and the others are counted.
    """
    targets = _read_targets(center, target, short)
    try:
        with file.open("rb") as opened:
            found = aggregate_records(opened, targets)
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror or error}", "Give a file of contact records.") from error
    if output is Format.JSON:
        typer.echo(json.dumps(describe_aggregation(found), ensure_ascii=False))
    else:
        from cli.aggregate_table import print_aggregation  # only people wait for tables to load

        print_aggregation(describe_aggregation(found))
    raise typer.Exit(1 if found.rejected else 0)


def describe_aggregation(found: Aggregation) -> dict[str, Any]:
    """Return what was counted as JSON-compatible values (docs/commands.md)."""
    return {
        "new": found.new,
        "corrected": found.corrected,
        "duplicate": found.duplicate,
        "rejected": found.rejected,
        "problems": [asdict(problem) for problem in found.problems],
        "total": to_figures(add_up(tally for key, tally in found.tallies.items() if key.scope != "agent")),
        "queues": _sum_by(found, "queue"),
        "agents": _sum_by(found, "agent"),
        "intervals": [
            {
                "start": format_moment(key.start),
                "scope": key.scope,
                "key": key.member,
                "channel": key.channel,
                **to_figures(found.tallies[key]),
            }
            for key in sorted(found.tallies)
        ],
    }


def _sum_by(found: Aggregation, scope: str) -> Mapping[str, Any]:
    totals: dict[str, Tally] = {}
    for key, tally in found.tallies.items():
        if key.scope == scope:
            totals.setdefault(key.member, Tally()).add(tally)
    return {name: to_figures(totals[name]) for name in sorted(totals)}


def _read_targets(center: Path, target: int | None, short: int | None) -> Targets:
    """Read the centre's targets where there is a centre; options override them."""
    other = DEFAULT_TARGET_SECONDS if target is None else target
    if not center.exists():
        return Targets({}, DEFAULT_SHORT_ABANDON_SECONDS if short is None else short, other)
    from trunkline.center import CenterError, load_center  # pydantic costs memory that records alone do not

    try:
        known = load_center(center)
    except CenterError as error:
        raise UsageError(str(error), f"Run `trunkline check {center}`, or name another centre.") from error
    seconds = {name: queue.service_target.seconds for name, queue in known.queues.items()}
    return Targets(seconds, known.metrics.short_abandon_seconds if short is None else short, other)
