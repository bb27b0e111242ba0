"""``trunkline flow test``: run test cases against flows, without an account."""

# ruff: noqa: PT028  the command is called test, and has defaults

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from cli.errors import UsageError
from cli.flow.case_report import (
    Dots,
    describe_coverage,
    describe_run,
    describe_unreadable,
    junit_cases,
    print_failures,
    print_summary,
    print_uncovered,
)
from cli.flow.inputs import CENTER, PATHS_HELP, exit_code, print_problems, read_flows
from cli.flow.offline_center import Sources, build_host, build_library, map_sources
from cli.flow.outputs import print_json, print_problem, write_file
from cli.formats import Format
from contactflow.testing.choosing import ExpressionError
from contactflow.testing.coverage import Coverage
from contactflow.testing.junit import write_junit
from contactflow.testing.suite import CaseFile, CaseRun, choose_cases, find_cases, run_cases

CASES = Path("tests/cases")


def test(
    cases: Annotated[
        list[Path] | None,
        typer.Argument(metavar="CASE", help="Test cases, or folders of them; tests/cases where none is given."),
    ] = None,
    flows: Annotated[
        list[Path] | None,
        typer.Option(metavar="PATH", help=f"{PATHS_HELP} Repeatable."),
    ] = None,
    entry: Annotated[str | None, typer.Option(help="Flow that calls come to, for cases that do not say.")] = None,
    choose: Annotated[
        str | None, typer.Option("-k", metavar="EXPR", help="Only cases that fit, such as 'menu and not korean'.")
    ] = None,
    junit: Annotated[Path | None, typer.Option(help="Write the results as JUnit XML.")] = None,
    coverage: Annotated[
        str | None,
        typer.Option(metavar="text|FILE", help="Print what is not covered, by line; or write all counts as JSON."),
    ] = None,
    agent_after: Annotated[
        float | None, typer.Option(min=0, help="Seconds until an agent answers a queued caller; else nobody does.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="Text, or a JSON object with every result.")] = Format.TEXT,
) -> None:
    """Run test cases in Amazon Connect's testing language, offline and in virtual time.

    Functions, hours, queues and bots answer as a case overrides them. Without an override, hours are open, queues have
    room, the bot of a callcenter.yaml knows its phrases, and a Lambda function fails.

    Ends with 0 where every case passed, 1 where one failed, 2 where a case or a flow could not be read.

    For example:

        trunkline flow test
        trunkline flow test cases --flows exports/ --entry inbound --coverage text
        trunkline flow test -k "menu and not korean" --junit report.xml
    """
    flow_files = read_flows(flows or [])
    bad_flows = print_problems(flow_files)
    sources = map_sources(flow_files)
    library = build_library(flow_files)
    found = _choose(list(find_cases(cases or [CASES])), choose)
    unreadable = [file for file in found if file.case is None]
    for file in unreadable:
        print_problem(file.file, file.problem or "")
    console = Console(soft_wrap=True, highlight=False, quiet=form is Format.JSON)
    counted = Coverage(library)
    dots = Dots(console, len(found) - len(unreadable))
    host = build_host(flows or [CENTER], agent_answers_after_seconds=agent_after)
    runs = []
    for run in run_cases(found, library, host=host, entry=entry, coverage=counted):
        dots.add(run)
        runs.append(run)
    print_failures(console, runs, sources)
    print_summary(console, runs, counted)
    if coverage == Format.TEXT:
        print_uncovered(console, counted, sources)
    elif coverage is not None:
        write_file(Path(coverage), json.dumps(describe_coverage(counted, sources), indent=2, ensure_ascii=False) + "\n")
    if junit is not None:
        write_file(junit, write_junit(junit_cases(runs, unreadable, sources), name="trunkline flow test"))
    if form is Format.JSON:
        print_json(_describe(runs, unreadable, counted, sources))
    raise typer.Exit(exit_code(bad_flows or bool(unreadable), any(not run.result.passed for run in runs)))


def _choose(found: list[CaseFile], expression: str | None) -> list[CaseFile]:
    try:
        return choose_cases(found, expression)
    except ExpressionError as error:
        raise UsageError(f"-k: {error}", "Use words, and, or, not and parentheses.") from None


def _describe(runs: list[CaseRun], unreadable: list[CaseFile], coverage: Coverage, sources: Sources) -> dict[str, Any]:
    passed = sum(1 for run in runs if run.result.passed)
    summary = coverage.summarise()
    return {
        "passed": passed,
        "failed": len(runs) - passed,
        "unreadable": len(unreadable),
        "seconds": round(sum(run.seconds for run in runs), 6),
        "cases": [describe_run(run, sources) for run in runs] + [describe_unreadable(file) for file in unreadable],
        "coverage": {"actions": summary["actions"], "branches": summary["branches"]},
    }
