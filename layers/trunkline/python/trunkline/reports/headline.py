"""What a mail says of a report: its headline figures, and where the whole of it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trunkline.reports.words import Words

LONGEST_SUBJECT = 99
"""Longest subject of a mail from Amazon SNS; it is plain ASCII."""
_FIGURES = (
    "offered",
    "answered",
    "abandonment_rate",
    "service_level_percent",
    "average_speed_of_answer_seconds",
    "average_handle_time_seconds",
    "first_contact_resolution_percent",
    "csat_percent",
)


def write_subject(report: Mapping[str, Any], center_name: str) -> str:
    """Return the subject of the mail.

    Notes
    -----
    **Source**: Amazon SNS API reference, "Publish" (``Subject``: ASCII, under 100 characters, one line).
    """
    words = Words("en")
    told = f"{center_name}: {words.say('report_' + report['period']).lower()} {report['from']}"
    plain = " ".join(told.split()).encode("ascii", "replace").decode()
    return plain[:LONGEST_SUBJECT]


def write_message(report: Mapping[str, Any], places: Mapping[str, str]) -> str:
    """Return the text of the mail: no names, no telephone numbers.

    Parameters
    ----------
    report
        As ``compose_report`` returns it.
    places
        Where each form of the report is, by what it is.
    """
    words, figures = Words("en"), report["total"]["figures"]
    lines = [f"{words.day(report['from'])} to {words.day(report['to'])} ({report['time_zone']})", ""]
    for key in _FIGURES:
        lines.append(_line(words, key, figures[key], report["currency"]))
    return "\n".join([*lines, "", *(f"{what}: {place}" for what, place in places.items()), ""])


def _line(words: Words, key: str, figure: Mapping[str, Any], currency: str) -> str:
    told = f"{words.figure(key)}: {words.value(figure['value'], figure['unit'], currency)}"
    if figure.get("low") is not None:
        told += f" (n {figure['n']:,}; {words.ends(figure['low'], figure['high'], figure['unit'], currency)})"
    if figure["previous"] and figure["value"] is not None:
        before = words.value(figure["previous"]["value"], figure["unit"], currency)
        told += f", {words.say(figure['verdict'])} {before}"
    return told
