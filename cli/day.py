"""``trunkline day``: a day of calls as fast as it goes, and whether the system measured what happened."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from cli.alarms import fired_alarms
from cli.cases import write_cases
from cli.errors import UsageError
from cli.figures import Happening, count
from cli.formats import Format
from cli.history_files import keep_history
from cli.metered import bill_of
from cli.night import is_proved, live_through_night
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
from cli.truth import differences, measured_figures
from cli.wholeness import failures, wholeness
from trunkline.center import Center
from twin import people
from twin.cloud import HandlerMode
from twin.connect import CaseRecorder, DeliveryFaults, TrueContact

SAMPLE_DAY = date(2026, 11, 17)
SETTLING = timedelta(minutes=30)
STEP = timedelta(minutes=15)


@dataclass(frozen=True)
class DayRequest:
    """What kind of day: see the options of ``trunkline day``."""

    calls: int
    seed: int
    day: date = SAMPLE_DAY
    center_file: Path = SAMPLE_CENTER
    scenario_file: Path = SAMPLE_SCENARIO
    spoken: bool = True
    handlers: HandlerMode = "inprocess"
    faults: DeliveryFaults | None = None
    night: bool = False
    cases_folder: Path | None = None
    case_contacts: tuple[str, ...] = ()
    history_folder: Path | None = None


def day(
    calls: Annotated[int, typer.Option(min=1, help="How many calls ring.")] = 200,
    seed: Annotated[int, typer.Option(help="Fixes everything random.")] = 1,
    on: Annotated[str, typer.Option("--date", help="Which day, as YYYY-MM-DD.")] = SAMPLE_DAY.isoformat(),
    center: Annotated[Path, typer.Option(help="The call centre.", show_default="callcenter.yaml")] = SAMPLE_CENTER,
    scenario: Annotated[
        Path, typer.Option(help="Who calls, and why.", show_default="scenarios/redline.yaml")
    ] = SAMPLE_SCENARIO,
    silent: Annotated[bool, typer.Option("--silent", help="Recordings without voices: faster.")] = False,
    isolated: Annotated[
        bool,
        typer.Option("--isolated", help="Each function in a process of its own, under Lambda's runtime client."),
    ] = False,
    faulty: Annotated[
        bool,
        typer.Option("--faulty", help="Events get lost, repeated and reordered; records repeated and corrected."),
    ] = False,
    night: Annotated[
        bool, typer.Option("--night", help="Go on until the day is closed: counters held against log and history.")
    ] = False,
    cases: Annotated[
        Path | None, typer.Option("--write-cases", help="Write a test case of each call into this folder.")
    ] = None,
    history: Annotated[
        Path | None, typer.Option(help="Keep the day's history in this folder, for `trunkline history query`.")
    ] = None,
    contact: Annotated[
        list[str] | None, typer.Option(help="Only of the calls whose contact id begins so; may be repeated.")
    ] = None,
    output: Annotated[Format, typer.Option("--format", help="Text or JSON.")] = Format.TEXT,
) -> None:
    """Run a day of calls as fast as it goes, and compare what happened with what was measured.

    Ends with 0 when both agree exactly, with 1 when they differ or the night finds drift.
    """
    request = DayRequest(
        calls,
        seed,
        parse_day(on),
        center,
        scenario,
        spoken=not silent,
        handlers="isolated" if isolated else "inprocess",
        faults=rough_delivery() if faulty else None,
        night=night,
        cases_folder=cases,
        case_contacts=tuple(contact or ()),
        history_folder=history,
    )
    report = run_day(request, Progress())
    if output is Format.JSON:
        typer.echo(json.dumps(report, indent=2, ensure_ascii=False))
    else:
        print_day(report)
    raise typer.Exit(0 if report["equal"] and is_proved(report["night"]) else 1)


def parse_day(text: str) -> date:
    """Return the day that ``text`` names.

    Raises
    ------
    UsageError
        When it is not a date.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is not a day", "write it as YYYY-MM-DD, such as 2026-11-17") from error


def rough_delivery() -> DeliveryFaults:
    """Return the faults that AWS documents: best-effort events, records at least once and corrected."""
    return DeliveryFaults(
        dropped_events=0.02,
        duplicated_events=0.05,
        late_events=0.1,
        duplicated_records=0.05,
        corrected_records=0.05,
    )


def run_day(request: DayRequest, progress: Progress) -> dict[str, Any]:
    """Run the day; answer the report that ``--format json`` prints (docs/commands.md)."""
    began = time.process_time()
    zone = ZoneInfo(read_center(request.center_file).time_zone)
    start = datetime.combine(request.day, clock_time(), zone)
    scenario = read_scenario(request.scenario_file)
    with open_session(
        request.center_file,
        seed=request.seed,
        start=start,
        progress=progress,
        spoken=request.spoken,
        handlers=request.handlers,
        faults=request.faults,
    ) as session:
        recorder = None if request.cases_folder is None else CaseRecorder(session.network)
        ready = time.process_time()
        population = people.load_population(SAMPLE_CUSTOMERS)
        centre = people.open_centre(
            session.network,
            scenario,
            seed=request.seed,
            start=start,
            calls=request.calls,
            population=population,
        )
        with progress.step(f"{request.calls} calls on {request.day:%A %d %B %Y}"):
            live_through(session, centre)
        over = time.process_time()
        bill = bill_of(session)
        closed = None
        if request.night:
            with progress.step("Closing the day"):
                closed = live_through_night(session, request.day)
        with progress.step("Comparing what happened with what was measured"):
            report = compare(session, request.day)
        if recorder is not None and request.cases_folder is not None:
            paths = write_cases(session, recorder, request.center_file, request.cases_folder, request.case_contacts)
            progress.say(f"{len(paths)} test cases in {request.cases_folder}")
        if request.history_folder is not None:
            kept = keep_history(session, request.history_folder)
            progress.say(f"{kept} files of history in {request.history_folder}")
        seconds = {"setup": ready - began, "run": over - ready, "compare": time.process_time() - over}
    report["bill"] = bill
    report["night"] = closed
    report["contacts_per_second"] = round(report["contacts"] / seconds["run"], 2)
    report["seconds"] = {name: round(value, 2) for name, value in seconds.items()}
    return report


def live_through(session: Session, centre: people.OpenCentre) -> None:
    """Run virtual time until every call is over and everything that follows from it has settled."""
    cloud = session.cloud
    while not centre.finished:
        cloud.run_until(cloud.clock.now() + STEP)
    centre.close()
    cloud.run_until(cloud.clock.now() + SETTLING)


def compare(session: Session, on: date) -> dict[str, Any]:
    """Hold the ledger of the twin against the console's API: of a day, and of all that have followed it."""
    ledger = session.network.ledger
    short = session.center.metrics.short_abandon_seconds
    truth = count(happened(ledger, session.center), short_abandon_seconds=short)
    today = session.cloud.clock.now().astimezone(session.zone).date()
    days = [on + timedelta(days=number) for number in range(max((today - on).days, 1) + 1)]
    measured = measured_figures(session.console.metrics(one)["total"] for one in days)
    differing = differences(truth, measured)
    return {
        "contacts": truth["contacts"],
        "truth": truth,
        "measured": measured,
        "differences": differing,
        "equal": not differing,
        "whole": wholeness(session),
        "failures": failures(session),
        "alarms": fired_alarms(session),
        "unused_grants": [asdict(grant) for grant in session.cloud.unused_grants()],
        "denials": [denial.message() for denial in session.cloud.denials],
    }


def happened(ledger: Iterable[TrueContact], center: Center) -> Iterable[Happening]:
    """Yield the twin's ledger as contacts to count."""
    for contact in ledger:
        target = center.queues[contact.queue].service_target.seconds if contact.queue in center.queues else 20
        yield Happening(
            outcome=contact.outcome,
            queue=contact.queue,
            agent=contact.agent,
            wait_seconds=contact.wait_seconds or 0,
            talk_seconds=contact.talk_seconds,
            hold_seconds=contact.hold_seconds,
            after_contact_seconds=contact.after_contact_seconds,
            target_seconds=target,
            survey_score=contact.survey_score,
            is_callback=contact.initiation_method == "CALLBACK",
            callback_wait_seconds=_seconds_until_answer(contact),
        )


def _seconds_until_answer(contact: TrueContact) -> int:
    return int((contact.answered_at - contact.initiated_at).total_seconds()) if contact.answered_at else 0
