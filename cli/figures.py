"""The figures of a day, counted from what happened, apart from the system that is measured.

Truth (the twin's ledger) and logs (a bank's calls of 1999) are counted here; what the system
measured comes through the console's API. The two share no code, so agreement means something.

**Source** docs/metrics.md, "Contact metrics".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Outcome = Literal["answered", "abandoned", "ended_in_menu", "ended_by_flow", "callback", "transferred", "not_reached"]

COUNTS = (
    "contacts",
    "offered",
    "answered",
    "abandoned",
    "abandoned_short",
    "ended_in_menu",
    "ended_by_flow",
    "transferred",
    "callbacks",
    "callbacks_attempted",
    "callbacks_connected",
    "callbacks_given_up",
    "callback_wait_seconds",
    "talk_seconds",
    "hold_seconds",
    "after_contact_work_seconds",
    "wait_answered_seconds",
    "wait_abandoned_seconds",
    "answered_in_target",
    "abandoned_in_target",
    "survey_answers",
    "survey_satisfied",
)
RATES = (
    "abandonment_rate",
    "average_speed_of_answer_seconds",
    "average_abandon_time_seconds",
    "longest_wait_seconds",
    "average_handle_time_seconds",
    "average_talk_seconds",
    "csat_percent",
)
CONVENTIONS = ("a", "b", "c", "d", "e")


@dataclass(frozen=True)
class Happening:
    """One contact as it happened; times in whole seconds.

    Attributes
    ----------
    target_seconds
        The service target of its queue.
    survey_score
        1 to 5, or None where the caller gave none.
    is_callback
        Whether the centre called the customer back: counted apart from what was offered.
    callback_wait_seconds
        From the request of such a call until the customer talked to an agent.
    """

    outcome: Outcome
    queue: str | None = None
    agent: str | None = None
    wait_seconds: int = 0
    talk_seconds: int = 0
    hold_seconds: int = 0
    after_contact_seconds: int = 0
    target_seconds: int = 20
    survey_score: int | None = None
    is_callback: bool = False
    callback_wait_seconds: int = 0


def count(happenings: Iterable[Happening], *, short_abandon_seconds: int) -> dict[str, Any]:
    """Count contacts into the figures of METRICS.

    Returns
    -------
    dict
        The keys of ``COUNTS`` and ``RATES`` and ``service_level`` (percent by convention); a rate
        without a denominator is None.

    Examples
    --------
    >>> day = [Happening("answered", wait_seconds=10), Happening("abandoned", wait_seconds=3)]
    >>> figures = count(day, short_abandon_seconds=5)
    >>> figures["abandonment_rate"], figures["service_level"]["e"]
    (50.0, 100.0)
    """
    sums = dict.fromkeys(COUNTS, 0)
    longest = 0
    for contact in happenings:
        for key, value in _parts(contact, short_abandon_seconds).items():
            sums[key] += value
        if not contact.is_callback and (contact.queue is not None or contact.outcome in ("answered", "abandoned")):
            longest = max(longest, contact.wait_seconds)
    return rates(sums, longest_wait_seconds=longest)


def rates(sums: Mapping[str, int], *, longest_wait_seconds: int) -> dict[str, Any]:
    """Return sums with the ratios of METRICS.md on top; every ratio is one of sums.

    Parameters
    ----------
    sums
        The keys of ``COUNTS``.
    longest_wait_seconds
        Maximum over the contacts in ``sums``.
    """
    answered, abandoned = sums["answered"], sums["abandoned"]
    handle = sums["talk_seconds"] + sums["hold_seconds"] + sums["after_contact_work_seconds"]
    return {
        **{key: int(sums[key]) for key in COUNTS},
        "abandonment_rate": _percent(abandoned, sums["offered"]),
        "average_speed_of_answer_seconds": _ratio(sums["wait_answered_seconds"], answered),
        "average_abandon_time_seconds": _ratio(sums["wait_abandoned_seconds"], abandoned),
        "longest_wait_seconds": longest_wait_seconds,
        "average_handle_time_seconds": _ratio(handle, answered),
        "average_talk_seconds": _ratio(sums["talk_seconds"], answered),
        "csat_percent": _percent(sums["survey_satisfied"], sums["survey_answers"]),
        "service_level": _service_levels(sums),
    }


def _parts(contact: Happening, short_abandon_seconds: int) -> dict[str, int]:
    """Return what one contact adds to each sum."""
    if contact.is_callback:
        return _callback_parts(contact)
    parts = {"contacts": 1}
    if contact.queue is not None or contact.outcome in ("answered", "abandoned"):
        parts["offered"] = 1
    if contact.outcome in ("ended_in_menu", "ended_by_flow", "transferred"):
        parts[contact.outcome] = 1
    if contact.outcome == "callback":
        parts["callbacks"] = 1
    in_target = int(contact.wait_seconds <= contact.target_seconds)
    if contact.outcome == "answered":
        parts |= {
            "answered": 1,
            "answered_in_target": in_target,
            "wait_answered_seconds": contact.wait_seconds,
            "talk_seconds": contact.talk_seconds,
            "hold_seconds": contact.hold_seconds,
            "after_contact_work_seconds": contact.after_contact_seconds,
        }
    elif contact.outcome == "abandoned":
        parts |= {
            "abandoned": 1,
            "abandoned_in_target": in_target,
            "abandoned_short": int(contact.wait_seconds <= short_abandon_seconds),
            "wait_abandoned_seconds": contact.wait_seconds,
        }
    if contact.survey_score is not None:
        parts |= {"survey_answers": 1, "survey_satisfied": int(contact.survey_score >= 4)}
    return parts


def _callback_parts(contact: Happening) -> dict[str, int]:
    if contact.outcome in ("callback", "transferred"):
        return {"callbacks_attempted": 1}
    if contact.outcome != "answered":
        return {"callbacks_attempted": 1, "callbacks_given_up": 1}
    return {
        "callbacks_attempted": 1,
        "callbacks_connected": 1,
        "callback_wait_seconds": contact.callback_wait_seconds,
    }


def _service_levels(sums: Mapping[str, int]) -> dict[str, float | None]:
    """Return the five conventions of service level, in percent."""
    answered, abandoned = sums["answered"], sums["abandoned"]
    quick, gone, short = sums["answered_in_target"], sums["abandoned_in_target"], sums["abandoned_short"]
    return {
        "a": _percent(quick, answered + abandoned),
        "b": _percent(quick, answered),
        "c": _percent(quick + gone, answered + abandoned),
        "d": _percent(quick, answered + abandoned - gone),
        "e": _percent(quick, answered + abandoned - short),
    }


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _percent(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None
