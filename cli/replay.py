"""``trunkline replay``: a day of a real call log through the twin, every figure printed twice."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.bank_log import BankCall, BankDay, happenings, read_day
from cli.day import parse_day
from cli.errors import UsageError
from cli.figures import count
from cli.formats import Format
from cli.printing import print_replay
from cli.progress import Progress
from cli.session import BANK_CENTER, Session, open_session
from cli.truth import differences, measured_figures
from trunkline.center import Center
from twin import people

SETTLING = timedelta(minutes=30)
ANONYMOUS_CUSTOMER = "+972500000000"


def replay(
    log: Annotated[Path, typer.Argument(help="A call log of the bank: see docs/replay.md.")],
    on: Annotated[str, typer.Option("--date", help="Which day of the log, as YYYY-MM-DD.")],
    center: Annotated[
        Path, typer.Option(help="The centre that the calls ring.", show_default="scenarios/bank/callcenter.yaml")
    ] = BANK_CENTER,
    output: Annotated[Format, typer.Option("--format", help="Text or JSON.")] = Format.TEXT,
) -> None:
    """Play a real day, and print every figure as the system measured it and as the log has it.

    Ends with 0 when counts agree exactly, times within a second and rates within 0.1 point.
    """
    report = run_replay(log, parse_day(on), center_file=center, progress=Progress())
    if output is Format.JSON:
        typer.echo(json.dumps(report, indent=2, ensure_ascii=False))
    else:
        print_replay(report)
    raise typer.Exit(0 if report["equal"] else 1)


def run_replay(log: Path, on: date, *, center_file: Path, progress: Progress) -> dict[str, Any]:
    """Replay the day; answer the report that ``--format json`` prints (docs/replay.md)."""
    bank_day = read_day(log, on)
    start = datetime(on.year, on.month, on.day, tzinfo=UTC)
    with open_session(center_file, seed=1, start=start - timedelta(days=1), progress=progress, spoken=False) as session:
        logged = [_logged(call, session) for call in bank_day.calls]
        with progress.step(f"Playing {len(logged)} calls of {on:%A %d %B %Y}"):
            people.replay(session.network, logged)
            _live_through(session, logged)
        measured = measured_figures(session.console.metrics(one)["total"] for one in (on, on + timedelta(days=1)))
        expected = count(
            happenings(bank_day, target_seconds=_target(session.center)),
            short_abandon_seconds=session.center.metrics.short_abandon_seconds,
        )
    return _report(bank_day, expected, measured)


def _report(bank_day: BankDay, expected: dict[str, Any], measured: dict[str, Any]) -> dict[str, Any]:
    differing = differences(expected, measured, exact=False)
    return {
        "date": bank_day.date.isoformat(),
        "rows": bank_day.rows,
        "phantom": bank_day.phantom,
        "rejected": [asdict(row) for row in bank_day.rejected],
        "log": expected,
        "measured": measured,
        "differences": differing,
        "equal": not differing,
    }


def _logged(call: BankCall, session: Session) -> people.LoggedCall:
    keys = _keys(session.center)
    if call.service.lower() not in keys:
        raise UsageError(
            f"line {call.line}: no menu choice leads to service {call.service!r}",
            f"add a queue {call.service.lower()} to the replay's callcenter.yaml; it has {', '.join(keys)}",
        )
    return people.LoggedCall(
        arrival=call.arrival.replace(tzinfo=session.zone).astimezone(UTC),
        menu_seconds=call.menu_seconds,
        outcome=call.outcome,
        keys=(keys[call.service.lower()],),
        queue_seconds=call.queue_seconds,
        talk_seconds=call.talk_seconds,
        agent=call.server.lower() or None,
        customer=_number(call.customer),
    )


def _number(customer: str) -> str:
    """Return a number that stands for a customer of the log; spreadsheets mangled some of its ids."""
    digits = "".join(character for character in customer if character.isdigit()).strip("0")
    return f"+9725{digits[:8]:0>8}" if digits else ANONYMOUS_CUSTOMER


def _keys(center: Center) -> dict[str, str]:
    """Return the key of the entry menu that leads to each queue."""
    options = center.ivr.menus[center.ivr.entry].options
    return {option.queue: key for key, option in options.items() if option.queue}


def _target(center: Center) -> int:
    targets = {queue.service_target.seconds for queue in center.queues.values()}
    if len(targets) != 1:
        raise UsageError("the replay's queues have different service targets", "give them one: the log has one")
    return targets.pop()


def _live_through(session: Session, logged: list[people.LoggedCall]) -> None:
    last = max(
        call.arrival + timedelta(seconds=call.menu_seconds + call.queue_seconds + call.talk_seconds) for call in logged
    )
    session.cloud.run_until(last + SETTLING)
