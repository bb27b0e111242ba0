"""A day's figures, by queue, agent and interval. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from trunkline.console.access import Caller
from trunkline.contact.moments import format_moment
from trunkline.metrics.figures import add_up, to_figures
from trunkline.metrics.rules import Key

Counters = Mapping[Key, Mapping[str, Any]]


def show_day(counters: Counters, day: date, time_zone: str, caller: Caller) -> dict[str, Any]:
    """Show a day's figures.

    Parameters
    ----------
    counters
        Of all intervals of the day.
    day, time_zone
        Which day, in the centre's zone.
    caller
        An agent sees the own figures only, and their sum as total.

    Returns
    -------
    dict
        ``day``, ``time_zone``, ``total``, ``queues``, ``agents``, ``intervals``.
    """
    seen = _visible(counters, caller)
    return {
        "day": day.isoformat(),
        "time_zone": time_zone,
        "total": total_figures(counters, caller),
        "queues": _by_name(seen, "queue"),
        "agents": _by_name(seen, "agent"),
        "intervals": [
            {"start": format_moment(key.start), "scope": key.scope, "key": key.name, **to_figures(seen[key])}
            for key in sorted(seen)
        ],
    }


def total_figures(counters: Counters, caller: Caller) -> dict[str, Any]:
    """Return the centre's figures, or those of the agent who asks."""
    scopes = {"agent"} if caller.own_only else {"queue", "center"}
    seen = _visible(counters, caller)
    return to_figures(add_up(seen[key] for key in seen if key.scope in scopes))


def _visible(counters: Counters, caller: Caller) -> Counters:
    if not caller.own_only:
        return counters
    return {key: counters[key] for key in counters if key.scope == "agent" and key.name == caller.username}


def _by_name(counters: Counters, scope: str) -> dict[str, dict[str, Any]]:
    names = sorted({key.name for key in counters if key.scope == scope})
    return {
        name: to_figures(add_up(counters[key] for key in counters if key.scope == scope and key.name == name))
        for name in names
    }
