"""Targets of scorecards: the centre's, and those that a supervisor set for one agent with a reason. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from trunkline.contact.moments import format_moment

AT_MOST = frozenset(
    {
        "average_speed_of_answer_seconds",
        "average_handle_time_seconds",
        "average_hold_time_seconds",
        "abandonment_rate",
        "non_response_percent",
    }
)
"""Figures whose target is an upper bound; of all others it is a lower one."""
AGENT_FIGURES = (
    "answered",
    "service_level_percent",
    "average_speed_of_answer_seconds",
    "average_handle_time_seconds",
    "average_hold_time_seconds",
    "first_contact_resolution_percent",
    "resolution_percent",
    "csat_percent",
    "occupancy_percent",
    "utilisation_percent",
    "adherence_percent",
    "non_response_percent",
)
"""What an agent's card holds, and targets may be set for."""
DEPARTMENT_FIGURES = (
    "answered",
    "service_level_percent",
    "abandonment_rate",
    "average_speed_of_answer_seconds",
    "average_handle_time_seconds",
    "average_hold_time_seconds",
    "first_contact_resolution_percent",
    "resolution_percent",
    "csat_percent",
)
LONGEST_REASON = 500
_SHORTEST_REASON = 3
_HIGHEST = 86_400 * 31


class TargetError(ValueError):
    """A target that cannot be set; the message says what is wrong and how to mend it."""


class UnknownTargetError(LookupError):
    """There is no such agent or figure."""


@dataclass(frozen=True)
class OwnTarget:
    """A target that a supervisor set for one agent, in place of the centre's.

    Attributes
    ----------
    value
        In the figure's own unit.
    reason
        Why.
    set_by, set_at
        User name of the supervisor, and the moment in ISO 8601.
    """

    username: str
    figure: str
    value: float
    reason: str
    set_by: str
    set_at: str


def bound_of(figure: str) -> str:
    """Return ``at_most`` or ``at_least``: on which side of its target a figure should be."""
    return "at_most" if figure in AT_MOST else "at_least"


def parse_target(body: object, *, username: str, center: Mapping[str, Any], now: datetime, set_by: str) -> OwnTarget:
    """Read what a supervisor sets for an agent.

    Parameters
    ----------
    body
        ``figure``, ``value`` and ``reason``.
    username
        Whose target.
    center
        The centre's document, which names the agents.
    now, set_by
        When, and by whom.

    Raises
    ------
    UnknownTargetError
        If the centre has no such agent, or cards no such figure.
    TargetError
        If the value or the reason is none.
    """
    if not isinstance(body, Mapping):
        raise TargetError("target: send a JSON object with figure, value and reason")
    unknown = sorted(set(map(str, body)) - {"figure", "value", "reason"})
    if unknown:
        raise TargetError(f"{unknown[0]}: no such field; send figure, value and reason")
    figure = check_target(username, body.get("figure"), center)
    value = _parse_value(figure, body.get("value"))
    return OwnTarget(username, figure, value, _parse_reason(body.get("reason")), set_by, format_moment(now))


def check_target(username: str, figure: object, center: Mapping[str, Any]) -> str:
    """Return the figure, if the centre has this agent and the agents' cards this figure.

    Raises
    ------
    UnknownTargetError
        Saying which of the two there is not.
    TargetError
        If the figure is not named.
    """
    if username not in center["agents"]:
        raise UnknownTargetError(f"agent: {username[:40]} is none of this centre's")
    if not isinstance(figure, str):
        raise TargetError(f"figure: name one of {', '.join(AGENT_FIGURES)}")
    if figure not in AGENT_FIGURES:
        raise UnknownTargetError(f"figure: {figure[:60]} is on no card; give one of {', '.join(AGENT_FIGURES)}")
    return figure


def _parse_value(figure: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise TargetError("value: give a number")
    highest = 100 if figure.endswith("_percent") else _HIGHEST
    if not 0 <= value <= highest:
        raise TargetError(f"value: give 0 to {highest}")
    return value


def _parse_reason(reason: object) -> str:
    plain = " ".join(reason.split()) if isinstance(reason, str) else ""
    if not _SHORTEST_REASON <= len(plain) <= LONGEST_REASON:
        raise TargetError(f"reason: say why, in {_SHORTEST_REASON} to {LONGEST_REASON} characters")
    return plain
