"""CloudWatch metrics written as log lines, so that a metric costs no API call."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Mapping


class EmbeddedMetrics:
    """Sums of a batch, written as one embedded metric line for each set of dimensions.

    Powertools' ``Metrics`` is not used: it keeps its metrics in class attributes that functions in one
    process would share, and it writes one set of dimensions at a time, not a batch with several queues.

    Parameters
    ----------
    namespace
        CloudWatch namespace.

    Examples
    --------
    >>> metrics = EmbeddedMetrics("Trunkline")
    >>> metrics.add({"Center": "redline", "Queue": "orders"}, {"Offered": 1})
    >>> metrics.flush()  # doctest: +ELLIPSIS
    {"_aws":{"Timestamp":...,"Center":"redline","Queue":"orders","Offered":1}

    Notes
    -----
    **Source**: Amazon CloudWatch user guide, "Specification: Embedded metric format".
    """

    def __init__(self, namespace: str) -> None:
        self._namespace = namespace
        self._counts: dict[tuple[tuple[str, str], ...], Counter[str]] = {}

    def add(self, dimensions: Mapping[str, str], counts: Mapping[str, int]) -> None:
        """Add counts under a set of dimensions; zeros are kept, so that a graph has no gaps.

        Parameters
        ----------
        dimensions
            Dimension names to values, at most 30.
        counts
            Metric names to counts; a name that ends in ``Seconds`` is a sum of seconds.
        """
        total = self._counts.setdefault(tuple(dimensions.items()), Counter())
        for name, count in counts.items():
            total[name] += count

    def flush(self) -> None:
        """Write what was added to standard output, and forget it."""
        timestamp = int(time.time() * 1000)
        for dimensions, counts in self._counts.items():
            directive = {
                "Namespace": self._namespace,
                "Dimensions": [[name for name, _ in dimensions]],
                "Metrics": [{"Name": name, "Unit": _unit(name)} for name in counts],
            }
            document = {
                "_aws": {"Timestamp": timestamp, "CloudWatchMetrics": [directive]},
                **dict(dimensions),
                **counts,
            }
            sys.stdout.write(json.dumps(document, separators=(",", ":")) + "\n")
        self._counts.clear()


def _unit(name: str) -> str:
    return "Seconds" if name.endswith("Seconds") else "Count"
