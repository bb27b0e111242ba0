"""A report and scorecards in the shapes of docs/reports.md: the same bytes at every start."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tests.browser import fixture_day as day

UNITS = {
    "offered": "count",
    "answered": "count",
    "abandoned": "count",
    "service_level_percent": "percent",
    "abandonment_rate": "percent",
    "average_speed_of_answer_seconds": "seconds",
    "average_handle_time_seconds": "seconds",
    "first_contact_resolution_percent": "percent",
    "csat_percent": "percent",
    "survey_response_rate": "percent",
    "occupancy_percent": "percent",
    "adherence_percent": "percent",
    "non_response_percent": "percent",
    "cost_per_contact": "money",
}
USUAL = {
    "service_level_percent": 82.0,
    "abandonment_rate": 9.0,
    "average_speed_of_answer_seconds": 24.0,
    "average_handle_time_seconds": 261.0,
    "first_contact_resolution_percent": 76.0,
    "csat_percent": 84.0,
    "survey_response_rate": 45.0,
    "occupancy_percent": 78.0,
    "adherence_percent": 93.0,
    "non_response_percent": 4.0,
    "cost_per_contact": 2.41,
}
BETTER_BELOW = {
    "abandonment_rate",
    "average_speed_of_answer_seconds",
    "average_handle_time_seconds",
    "non_response_percent",
    "cost_per_contact",
}
OF_AGENTS = ("occupancy_percent", "adherence_percent", "non_response_percent")
NOT_OF_AGENTS = ("offered", "abandoned", "service_level_percent", "abandonment_rate", "cost_per_contact")
CARD = {
    "average_handle_time_seconds": (300, "at_most"),
    "csat_percent": (85, "at_least"),
    "first_contact_resolution_percent": (75, "at_least"),
    "adherence_percent": None,
}
DAYS = {"day": 1, "week": 7, "month": 30}


def _figure(draw: random.Random, key: str, contacts: int) -> dict[str, Any]:
    unit = UNITS[key]
    if unit == "count":
        share = {"offered": 1.0, "answered": 0.9, "abandoned": 0.1}[key]
        value, change = round(contacts * share), draw.gauss(0, 12)
        told: dict[str, Any] = {"value": value, "unit": unit, "low": None, "high": None, "small": contacts < 30}
    else:
        answers = max(3, contacts // 3 if key == "csat_percent" else contacts)
        value = USUAL[key] * (1 + draw.gauss(0, 0.06))
        wide = 1.96 * USUAL[key] * 0.45 / math.sqrt(answers)
        top = 100.0 if unit == "percent" else math.inf
        value, change = min(value, top), draw.gauss(0, wide)
        interval = (None, None) if unit == "money" else (max(0.0, value - wide), min(top, value + wide))
        told = {"value": value, "unit": unit, "n": answers, "low": interval[0], "high": interval[1]}
        told["small"] = answers < 30
    p = math.erfc(abs(draw.gauss(0, 1.6)) / math.sqrt(2))
    verdict = "no_telling" if p >= 0.05 or told["small"] else "more" if change > 0 else "less"
    good = None if verdict == "no_telling" or unit == "count" else (change < 0) == (key in BETTER_BELOW)
    before = value / (1 + change / 100) if unit == "count" else value - change
    usual = before * (1 + draw.gauss(0, 0.03))
    told |= {"previous": {"value": before, "n": contacts}, "change": change, "p": p, "verdict": verdict, "good": good}
    told["baseline"] = {"value": usual, "low": usual * 0.9, "high": usual * 1.1, "days": 8, "verdict": "no_telling"}
    return told | ({"provisional": contacts // 9} if key == "first_contact_resolution_percent" else {})


def _section(draw: random.Random, key: str, name: Any, contacts: int, left_out: tuple[str, ...]) -> dict[str, Any]:
    figures = {figure: _figure(draw, figure, contacts) for figure in UNITS if figure not in left_out}
    return {"key": key, "name": name, "contacts": contacts, "figures": figures}


def _season(contacts: int, first: date, days: int) -> dict[str, Any]:
    hours = [math.exp(-((hour - 11) ** 2) / 18) if 7 <= hour < 20 else 0.0 for hour in range(24)]
    weights = [1.3, 1.1, 1.0, 0.95, 1.05, 0.5, 0.0]
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    seen = sorted({(first + timedelta(days=each)).weekday() for each in range(days)})
    total = sum(weights[each] for each in seen) or 1.0
    return {
        "weekdays": [
            {
                "weekday": names[each],
                "offered": round(contacts * weights[each] / total),
                "days": 1,
                "share_percent": 100 * weights[each] / total,
            }
            for each in seen
        ],
        "hours": [
            {"hour": hour, "offered": round(contacts * share / sum(hours)), "share_percent": 100 * share / sum(hours)}
            for hour, share in enumerate(hours)
        ],
    }


def _span(period: str, on: str) -> tuple[date, date]:
    asked = date.fromisoformat(on)
    first = {"day": asked, "week": asked - timedelta(days=asked.weekday()), "month": asked.replace(day=1)}[period]
    return first, first + timedelta(days=DAYS[period] - 1)


def _daily(draw: random.Random, contacts: int, first: date, days: int) -> Iterator[dict[str, Any]]:
    for each in range(days):
        today = first + timedelta(days=each)
        usual = 0.0 if today.weekday() == 6 else contacts / days * (0.6 if today.weekday() == 5 else 1.15)
        offered = round(usual * draw.uniform(0.85, 1.15))
        yield {
            "day": today.isoformat(),
            "offered": offered,
            "answered": round(offered * 0.9),
            "abandoned": offered - round(offered * 0.9),
            "baseline": usual,
        }


def describe_report(period: str, on: str, role: str) -> dict[str, Any]:
    """Answer ``/api/reports``."""
    draw = random.Random(f"{period} {on}")
    (first, last), days = _span(period, on), DAYS[period]
    before = timedelta(days=days)
    contacts = 172 * days
    season = {"seasonality": _season(contacts, first, days)}
    trend = {"slope": 4.2, "unit": "contacts", "per": "week", "p": 0.02, "verdict": "more", "days": 35}
    hidden = () if role == "manager" else ("cost_per_contact",)
    centre = (*OF_AGENTS, *hidden)
    shares = dict(zip(day.STAFF, (0.45, 0.25, 0.2, 0.1), strict=True))
    departments = sorted({queue["department"] for queue in day.CENTER["queues"]})
    part = contacts // len(day.CENTER["agents"])
    return {
        "period": period,
        "on": on,
        "from": first.isoformat(),
        "to": last.isoformat(),
        "days": days,
        "complete": last.isoformat() < day.DAY,
        "time_zone": day.TIME_ZONE,
        "previous": {"from": (first - before).isoformat(), "to": (last - before).isoformat()},
        "baseline_weeks": 8 if period == "day" else 4,
        "service_level_convention": "c",
        "total": {**_section(draw, "-", None, contacts, centre), **season, "trend": trend},
        "queues": [
            {
                **_section(draw, queue["key"], queue["title"], int(contacts * shares[queue["key"]]), centre),
                "department": queue["department"],
                "seasonality": _season(int(contacts * shares[queue["key"]]), first, days),
                "trend": {**trend, "verdict": "no_telling"},
            }
            for queue in day.CENTER["queues"]
        ],
        "departments": [{**_section(draw, name, name, contacts // 3, centre), **season} for name in departments],
        "agents": [
            _section(draw, agent["username"], agent["name"], part, NOT_OF_AGENTS) for agent in day.CENTER["agents"]
        ],
        "channels": [_section(draw, "VOICE", None, contacts, centre)],
        "daily": list(_daily(draw, contacts, first, days)),
        "cost": {"currency": "USD", "total": 2.41 * contacts, "contacts": contacts} if role == "manager" else None,
    }


def describe_csv(report: dict[str, Any]) -> str:
    """Answer a report as a table."""
    lines = [f"center,-,{figure},{told['value']}" for figure, told in report["total"]["figures"].items()]
    return "\n".join(["scope,key,figure,value", *lines, ""])


def describe_scorecards(
    period: str, on: str, agent: str | None, own_targets: dict[tuple[str, str], dict[str, Any]]
) -> dict[str, Any]:
    """Answer ``/api/scorecards``; targets that supervisors set come from outside."""
    report = describe_report(period, on, "supervisor")
    cards = [_card(section, own_targets) for section in report["agents"] if agent is None or section["key"] == agent]
    departments = [] if agent else [_card(section, {}) for section in report["departments"]]
    span = {name: report[name] for name in ("period", "on", "from", "to", "complete")}
    return {**span, "figures": ["answered", *CARD], "agents": cards, "departments": departments}


def _card(section: dict[str, Any], own_targets: dict[tuple[str, str], dict[str, Any]]) -> dict[str, Any]:
    figures = {}
    for figure in ("answered", *CARD):
        told = section["figures"].get(figure)
        if told is not None:
            target = _target(section["key"], figure, own_targets)
            figures[figure] = {**told, "target": target, "status": _status(told, target)}
    return {**section, "figures": figures}


def _target(key: str, figure: str, own_targets: dict[tuple[str, str], dict[str, Any]]) -> dict[str, Any] | None:
    usual, own = CARD.get(figure), own_targets.get((key, figure))
    if own is not None:
        bound = usual[1] if usual else "at_least"
        return {**own, "bound": bound, "source": "supervisor", "center_value": usual[0] if usual else None}
    return {"value": usual[0], "bound": usual[1], "source": "center"} if usual else None


def _status(told: dict[str, Any], target: dict[str, Any] | None) -> str | None:
    if target is None:
        return None
    if told["small"] or told["low"] <= target["value"] <= told["high"]:
        return "no_telling"
    return "met" if (told["low"] > target["value"]) == (target["bound"] == "at_least") else "not_met"
