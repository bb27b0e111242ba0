"""Results of test cases, written for people and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape

from cli.flow.offline_center import Sources
from contactflow.testing import Failure, Place
from contactflow.testing.coverage import Coverage, Uncovered
from contactflow.testing.junit import JUnitCase
from contactflow.testing.suite import CaseFile, CaseRun
from contactflow.testing.telling import Locate, name_place, write_details

DOTS_A_LINE = 70


class Dots:
    """A dot for each case as it ends: ``.`` passed, ``F`` failed."""

    def __init__(self, console: Console, total: int) -> None:
        self._console = console
        self._total = total
        self._count = 0

    def add(self, run: CaseRun) -> None:
        """Show one more case."""
        self._count += 1
        self._console.print("[green].[/green]" if run.result.passed else "[red]F[/red]", end="")
        if self._count % DOTS_A_LINE == 0 or self._count == self._total:
            self._console.print(f" [dim]{100 * self._count // self._total:>3}%[/dim]")


def locate_by(sources: Sources) -> Locate:
    """Return what tells where an action comes from: file, line and key path, as far as they are known."""

    def locate(place: Place) -> str:
        found = sources.get(place)
        named = name_place(place)
        return named if found is None else f"{found[0]}:{found[1].line}  {found[1].key}  ({named})"

    return locate


def print_failures(console: Console, runs: Iterable[CaseRun], sources: Sources) -> None:
    """Print what went wrong in each failed case."""
    for run in runs:
        if not run.result.passed:
            console.print(f"\n[bold red]✗ {escape(run.result.name)}[/bold red]  [dim]{escape(run.file)}[/dim]")
            for line in write_details(run.result, locate_by(sources)).splitlines():
                console.print(f"    {escape(line)}")


def print_summary(console: Console, runs: Sequence[CaseRun], coverage: Coverage) -> None:
    """Print how many passed, how fast, and how much of the flows they covered."""
    failed = sum(1 for run in runs if not run.result.passed)
    seconds = sum(run.seconds for run in runs)
    rate = f" ({len(runs) / seconds:,.0f} cases a second)" if seconds else ""
    counts = f"{len(runs) - failed} passed" + (f", {failed} failed" if failed else "")
    console.print(f"\n[{'red' if failed else 'green'}]{counts}[/] in {seconds:.2f} s{rate}")
    summary = coverage.summarise()
    parts = [f"{summary[what]['covered']} of {summary[what]['total']} {what}" for what in ("actions", "branches")]
    console.print(f"covered {' and '.join(parts)}")


def print_uncovered(console: Console, coverage: Coverage, sources: Sources) -> None:
    """Print what no case went through, by line of the file that it comes from."""
    by_line: dict[tuple[str, int], list[str]] = {}
    for one in coverage.list_uncovered():
        file, line, key = _source_of(one, sources)
        told = f"{one.place.action_id}: {one.branch or 'never run'}"
        by_line.setdefault((file, line), []).append(f"{told}  [dim]{escape(key)}[/dim]" if key else told)
    console.print("\n[bold]Not covered[/bold]")
    for (file, line), branches in sorted(by_line.items()):
        console.print(f"  [bold]{escape(file)}{f':{line}' if line else ''}[/bold]")
        for branch in branches:
            console.print(f"      {branch}")
    if not by_line:
        console.print("  nothing: every branch of every flow was taken")


def describe_coverage(coverage: Coverage, sources: Sources) -> dict[str, Any]:
    """Return the coverage as JSON-compatible values, with what is not covered and where it comes from."""
    uncovered = []
    for one in coverage.list_uncovered():
        file, line, key = _source_of(one, sources)
        known = {"file": file, "line": line, "key": key} if key else {}
        uncovered.append({"flow": one.place.flow, "action": one.place.action_id, "branch": one.branch, **known})
    return {**coverage.summarise(), "uncovered": uncovered}


def describe_run(run: CaseRun, sources: Sources) -> dict[str, Any]:
    """Return a case's result as JSON-compatible values."""
    result = run.result
    return {
        "file": run.file,
        "name": result.name,
        "passed": result.passed,
        "ended": result.ended,
        "call_seconds": round(result.seconds, 3),
        "met": list(result.met),
        "failures": [_describe_failure(failure, sources) for failure in result.failures],
        "logged": dict(result.logged),
        "problem": None,
    }


def describe_unreadable(file: CaseFile) -> dict[str, Any]:
    """Return a case that could not be read as JSON-compatible values."""
    return {"file": file.file, "name": None, "passed": False, "problem": file.problem}


def junit_cases(runs: Iterable[CaseRun], unreadable: Iterable[CaseFile], sources: Sources) -> list[JUnitCase]:
    """Return the lines of a JUnit report."""
    lines = []
    for run in runs:
        failure = run.result.failures[0] if run.result.failures else None
        problem = f"expected {failure.expected}; {failure.found}" if failure else None
        details = write_details(run.result, locate_by(sources)) if failure else ""
        lines.append(JUnitCase(run.result.name, run.file, run.seconds, problem, details))
    return lines + [JUnitCase(file.file, file.file, 0.0, file.problem, ran=False) for file in unreadable]


def _source_of(one: Uncovered, sources: Sources) -> tuple[str, int, str]:
    found = sources.get(one.place)
    return (one.place.flow, 0, "") if found is None else (found[0], found[1].line, found[1].key)


def _describe_failure(failure: Failure, sources: Sources) -> dict[str, Any]:
    place: dict[str, Any] | None = None
    if failure.place is not None:
        place = {"flow": failure.place.flow, "action": failure.place.action_id}
        found = sources.get(failure.place)
        if found is not None:
            place |= {"file": found[0], "line": found[1].line, "key": found[1].key}
    return {
        "observation": failure.observation,
        "kind": failure.kind,
        "expected": failure.expected,
        "found": failure.found,
        "action": failure.action,
        "place": place,
        "mend": failure.mend,
    }
