"""Figures in cells: the value, what stands behind it, and what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from trunkline.reports.words import Words

_ARROWS = {"more": "▲", "less": "▼", "no_telling": "≈"}


def write_table(
    sections: Sequence[Mapping[str, Any]], columns: Iterable[str], words: Words, currency: str, *, caption: str
) -> str:
    """Write a row for each section; columns of which no section has a value are left out."""
    shown = [key for key in columns if any(_has(section, key) for section in sections)]
    head = "".join(f"<th scope=col>{escape(words.figure(key))}</th>" for key in shown)
    rows = "".join(_row(section, shown, words, currency) for section in sections)
    label = escape(caption)
    return (
        f'<div class=wide tabindex=0 role=region aria-label="{label}"><table aria-label="{label}">'
        f"<thead><tr><th scope=col>{label}</th>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def show_cell(figure: Mapping[str, Any], words: Words, currency: str) -> tuple[str, str]:
    """Return a figure's value and its notes as HTML."""
    unit = figure["unit"]
    value = escape(words.value(figure["value"], unit, currency))
    few = figure["small"] and figure["value"] is not None and unit != "count"
    if few:
        value += f"<span class=few>{escape(words.say('few'))}</span>"
    lines = [*_behind(figure, words, currency), *_changed(figure, words, currency), *_usual(figure, words, currency)]
    return value, "".join(f"<small{classes}>{text}</small>" for text, classes in lines)


def _has(section: Mapping[str, Any], key: str) -> bool:
    return key in section["figures"] and section["figures"][key]["value"] is not None


def _row(section: Mapping[str, Any], columns: Iterable[str], words: Words, currency: str) -> str:
    cells = []
    for key in columns:
        figure = section["figures"].get(key)
        value, notes = show_cell(figure, words, currency) if figure else ("–", "")
        cells.append(f"<td>{value}{notes}</td>")
    return f"<tr><th scope=row>{escape(words.name(section))}</th>{''.join(cells)}</tr>"


def _behind(figure: Mapping[str, Any], words: Words, currency: str) -> Iterable[tuple[str, str]]:
    if figure["value"] is None or "n" not in figure:
        return
    if figure["low"] is not None:
        yield escape(words.ends(figure["low"], figure["high"], figure["unit"], currency)), ""
    yield f"n {figure['n']:,}", ""
    if figure.get("provisional"):
        yield escape(f"{figure['provisional']:,} {words.say('provisional')}"), ""


def _changed(figure: Mapping[str, Any], words: Words, currency: str) -> Iterable[tuple[str, str]]:
    if not figure.get("previous") or figure["value"] is None:
        return
    before = words.value(figure["previous"]["value"], figure["unit"], currency)
    good = {True: ' class="good"', False: ' class="bad"', None: ""}[figure["good"]]
    verdict = figure["verdict"]
    if figure["unit"] == "money":
        yield escape(f"{words.say('before')} {before}"), ""
    else:
        yield escape(f"{_ARROWS[verdict]} {words.say(verdict)} {before}"), good


def _usual(figure: Mapping[str, Any], words: Words, currency: str) -> Iterable[tuple[str, str]]:
    baseline = figure.get("baseline")
    if baseline and baseline["verdict"] != "no_telling":
        side = words.say("above" if baseline["verdict"] == "more" else "below")
        usual = words.value(baseline["value"], figure["unit"], currency)
        yield escape(f"{side} ({usual})"), ""
