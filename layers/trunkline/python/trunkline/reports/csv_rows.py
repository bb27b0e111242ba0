"""Reports and scorecards as comma-separated values: one line a figure, so that every spreadsheet can group them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_PLACE = (
    "period",
    "from",
    "to",
    "scope",
    "key",
    "name",
    "contacts",
    "figure",
    "unit",
    "value",
    "n",
    "low",
    "high",
    "small",
)
_COMPARED = (
    *("previous", "previous_n", "change", "p", "verdict", "good", "provisional"),
    *("baseline", "baseline_low", "baseline_high", "baseline_verdict"),
)
_TARGETED = ("provisional", "target", "bound", "source", "center_value", "status", "reason", "set_by", "set_at")
_SCOPES = {"queues": "queue", "departments": "department", "agents": "agent", "channels": "channel"}
# A spreadsheet takes a cell that begins like this for a formula.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def write_report_csv(report: Mapping[str, Any]) -> str:
    """Write a report, with every figure's comparison.

    Notes
    -----
    **Source**: RFC 4180; OWASP, "CSV injection".
    """
    sections = [("center", report["total"]), *_sections(report)]
    return _write((*_PLACE, *_COMPARED), (_report_line(report, *each) for each in _figures(sections)))


def write_scorecards_csv(scorecards: Mapping[str, Any]) -> str:
    """Write scorecards, with every figure's target."""
    return _write((*_PLACE, *_TARGETED), (_card_line(scorecards, *each) for each in _figures(_sections(scorecards))))


def _sections(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, scope in _SCOPES.items():
        for section in document.get(name, ()):
            yield scope, section


def _figures(
    sections: Iterable[tuple[str, Mapping[str, Any]]],
) -> Iterator[tuple[str, Mapping[str, Any], str, Mapping[str, Any]]]:
    for scope, section in sections:
        for key, figure in section["figures"].items():
            yield scope, section, key, figure


def _report_line(
    report: Mapping[str, Any], scope: str, section: Mapping[str, Any], key: str, figure: Mapping[str, Any]
) -> list[Any]:
    previous, baseline = figure.get("previous") or {}, figure.get("baseline") or {}
    compared = [figure.get(name) for name in ("change", "p", "verdict", "good", "provisional")]
    usual = [baseline.get(name) for name in ("value", "low", "high", "verdict")]
    return [*_place(report, scope, section, key, figure), previous.get("value"), previous.get("n"), *compared, *usual]


def _card_line(
    scorecards: Mapping[str, Any], scope: str, card: Mapping[str, Any], key: str, figure: Mapping[str, Any]
) -> list[Any]:
    target = figure["target"] or {}
    told = [target.get(name) for name in ("value", "bound", "source", "center_value")]
    why = [target.get(name) for name in ("reason", "set_by", "set_at")]
    return [*_place(scorecards, scope, card, key, figure), figure.get("provisional"), *told, figure["status"], *why]


def _place(
    document: Mapping[str, Any], scope: str, section: Mapping[str, Any], key: str, figure: Mapping[str, Any]
) -> list[Any]:
    name = section["name"]
    if isinstance(name, Mapping):
        name = next(iter(name.values()), None)
    whose = [scope, section["key"], name, section["contacts"]]
    what = [key, *(figure.get(part) for part in ("unit", "value", "n", "low", "high", "small"))]
    return [document["period"], document["from"], document["to"], *whose, *what]


def _write(header: Iterable[str], lines: Iterable[list[Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    for line in lines:
        writer.writerow([_cell(value) for value in line])
    return text.getvalue()


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value.startswith(_FORMULAS) and value != "-":
        return f"'{value}"
    return value
