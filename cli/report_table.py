"""A report as tables on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from cli.errors import UsageError
from trunkline.reports.words import Words

_QUEUES = (
    *("offered", "answered", "service_level_percent", "abandonment_rate", "average_speed_of_answer_seconds"),
    *("average_handle_time_seconds", "first_contact_resolution_percent", "resolution_percent", "csat_percent"),
)
_AGENTS = (
    *("answered", "average_handle_time_seconds", "average_speed_of_answer_seconds"),
    *("first_contact_resolution_percent", "csat_percent", "occupancy_percent", "adherence_percent"),
)
_SIGNS = {"more": "▲", "less": "▼", "no_telling": " "}
_WIDTH = 132


def print_report(report: Mapping[str, Any], center_name: str, out: Path | None, language: str) -> None:
    """Print a report, or write it to a file.

    Raises
    ------
    UsageError
        If the file cannot be written.
    """
    if out is None:
        console = Console(highlight=False)
        wide = console if console.is_terminal else Console(width=_WIDTH, highlight=False)
        _print(wide, report, center_name, Words(language))
        return
    try:
        with out.open("w", encoding="utf-8") as file:
            _print(Console(file=file, width=_WIDTH, highlight=False), report, center_name, Words(language))
    except OSError as error:
        raise UsageError(f"{out} cannot be written: {error.strerror}", "Give another file with --out.") from error


def _print(console: Console, report: Mapping[str, Any], center_name: str, words: Words) -> None:
    span = words.day(report["from"]) + ("" if report["days"] == 1 else f" – {words.day(report['to'])}")
    console.print(f"[bold]{escape(center_name)}[/bold]: {words.say('report_' + report['period']).lower()}, {span}")
    if not report["complete"]:
        console.print(f"{words.say('running')} {words.moment(report['end'], report['time_zone'])}")
    for line in words.tell_counted(report):
        console.print(line)
    if not report["total"]["contacts"]:
        console.print(words.say("nothing"))
        return
    total = {**report["total"], "name": words.say("total")}
    console.print(_table(words.say("queues"), [*report["queues"], total], _QUEUES, words))
    if len(report["departments"]) < len(report["queues"]):
        console.print(_table(words.say("departments"), report["departments"], _QUEUES, words))
    agents = [each for each in report["agents"] if each["contacts"]]
    console.print(_table(words.say("agents"), agents, _AGENTS, words))
    trend = report["total"]["trend"]
    if trend is not None:
        slope = f"{abs(trend['slope']):,.1f}"
        console.print(words.say("trend_" + trend["verdict"], slope=slope, days=trend["days"]))
    if report.get("cost"):
        cost = report["cost"]
        paid = words.value(cost["total"], "money", cost["currency"])
        console.print(words.say("cost_of", total=paid, contacts=f"{cost['contacts']:,}"))
    console.print(f"[dim]{words.say('explain_signs')}[/dim]")


def _table(title: str, sections: Sequence[Mapping[str, Any]], columns: Iterable[str], words: Words) -> Table:
    shown = [key for key in columns if any(_told(section, key) for section in sections)]
    table = Table(title)
    for key in shown:
        table.add_column(words.figure(key), justify="right")
    for section in sections:
        if section["key"] == "-" and section is sections[-1]:
            table.add_section()
        cells = (_cell(section["figures"].get(key), words) for key in shown)
        table.add_row(escape(words.name(section)), *cells)
    return table


def _told(section: Mapping[str, Any], key: str) -> bool:
    return key in section["figures"] and section["figures"][key]["value"] is not None


def _cell(figure: Mapping[str, Any] | None, words: Words) -> str:
    if figure is None or figure["value"] is None:
        return "–"
    value, sign = words.value(figure["value"], figure["unit"]), _SIGNS[figure["verdict"]]
    if figure["low"] is None:
        return f"{value} {sign}"
    few = "*" if figure["small"] else ""
    return f"{value}{few} {sign}\n[dim]{words.ends(figure['low'], figure['high'], figure['unit'])}[/dim]"
