"""The figures of reports and scorecards: what each is a ratio of, and whether more of it is better."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from trunkline.metrics.tally import Counters

Amount = Callable[[Counters], float]

QUEUES, AGENTS, ALL = ("queue",), ("agent",), ("queue", "agent")


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure as reports show it.

    Attributes
    ----------
    kind
        ``count``; ``share`` of contacts, with Wilson's interval; ``ratio`` of sums, whose interval comes from how
        intervals of 15 minutes differ; ``given``, which comes from elsewhere than the counters.
    unit
        ``count``, ``percent``, ``seconds`` or ``money``.
    scopes
        ``queue`` (and all that is summed over queues), ``agent``, or both.
    part, whole
        Numerator and denominator, from counters.
    more_is_better
        ``None`` where neither is.
    """

    key: str
    kind: str
    unit: str
    scopes: tuple[str, ...]
    part: Amount = lambda _counters: 0
    whole: Amount = lambda _counters: 0
    more_is_better: bool | None = None

    @property
    def scale(self) -> int:
        """100 where the ratio is shown in percent."""
        return 100 if self.unit == "percent" else 1


def _answered(counters: Counters) -> float:
    return counters.answered


def _worked(counters: Counters) -> float:
    return counters.worked_contact_seconds + counters.worked_after_contact_seconds


def _logged_in(counters: Counters) -> float:
    return counters.available_seconds + counters.unavailable_seconds


def _occupied_or_idle(counters: Counters) -> float:
    """Return the seconds in which contacts could come, work among them; none where no state is known."""
    return max(_worked(counters), counters.available_seconds) if _logged_in(counters) else 0


def _in_target(convention: str) -> Amount:
    if convention == "c":
        return lambda counters: counters.answered_in_target + counters.abandoned_in_target
    return lambda counters: counters.answered_in_target


def _held_against(convention: str) -> Amount:
    wholes: Mapping[str, Amount] = {
        "b": _answered,
        "d": lambda each: each.answered + each.abandoned - each.abandoned_in_target,
        "e": lambda each: each.answered + each.abandoned - each.abandoned_short,
    }
    return wholes.get(convention, lambda each: each.answered + each.abandoned)


def _count(key: str, scopes: tuple[str, ...] = QUEUES, *, more_is_better: bool | None = None) -> Figure:
    return Figure(
        key=key,
        kind="count",
        unit="count",
        scopes=scopes,
        part=lambda counters: int(getattr(counters, key)),
        more_is_better=more_is_better,
    )


def list_figures(convention: str) -> Mapping[str, Figure]:
    """Return every figure by its key, in the order in which they are shown.

    Parameters
    ----------
    convention
        The centre's own service level convention, ``a`` to ``e``.

    Notes
    -----
    **Source**: docs/metrics.md.
    """
    return MappingProxyType({figure.key: figure for figure in _figures(convention)})


def _figures(convention: str) -> tuple[Figure, ...]:
    percent, seconds = "percent", "seconds"
    return (
        _count("contacts"),
        _count("offered"),
        _count("answered", ALL),
        _count("abandoned", more_is_better=False),
        _count("callbacks"),
        _count("ended_in_menu"),
        _count("ended_by_flow"),
        Figure(
            key="service_level_percent",
            kind="share",
            unit=percent,
            scopes=ALL,
            part=_in_target(convention),
            whole=_held_against(convention),
            more_is_better=True,
        ),
        Figure(
            key="abandonment_rate",
            kind="share",
            unit=percent,
            scopes=QUEUES,
            part=lambda each: each.abandoned,
            whole=lambda each: each.offered,
            more_is_better=False,
        ),
        Figure(
            key="average_speed_of_answer_seconds",
            kind="ratio",
            unit=seconds,
            scopes=ALL,
            part=lambda each: each.wait_answered_seconds,
            whole=_answered,
            more_is_better=False,
        ),
        Figure(
            key="average_abandon_time_seconds",
            kind="ratio",
            unit=seconds,
            scopes=QUEUES,
            part=lambda each: each.wait_abandoned_seconds,
            whole=lambda each: each.abandoned,
        ),
        Figure(
            key="average_handle_time_seconds",
            kind="ratio",
            unit=seconds,
            scopes=ALL,
            part=lambda each: each.talk_seconds + each.hold_seconds + each.after_contact_work_seconds,
            whole=_answered,
        ),
        Figure(
            key="average_hold_time_seconds",
            kind="ratio",
            unit=seconds,
            scopes=ALL,
            part=lambda each: each.hold_seconds,
            whole=lambda each: each.held,
        ),
        Figure(key="first_contact_resolution_percent", kind="given", unit=percent, scopes=ALL, more_is_better=True),
        Figure(key="resolution_percent", kind="given", unit=percent, scopes=ALL, more_is_better=True),
        Figure(
            key="csat_percent",
            kind="share",
            unit=percent,
            scopes=ALL,
            part=lambda each: each.survey_satisfied,
            whole=lambda each: each.survey_answers,
            more_is_better=True,
        ),
        Figure(
            key="survey_response_rate",
            kind="share",
            unit=percent,
            scopes=ALL,
            part=lambda each: each.survey_answers,
            whole=_answered,
            more_is_better=True,
        ),
        Figure(
            key="occupancy_percent",
            kind="ratio",
            unit=percent,
            scopes=AGENTS,
            part=_worked,
            whole=_occupied_or_idle,
        ),
        Figure(key="utilisation_percent", kind="ratio", unit=percent, scopes=AGENTS, part=_worked, whole=_logged_in),
        Figure(key="adherence_percent", kind="given", unit=percent, scopes=AGENTS, more_is_better=True),
        Figure(
            key="non_response_percent",
            kind="share",
            unit=percent,
            scopes=AGENTS,
            part=lambda each: each.offers_missed,
            whole=lambda each: each.offers_missed + each.answered if _logged_in(each) else 0,
            more_is_better=False,
        ),
        Figure(key="cost_per_contact", kind="given", unit="money", scopes=QUEUES, more_is_better=False),
    )
