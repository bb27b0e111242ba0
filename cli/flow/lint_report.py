"""Findings and rules for people."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from contactflow.lint import Rule, Severity

if TYPE_CHECKING:
    from cli.flow.lint import FileFinding

COLOURS: dict[Severity, str] = {"error": "red", "warning": "yellow", "note": "cyan"}


def print_findings(found: Sequence[FileFinding], flows: int) -> None:
    """Print findings by file, and how many there are."""
    console = Console(highlight=False, soft_wrap=True)
    for file, group in groupby(found, lambda one: one.file):
        console.print(f"[bold]{escape(file)}[/bold]")
        for one in group:
            _print_finding(console, one)
        console.print()
    console.print(_summarise(found, flows))


def print_rules(rules: Sequence[Rule]) -> None:
    """Print what each rule finds, why, and how to mend it."""
    console = Console(highlight=False, soft_wrap=True)
    for rule in rules:
        colour = COLOURS[rule.severity]
        console.print(f"[bold]{rule.id}[/bold]  [{colour}]{rule.severity}[/{colour}]  {escape(rule.title)}")
        console.print(f"    {escape(rule.reason)}")
        console.print(f"    [green]{escape(rule.mend)}[/green]")


def _print_finding(console: Console, one: FileFinding) -> None:
    finding = one.finding
    colour = COLOURS[finding.severity]
    where = f"  line {one.line}" if one.line else ""
    key = f"  [cyan]{escape(one.key)}[/cyan]" if one.key else ""
    action = f"  [dim]{escape(finding.action)}[/dim]" if finding.action else ""
    console.print(f"  [{colour}]{finding.severity}[/{colour}]{where}  {finding.rule}{action}{key}")
    console.print(f"      {escape(finding.message)}.")
    console.print(f"      [green]{escape(finding.mend)}[/green]")


def _summarise(found: Sequence[FileFinding], flows: int) -> str:
    if not flows:
        return "[yellow]![/yellow] there was no flow to lint"
    linted = f"{flows} flow{'' if flows == 1 else 's'}"
    if not found:
        return f"[green]✓[/green] {linted}, nothing found"
    severities = [one.finding.severity for one in found]
    counts = [(severity, severities.count(severity)) for severity in COLOURS]
    told = ", ".join(f"{count} {severity}{'' if count == 1 else 's'}" for severity, count in counts if count)
    sign = "[red]✗[/red]" if "error" in severities else "[yellow]![/yellow]"
    return f"{sign} {told} in {len({one.file for one in found})} of {linted}"
