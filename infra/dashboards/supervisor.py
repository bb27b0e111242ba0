"""The supervisor's day: each queue by quarters of an hour."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aws_cdk import Duration
from aws_cdk.aws_cloudwatch import IMetric

from .connect import ConnectMetrics
from .sums import INTERVAL, Sums
from .widgets import Rows, lines, sentence

_FIVE_MINUTES = Duration.minutes(5)
_TEXT = (
    "A contact counts here when its record arrives, in the console in the quarter of an hour in which it was queued. "
    "Corrections change the console's figures, never these. Times are UTC unless you choose local time above."
)


def supervisor(sums: Sums, connect: ConnectMetrics) -> Rows:
    """Compose the supervisor's dashboard."""

    def each(ratio: Callable[[Sequence[str], str], IMetric]) -> list[IMetric]:
        return [ratio([key], sums.title(key)) for key in sums.queues]

    waiting = [connect.waiting(key, sums.title(key), _FIVE_MINUTES) for key in sums.queues]
    longest = [connect.longest_wait(key, sums.title(key), _FIVE_MINUTES) for key in sums.queues]
    often = sums.every(_FIVE_MINUTES)
    agents = [
        often.of_center("AgentsAvailable", "Available", "Maximum"),
        often.of_center("GhostAgents", "Of these out of reach", "Maximum"),
    ]
    return [
        sentence(_TEXT),
        [
            lines("Service level by queue", each(sums.service_level), unit="%", most=100),
            lines("Abandoned of offered, by queue", each(sums.abandonment), unit="%", most=100),
        ],
        [
            lines("Average speed of answer, by queue", each(sums.speed_of_answer), unit="seconds"),
            lines("Average handle time, by queue", each(sums.handle_time), unit="seconds"),
        ],
        [
            lines("Waiting, by queue", waiting, unit="contacts"),
            lines("Longest wait, by queue", longest, unit="seconds"),
        ],
        [
            lines("Calls on the line", [connect.concurrent_calls(_FIVE_MINUTES)], unit="calls", width=8),
            lines("Calls that agents missed", [connect.missed_calls(INTERVAL)], unit="calls", width=8),
            lines("Available agents, and those out of reach", agents, unit="agents", width=8),
        ],
    ]
