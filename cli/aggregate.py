"""``trunkline aggregate``: a file of contact records, folded into the figures of intervals."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import msgspec

from cli.errors import UsageError
from cli.targets import read_targets
from trunkline.contact.moments import format_moment
from trunkline.metrics.figures import add_up, to_figures
from trunkline.metrics.records import Aggregation, aggregate_records
from trunkline.metrics.tally import LeanTally, add_up_lean


def aggregate() -> None:
    """Fold contact records into interval counters and percentiles, with the code that the function runs."""
    sys.exit(run(sys.argv[2:]))


def run(arguments: Sequence[str]) -> int:
    """Fold the file that the arguments name, and tell what was counted.

    Returns
    -------
    int
        0, or 1 where lines were rejected: these are named, and the others are counted.

    Raises
    ------
    UsageError
        If the file or the centre cannot be read.
    """
    asked = _parser().parse_args(arguments)
    targets = read_targets(asked.center, asked.target_seconds, asked.short_abandon_seconds)
    try:
        found = aggregate_records(asked.file, targets)
    except OSError as error:
        raise UsageError(f"{asked.file}: {error.strerror or error}", "Give a file of contact records.") from error
    if asked.format == "json":
        for part in write_json(found):
            sys.stdout.buffer.write(part)
    else:
        from cli.aggregate_table import print_aggregation  # only people wait for tables to load

        print_aggregation(summarise(found), len(found.tallies))
    return 1 if found.rejected else 0


def _parser() -> ArgumentParser:
    """Return what reads the arguments: here typer would take as much memory as the records."""
    parser = ArgumentParser(prog="trunkline aggregate", description=str(run.__doc__).partition("\n")[0])
    parser.add_argument("file", type=Path, help="contact records, one JSON object a line")
    parser.add_argument(
        "--center", type=Path, default=Path("callcenter.yaml"), help="where the service targets are, if it exists"
    )
    parser.add_argument("--target-seconds", type=_seconds, help="of queues that the centre does not name")
    parser.add_argument(
        "--short-abandon-seconds", type=_seconds, help="the longest wait of a short abandon; overrides the centre's"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="text, or JSON with every interval")
    return parser


def _seconds(text: str) -> int:
    if not text.isdecimal():
        raise ArgumentTypeError(f"{text!r} is not a number of seconds")
    return int(text)


def write_json(found: Aggregation) -> Iterator[bytes]:
    """Yield what was counted as JSON (docs/metrics.md), an interval at a time: they are many."""
    yield msgspec.json.encode(summarise(found))[:-1]
    separator = b',"intervals":['
    for key in sorted(found.tallies):
        place = {"start": format_moment(key.start), "scope": key.scope, "key": key.member, "channel": key.channel}
        yield separator + msgspec.json.encode({**place, **to_figures(found.tallies[key])})
        separator = b","
    yield b"]}\n" if found.tallies else separator + b"]}\n"


def summarise(found: Aggregation) -> dict[str, Any]:
    """Return what was counted but for its intervals, as JSON-compatible values (docs/metrics.md)."""
    members: dict[tuple[str, str], list[LeanTally]] = {}
    for key, tally in found.tallies.items():
        members.setdefault((key.scope, key.member), []).append(tally)
    totals = {place: add_up_lean(tallies) for place, tallies in sorted(members.items())}
    return {
        "new": found.new,
        "corrected": found.corrected,
        "duplicate": found.duplicate,
        "rejected": found.rejected,
        "problems": [asdict(problem) for problem in found.problems],
        "total": to_figures(add_up(total for (scope, _), total in totals.items() if scope != "agent")),
        "queues": {name: to_figures(total) for (scope, name), total in totals.items() if scope == "queue"},
        "agents": {name: to_figures(total) for (scope, name), total in totals.items() if scope == "agent"},
    }
