"""The figures of fixture contacts, by the metrics definition's names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

SHORT_ABANDON_SECONDS = 5


@dataclass(frozen=True)
class Row:
    """One contact of the fixture."""

    contact_id: str
    initiated_at: datetime
    queue: str | None
    agent: str | None
    outcome: str
    wait_seconds: int | None
    talk_seconds: int | None
    hold_seconds: int
    after_contact_seconds: int
    language: str
    customer: str
    survey_score: int | None


def _ratio(numerator: float, denominator: float, scale: float = 1.0) -> float | None:
    return round(scale * numerator / denominator, 4) if denominator else None


def _in_target(rows: Iterable[Row], targets: Mapping[str, int]) -> int:
    return sum(1 for row in rows if row.queue and (row.wait_seconds or 0) <= targets[row.queue])


def summarise(rows: Sequence[Row], targets: Mapping[str, int]) -> dict[str, Any]:
    """Compute every key of the API's Figures."""
    answered = [row for row in rows if row.outcome == "answered"]
    abandoned = [row for row in rows if row.outcome == "abandoned"]
    scores = [row.survey_score for row in answered if row.survey_score is not None]
    in_target, gone_in_target = _in_target(answered, targets), _in_target(abandoned, targets)
    short = sum(1 for row in abandoned if (row.wait_seconds or 0) <= SHORT_ABANDON_SECONDS)
    offered = len(answered) + len(abandoned)
    waited = sum(row.wait_seconds or 0 for row in answered)
    gave_up = sum(row.wait_seconds or 0 for row in abandoned)
    talk = sum(row.talk_seconds or 0 for row in answered)
    hold = sum(row.hold_seconds for row in answered)
    wrap = sum(row.after_contact_seconds for row in answered)
    return {
        "contacts": len(rows),
        "offered": offered,
        "answered": len(answered),
        "abandoned": len(abandoned),
        "abandoned_short": short,
        "ended_in_menu": sum(1 for row in rows if row.outcome == "ended_in_menu"),
        "ended_by_flow": 0,
        "abandonment_rate": _ratio(len(abandoned), offered, 100),
        "service_level": {
            "a": _ratio(in_target, offered, 100),
            "b": _ratio(in_target, len(answered), 100),
            "c": _ratio(in_target + gone_in_target, offered, 100),
            "d": _ratio(in_target, offered - gone_in_target, 100),
            "e": _ratio(in_target, offered - short, 100),
        },
        "average_speed_of_answer_seconds": _ratio(waited, len(answered)),
        "average_abandon_time_seconds": _ratio(gave_up, len(abandoned)),
        "longest_wait_seconds": max((row.wait_seconds for row in rows if row.wait_seconds is not None), default=None),
        "average_handle_time_seconds": _ratio(talk + hold + wrap, len(answered)),
        "talk_seconds": talk,
        "hold_seconds": hold,
        "after_contact_work_seconds": wrap,
        "survey_answers": len(scores),
        "survey_satisfied": sum(1 for score in scores if score >= 4),
        "csat_percent": _ratio(sum(1 for score in scores if score >= 4), len(scores), 100),
        "survey_mean": _ratio(sum(scores), len(scores)),
        "answered_in_target": in_target,
        "abandoned_in_target": gone_in_target,
        "wait_answered_seconds": waited,
        "wait_abandoned_seconds": gave_up,
    }


def interval_rows(rows: Iterable[Row], targets: Mapping[str, int]) -> list[dict[str, Any]]:
    """Compute the figures of each 15 minutes by queue, by agent, and of contacts that met no queue."""
    groups: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        start = row.initiated_at.replace(minute=row.initiated_at.minute // 15 * 15, second=0)
        at = start.strftime("%Y-%m-%dT%H:%M:%SZ")
        groups[(at, "queue", row.queue) if row.queue else (at, "center", "-")].append(row)
        if row.agent:
            groups[(at, "agent", row.agent)].append(row)
    return [
        {"start": start, "scope": scope, "key": key, **summarise(group, targets)}
        for (start, scope, key), group in sorted(groups.items(), key=lambda item: item[0])
    ]
