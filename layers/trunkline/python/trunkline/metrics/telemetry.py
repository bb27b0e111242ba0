"""What CloudWatch is told of a batch: contacts that are new, once each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from trunkline.metrics.changes import Change
from trunkline.metrics.keys import Key

_METRICS = {
    "Offered": "offered",
    "Answered": "answered",
    "Abandoned": "abandoned",
    "AnsweredInTarget": "answered_in_target",
}


def count_new_contacts(counted: Mapping[Key, Iterable[Change]]) -> dict[str, dict[str, int]]:
    """Return the CloudWatch metrics of each queue that got new contacts.

    Parameters
    ----------
    counted
        What ``apply_changes`` returned. Corrections are left out: a metric cannot take a count back.

    Returns
    -------
    dict
        Queue names to metric names to counts.
    """
    queues: dict[str, Counter[str]] = {}
    for key, changes in counted.items():
        for change in changes:
            if key.scope == "queue" and change.first:
                total = queues.setdefault(key.name, Counter())
                tally = change.new[key]
                total.update({metric: getattr(tally, name) for metric, name in _METRICS.items()})
    return {queue: dict(total) for queue, total in queues.items()}
