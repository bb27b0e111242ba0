"""Results for people: tables in the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from cli.figures import CONVENTIONS, COUNTS, RATES
from cli.night import tell_night

_CONSOLE = Console(highlight=False, soft_wrap=True)


def print_day(report: Mapping[str, Any]) -> None:
    """Print what happened against what was measured, and the bill."""
    _print_figures("What happened", report["truth"], "Measured", report["measured"])
    _print_verdict(report)
    whole = report["whole"]
    _CONSOLE.print(
        f"Recorded {whole['recorded']}, ingested {whole['with_recording']}, analysed {whole['with_analysis']}, "
        f"failed {whole['with_failure']}"
    )
    for queue, number in report["failures"].items():
        _CONSOLE.print(f"[yellow]{number} in dead-letter queue {queue}[/yellow]")
    for alarm in report["alarms"]:
        _CONSOLE.print(f"[yellow]alarm {alarm['at']} {escape(alarm['means'])}[/yellow]")
    for denial in report["denials"]:
        _CONSOLE.print(f"[red]denied: {escape(denial)}[/red]")
    print_bill(report["bill"])
    if report.get("night") is not None:
        _CONSOLE.print(escape(tell_night(report["night"])))
    if "contacts_per_second" in report:
        _CONSOLE.print(f"{report['contacts_per_second']} contacts a second of processor time")


def print_replay(report: Mapping[str, Any]) -> None:
    """Print the log against the measurement."""
    _CONSOLE.print(
        f"[bold]{report['date']}[/bold]: {report['rows']} rows, {report['phantom']} phantom, "
        f"{len(report['rejected'])} rejected"
    )
    for row in report["rejected"]:
        _CONSOLE.print(f"[yellow]line {row['line']}: {escape(row['cause'])}[/yellow]")
    _print_figures("Log", report["log"], "Measured", report["measured"])
    _print_verdict(report)


def print_contact(report: Mapping[str, Any]) -> None:
    """Print a contact as the console shows it."""
    contact, recording = report["contact"], report["recording"]
    _CONSOLE.print(f"[bold]Contact {report['contact_id']}[/bold]  {contact.get('agent')}, {contact.get('queue')}")
    if recording:
        _CONSOLE.print(f"Recording {recording['seconds']} s, {recording['bytes']} bytes, SHA-256 {recording['sha256']}")
    for failure in report["failures"]:
        _CONSOLE.print(f"[yellow]{escape(failure['stage'])}: {escape(failure['cause'])}[/yellow]")
    for segment in (report["transcript"] or {}).get("segments", []):
        who = "cyan" if segment["speaker"] == "agent" else "green"
        speaker = f"[{who}]{segment['speaker']:>8}[/{who}]"
        _CONSOLE.print(f"[dim]{segment['start_seconds']:7.1f}[/dim] {speaker}  {escape(segment['text'])}")
    for key, value in (report["analysis"] or {}).items():
        if key not in ("segments", "language"):
            _CONSOLE.print(f"[dim]{key}[/dim] {value}")


def print_bill(bill: Mapping[str, Any]) -> None:
    """Print what an average call costs, by service."""
    table = Table("Service", "$ a call", title="The bill of an average call", title_justify="left")
    for service, amount in bill["per_call"].items():
        table.add_row(service, f"{amount:.7f}")
    table.add_section()
    for part in ("orchestration", "telephony", "transcription", "storage"):
        table.add_row(part, f"{bill[part]:.7f}")
    _CONSOLE.print(table)


def _print_figures(left: str, one: Mapping[str, Any], right: str, other: Mapping[str, Any]) -> None:
    table = Table("Figure", left, right)
    for key in (*COUNTS, *RATES):
        table.add_row(key, _number(one[key]), _number(other[key]), style="" if one[key] == other[key] else "yellow")
    for name in CONVENTIONS:
        values = one["service_level"][name], other["service_level"][name]
        table.add_row(f"service level {name}", *map(_number, values))
    _CONSOLE.print(table)


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{value:.4f}"


def _print_verdict(report: Mapping[str, Any]) -> None:
    if report["equal"]:
        _CONSOLE.print("[green]✓ What happened and what was measured agree[/green]")
    for difference in report["differences"]:
        _CONSOLE.print(f"[red]✗ {escape(difference)}[/red]")
