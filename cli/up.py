"""``trunkline up``: open the centre on the twin, and watch calls come in."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from cli.board import Heading
from cli.day import SAMPLE_DAY, compare, live_through
from cli.ending import asked_to_end
from cli.metered import bill_of
from cli.printing import print_day
from cli.progress import Progress
from cli.session import (
    SAMPLE_CENTER,
    SAMPLE_CUSTOMERS,
    SAMPLE_SCENARIO,
    Session,
    open_session,
    read_center,
    read_scenario,
)
from cli.watching import watch
from twin import people
from twin.cloud import HandlerMode
from twin.cloud.front import Front

OPENING_HOUR = 10
_ENDED_BY_SIGNAL = 143


def up(
    speed: Annotated[float, typer.Option(min=0.1, max=600, help="Virtual seconds in a real second.")] = 6,
    calls_per_hour: Annotated[float, typer.Option(min=1, max=3600, help="Calls an hour of virtual time.")] = 120,
    seed: Annotated[int, typer.Option(help="Fixes everything random.")] = 1,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port of the console on this machine; 0 takes any.")
    ] = 8080,
    center: Annotated[Path, typer.Option(help="The call centre.", show_default="callcenter.yaml")] = SAMPLE_CENTER,
    scenario: Annotated[
        Path, typer.Option(help="Who calls, and why.", show_default="scenarios/redline.yaml")
    ] = SAMPLE_SCENARIO,
    silent: Annotated[bool, typer.Option("--silent", help="Recordings without voices: less work.")] = False,
    isolated: Annotated[
        bool,
        typer.Option("--isolated", help="Each function in a process of its own, under Lambda's runtime client."),
    ] = False,
    seconds: Annotated[float | None, typer.Option(min=1, help="Close by itself after so many real seconds.")] = None,
) -> None:
    """Open the centre offline: callers ring, agents answer, and the console shows it all.

    Ctrl-C closes it: calls in progress end, everything settles, and what happened is held against what
    the system measured. What is kept meanwhile, where, and how long: docs/architecture.md.
    """
    progress = Progress()
    zone = ZoneInfo(read_center(center).time_zone)
    start = datetime(SAMPLE_DAY.year, SAMPLE_DAY.month, SAMPLE_DAY.day, OPENING_HOUR, tzinfo=zone)
    habits = read_scenario(scenario)
    handlers: HandlerMode = "isolated" if isolated else "inprocess"
    with (
        open_session(
            center, seed=seed, start=start, progress=progress, spoken=not silent, handlers=handlers
        ) as session,
        _open_front(session, port, progress) as front,
    ):
        population = people.load_population(SAMPLE_CUSTOMERS)
        centre = people.open_centre(
            session.network, habits, seed=seed, calls_per_hour=calls_per_hour, population=population
        )
        heading = Heading(session.center.name, zone, speed, front.url)
        _watch(session, heading, speed, _deadline(seconds))
        progress.say("Closing: the last calls end, and what follows from them settles")
        centre.close()
        live_through(session, centre)
        bill = bill_of(session)
        report = {**compare(session, SAMPLE_DAY), "bill": bill}
    print_day(report)
    raise typer.Exit(0 if report["equal"] else 1)


def _open_front(session: Session, port: int, progress: Progress) -> Front:
    """Listen on ``port``, or on any other when somebody else has it."""
    try:
        return Front(session.cloud, port=port)
    except OSError:
        front = Front(session.cloud, port=0)
        progress.say(f"Port {port} is taken; the console is at {front.url}")
        return front


def _watch(session: Session, heading: Heading, speed: float, over: Callable[[], bool]) -> None:
    def until() -> bool:
        watcher.show()
        if asked():
            raise typer.Exit(_ENDED_BY_SIGNAL)
        return over()

    with watch(session, heading) as watcher, asked_to_end() as asked, contextlib.suppress(KeyboardInterrupt):
        session.cloud.run_paced(speed, until=until)


def _deadline(seconds: float | None) -> Callable[[], bool]:
    if seconds is None:
        return lambda: False
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end
