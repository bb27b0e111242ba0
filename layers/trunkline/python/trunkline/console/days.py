"""A day's figures, by queue, agent and interval. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from datetime import date
from typing import Any

from trunkline.console.access import Caller
from trunkline.contact.moments import format_moment
from trunkline.metrics.figures import add_up, figures_of, to_agent_figures, to_figures
from trunkline.metrics.keys import Key
from trunkline.metrics.tally import Tally

Counters = Mapping[Key, Tally]


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
        ``day``, ``time_zone``, ``total``, ``queues``, ``agents``, ``channels``, ``intervals``.
    """
    seen = _visible(counters, caller)
    return {
        "day": day.isoformat(),
        "time_zone": time_zone,
        "total": total_figures(counters, caller),
        "queues": _sum_by(seen, {"queue"}, lambda key: key.member),
        "agents": _sum_by(seen, {"agent"}, lambda key: key.member, to_agent_figures),
        "channels": _sum_by(seen, _total_scopes(caller), lambda key: key.channel),
        "intervals": [
            {
                "start": format_moment(key.start),
                "scope": key.scope,
                "key": key.member,
                "channel": key.channel,
                **figures_of(key.scope, seen[key]),
            }
            for key in sorted(seen)
        ],
    }


def total_figures(counters: Counters, caller: Caller) -> dict[str, Any]:
    """Return the centre's figures, or those of the agent who asks."""
    scopes, seen = _total_scopes(caller), _visible(counters, caller)
    total = add_up(seen[key] for key in seen if key.scope in scopes)
    return to_agent_figures(total) if caller.own_only else to_figures(total)


def _total_scopes(caller: Caller) -> Set[str]:
    """Return the scopes that together count each contact once."""
    return {"agent"} if caller.own_only else {"queue", "center"}


def _visible(counters: Counters, caller: Caller) -> Counters:
    if not caller.own_only:
        return counters
    return {key: counters[key] for key in counters if key.scope == "agent" and key.member == caller.username}


def _sum_by(
    counters: Counters,
    scopes: Set[str],
    group: Callable[[Key], str],
    show: Callable[[Tally], dict[str, Any]] = to_figures,
) -> dict[str, dict[str, Any]]:
    totals: dict[str, Tally] = {}
    for key in sorted(counters):
        if key.scope in scopes:
            totals.setdefault(group(key), Tally()).add(counters[key])
    return {name: show(totals[name]) for name in sorted(totals)}
