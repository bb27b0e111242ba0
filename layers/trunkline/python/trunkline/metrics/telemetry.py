"""What CloudWatch is told of a batch: sums of contacts that are new, once each, by queue and of the centre.

Every combination of a name and dimensions is paid by the month, so there are only the sums that a ratio on a
dashboard or an alarm needs (ADR 13). A metric cannot take a count back: what corrections change later is right in the
counters, in the console and in reports, and stays as it was in CloudWatch.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from trunkline.metrics.changes import Change
from trunkline.metrics.keys import Key
from trunkline.metrics.tally import Counters

Sums = Mapping[str, Callable[[Counters], int]]
"""Names of metrics to what they count; one that ends in ``Seconds`` is a sum of seconds."""

_QUEUE: Sums = {
    "Offered": lambda tally: tally.offered,
    "Answered": lambda tally: tally.answered,
    "Abandoned": lambda tally: tally.abandoned,
    "WaitSeconds": lambda tally: tally.wait_answered_seconds,
    "HandleSeconds": lambda tally: tally.talk_seconds + tally.hold_seconds + tally.after_contact_work_seconds,
}
_ANSWERED_IN_TARGET: Sums = {"AnsweredInTarget": lambda tally: tally.answered_in_target}
_CONVENTION: Mapping[str, Sums] = {
    "a": _ANSWERED_IN_TARGET,
    "b": _ANSWERED_IN_TARGET,
    "c": {"InTarget": lambda tally: tally.answered_in_target + tally.abandoned_in_target},
    "d": {**_ANSWERED_IN_TARGET, "AbandonedInTarget": lambda tally: tally.abandoned_in_target},
    "e": {**_ANSWERED_IN_TARGET, "AbandonedShort": lambda tally: tally.abandoned_short},
}
_CENTER: Sums = {
    "Contacts": lambda tally: tally.contacts,
    "Offered": lambda tally: tally.offered,
    "Abandoned": lambda tally: tally.abandoned,
    "TalkSeconds": lambda tally: tally.talk_seconds + tally.hold_seconds,
    "LineSeconds": lambda tally: (
        tally.wait_answered_seconds + tally.wait_abandoned_seconds + tally.talk_seconds + tally.hold_seconds
    ),
    "SurveyAnswers": lambda tally: tally.survey_answers,
    "SurveySatisfied": lambda tally: tally.survey_satisfied,
}


def queue_sums(convention: str) -> Sums:
    """Return what is told of each queue: the basis of all ratios, and what the service level needs.

    Parameters
    ----------
    convention
        Of the service level, ``a`` to ``e``.

    Examples
    --------
    >>> list(queue_sums("c"))
    ['Offered', 'Answered', 'Abandoned', 'WaitSeconds', 'HandleSeconds', 'InTarget']
    """
    return {**_QUEUE, **_CONVENTION[convention]}


def center_sums() -> Sums:
    """Return what is told of the whole centre only: nobody asks for it by queue."""
    return _CENTER


def count_new_contacts(
    counted: Mapping[Key, Iterable[Change]], center: Mapping[str, Any]
) -> Iterator[tuple[dict[str, str], dict[str, int]]]:
    """Yield dimensions and their sums: of each queue that got new contacts, then of the centre.

    Parameters
    ----------
    counted
        What ``apply_changes`` returned. Corrections are left out: a metric cannot take a count back.
    center
        The centre's document. Queues that it does not name count for the centre alone, so that whatever records
        say, there are no more metrics than are paid for; a queue's channels count together.
    """
    sums = queue_sums(center["metrics"]["service_level_convention"])
    queues: dict[str, Counter[str]] = {}
    total: Counter[str] = Counter()
    for key, tally in _new_tallies(counted):
        _add(total, _CENTER, tally)
        if key.scope == "queue" and key.member in center["queues"]:
            _add(queues.setdefault(key.member, Counter()), sums, tally)
    for queue, counts in queues.items():
        yield {"Center": center["alias"], "Queue": queue}, dict(counts)
    if total:
        yield {"Center": center["alias"]}, dict(total)


def _new_tallies(counted: Mapping[Key, Iterable[Change]]) -> Iterator[tuple[Key, Counters]]:
    for key, changes in counted.items():
        if key.scope in {"queue", "center"}:
            yield from ((key, change.new[key]) for change in changes if change.first and key in change.new)


def _add(total: Counter[str], sums: Sums, tally: Counters) -> None:
    for name, count in sums.items():
        total[name] += count(tally)
