"""A report as one page: nothing is fetched, it prints, and it can be read in the dark and without seeing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from trunkline.reports.charts import Bar, draw_bars
from trunkline.reports.tables import show_cell, write_table
from trunkline.reports.words import Words

_HEADLINES = (
    "offered",
    "answered",
    "service_level_percent",
    "abandonment_rate",
    "average_speed_of_answer_seconds",
    "average_handle_time_seconds",
    "first_contact_resolution_percent",
    "csat_percent",
    "cost_per_contact",
)
_QUEUE_COLUMNS = (
    "offered",
    "answered",
    "service_level_percent",
    "abandonment_rate",
    "average_speed_of_answer_seconds",
    "average_handle_time_seconds",
    "first_contact_resolution_percent",
    "csat_percent",
    "cost_per_contact",
)
_AGENT_COLUMNS = (
    "answered",
    "average_handle_time_seconds",
    "average_speed_of_answer_seconds",
    "first_contact_resolution_percent",
    "csat_percent",
    "occupancy_percent",
    "utilisation_percent",
    "adherence_percent",
    "non_response_percent",
)
_CHANNEL_COLUMNS = (
    "contacts",
    "answered",
    "service_level_percent",
    "average_handle_time_seconds",
    "csat_percent",
    "survey_response_rate",
)
_STYLE = Path(__file__).with_name("page.css")


def write_page(report: Mapping[str, Any], center_name: str, language: str) -> str:
    """Write a report as a page.

    Parameters
    ----------
    report
        As ``compose_report`` returns it.
    center_name
        Name of the centre.
    language
        ``en`` or ``ko``.
    """
    words = Words(language)
    title = f"{center_name}: {words.say('report_' + report['period'])}, {_span(report, words)}"
    parts = [
        _header(report, center_name, words),
        _headlines(report, words),
        _charts(report, words),
        *_tables(report, words),
        _cost(report, words),
        _notes(report, words),
    ]
    return (
        f'<!doctype html>\n<html lang="{words.language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{escape(title)}</title>'
        f"<style>{_STYLE.read_text(encoding='utf-8')}</style></head><body>"
        f'<a class="skip" href="#figures">{escape(words.say("skip"))}</a>'
        f'<main id="figures">{"".join(parts)}</main></body></html>\n'
    )


def _span(report: Mapping[str, Any], words: Words) -> str:
    first, last = words.day(report["from"]), words.day(report["to"])
    return first if first == last else f"{first} – {last}"


def _header(report: Mapping[str, Any], center_name: str, words: Words) -> str:
    lines = [
        f"<h1>{escape(center_name)}</h1>",
        f"<p>{escape(words.say('report_' + report['period']))} · {escape(_span(report, words))}</p>",
    ]
    if not report["complete"]:
        until = words.moment(report["end"], report["time_zone"])
        lines.append(f"<p><strong>{escape(words.say('running'))} {escape(until)}</strong></p>")
    made = f"{words.say('made')} {words.moment(report['made_at'], report['time_zone'])} ({report['time_zone']})"
    counted = words.tell_counted(report)
    lines.append(f'<p class="soft">{escape(" · ".join([made, *counted]))}</p>')
    return f"<header>{''.join(lines)}</header>"


def _headlines(report: Mapping[str, Any], words: Words) -> str:
    figures = report["total"]["figures"]
    tiles = "".join(
        f"<li>{escape(words.figure(key))}<b>{value}</b>{notes}</li>"
        for key in _HEADLINES
        if key in figures
        for value, notes in [show_cell(figures[key], words, report["currency"])]
    )
    empty = "" if report["total"]["contacts"] else f"<p>{escape(words.say('nothing'))}</p>"
    return f"<section><h2>{escape(words.say('headlines'))}</h2>{empty}<ul class=tiles>{tiles}</ul></section>"


def _charts(report: Mapping[str, Any], words: Words) -> str:
    if not report["total"]["contacts"]:
        return ""
    seasons = report["total"]["seasonality"]
    drawn = [_daily_chart(report, words)] if len(report["daily"]) > 1 else []
    if seasons["hours"]:
        bars = [
            _share_bar(str(each["hour"]), f"{each['hour']}:00", each, each["offered"])
            for each in _busy(seasons["hours"])
        ]
        drawn.append(_figure(escape(words.say("hours")), draw_bars(bars, words.say("hours"))))
    if report["period"] == "month" and seasons["weekdays"]:
        bars = [
            _share_bar(
                words.weekday(each["weekday"]), words.weekday(each["weekday"]), each, each["offered"] / each["days"]
            )
            for each in seasons["weekdays"]
        ]
        drawn.append(_figure(escape(words.say("weekdays")), draw_bars(bars, words.say("weekdays"))))
    charts = f"{_trend(report, words)}<div class=charts>{''.join(drawn)}</div>"
    return f"<section><h2>{escape(words.say('days'))}</h2>{charts}</section>"


def _share_bar(label: str, when: str, season: Mapping[str, Any], value: float) -> Bar:
    return Bar(label, value, f"{when}: {value:,.0f} ({season['share_percent']:.1f} %)")


def _trend(report: Mapping[str, Any], words: Words) -> str:
    trend = report["total"]["trend"]
    if trend is None:
        return ""
    slope = f"{abs(trend['slope']):,.1f}"
    return f"<p>{escape(words.say('trend_' + trend['verdict'], slope=slope, days=trend['days']))}</p>"


def _daily_chart(report: Mapping[str, Any], words: Words) -> str:
    bars = []
    for each in report["daily"]:
        usual = "" if each["baseline"] is None else f", {words.say('usual')} {each['baseline']:,.0f}"
        told = f"{words.day(each['day'])}: {each['offered']} / {each['answered']}{usual}"
        label = str(int(each["day"][8:])) if len(report["daily"]) > 7 else words.short_day(each["day"])
        bars.append(Bar(label, each["offered"], told, part=each["answered"], usual=each["baseline"]))
    keys = [_legend("bar", words.figure("offered")), _legend("part", words.figure("answered"))]
    if any(bar.usual is not None for bar in bars):
        keys.append(_legend("usual", words.say("usual")))
    drawing = draw_bars(bars, f"{words.figure('offered')}, {words.figure('answered')}")
    return _figure(f"<span class=key>{''.join(keys)}</span>", drawing)


def _legend(name: str, told: str) -> str:
    return f'<i class="key-{name}"></i>{escape(told)}'


def _figure(caption: str, drawing: str) -> str:
    return f"<figure><figcaption>{caption}</figcaption>{drawing}</figure>"


def _busy(hours: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """Leave out the hours of the night before the first and after the last contact."""
    busy = [place for place, each in enumerate(hours) if each["offered"]]
    return hours[busy[0] : busy[-1] + 1]


def _tables(report: Mapping[str, Any], words: Words) -> Iterable[str]:
    total = {**report["total"], "name": words.say("total")}
    for kind, columns, last in (
        ("queues", _QUEUE_COLUMNS, total),
        ("departments", _QUEUE_COLUMNS, None),
        ("agents", _AGENT_COLUMNS, None),
        ("channels", _CHANNEL_COLUMNS, None),
    ):
        sections = [*report[kind], *([last] if last else [])]
        if report[kind]:
            table = write_table(sections, columns, words, report["currency"], caption=words.say(kind))
            yield f"<section><h2>{escape(words.say(kind))}</h2>{table}</section>"


def _cost(report: Mapping[str, Any], words: Words) -> str:
    cost = report.get("cost")
    if not cost:
        return ""
    rows = "".join(
        f"<tr><th scope=row>{escape(words.category(name))}</th>"
        f"<td>{escape(words.value(amount, 'money', cost['currency']))}</td></tr>"
        for name, amount in cost["categories"].items()
    )
    total = escape(words.value(cost["total"], "money", cost["currency"]))
    return (
        f"<section><h2>{escape(words.say('cost'))}</h2><div class=wide><table><tbody>{rows}"
        f"<tr><th scope=row>{escape(words.say('total'))}</th><td><b>{total}</b></td></tr>"
        "</tbody></table></div></section>"
    )


def _notes(report: Mapping[str, Any], words: Words) -> str:
    notes = [
        words.say("explain_interval"),
        words.say("explain_few"),
        words.say("explain_change"),
        words.say("explain_no_telling"),
        words.say("explain_usual", weeks=report["baseline_weeks"]),
        words.say("explain_provisional", days=report["resolution"]["days"]),
        words.say("explain_service", convention=report["service_level_convention"]),
    ]
    listed = "".join(f"<li>{escape(note)}</li>" for note in notes)
    return f"<section><h2>{escape(words.say('reading'))}</h2><ul class=notes>{listed}</ul></section>"
