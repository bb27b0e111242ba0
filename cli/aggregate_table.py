"""What ``trunkline aggregate`` tells people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

_COLUMNS = ("offered", "answered", "abandoned", "abandonment_rate", "average_speed_of_answer_seconds")
_SHOWN_PROBLEMS = 20


def print_aggregation(report: Mapping[str, Any], intervals: int) -> None:
    """Print a row for each queue, their total, and what could not be counted."""
    console = Console(highlight=False)
    table = Table(
        "Queue", "offered", "answered", "abandoned", "abandoned %", "answer s", "level c %", "queue p50/90/95 s"
    )
    for name, figures in (*report["queues"].items(), ("total", report["total"])):
        if name == "total":
            table.add_section()
        waits = figures["queue_time_seconds"].values()
        level = _number(figures["service_level"]["c"])
        table.add_row(
            escape(name), *(_number(figures[each]) for each in _COLUMNS), level, " / ".join(map(_number, waits))
        )
    console.print(table)
    console.print(
        f"{report['new']} contacts; {report['corrected']} corrected, {report['duplicate']} duplicate, "
        f"{report['rejected']} rejected records; {intervals} interval counters"
    )
    for problem in report["problems"][:_SHOWN_PROBLEMS]:
        console.print(f"[yellow]line {problem['line']}: {escape(problem['cause'])}[/yellow]")
    if report["rejected"] > _SHOWN_PROBLEMS:
        console.print(f"[yellow]… {report['rejected'] - _SHOWN_PROBLEMS} more (--format json tells them)[/yellow]")


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{value:.1f}"
