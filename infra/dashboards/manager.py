"""The manager's months: volume, service, satisfaction and cost by day."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from aws_cdk import Duration
from aws_cdk.aws_cloudwatch import AlarmStatusWidget, IAlarm, IMetric

from trunkline.center import Center

from ..parts.staging import PROJECT
from .sums import Sums
from .widgets import Rows, lines, sentence

_PRICES = PROJECT / "layers" / "trunkline" / "python" / "trunkline" / "billing" / "prices.json"
_DAY = Duration.days(1)
_ALARMS_IN_A_ROW = 4
_TEXT = (
    "Days are those of UTC. Costs are estimated from minutes at list price, or at `costs.prices`: telephony from the "
    "queue on, without menus and without the ten seconds that are charged at least. The console has the exact bill."
)


def manager(center: Center, sums: Sums, alarms: Sequence[IAlarm]) -> Rows:
    """Compose the manager's dashboard: a day is a point, the time three months."""
    daily = sums.every(_DAY)
    queues, departments = daily.queues, daily.departments.items()
    return [
        sentence(_TEXT),
        [
            lines("Contacts a day", [daily.of_center("Contacts", "Contacts")], unit="contacts"),
            lines(
                "Offered a day, by queue",
                [daily.of_queue("Offered", key) for key in queues],
                unit="contacts",
                stacked=True,
            ),
        ],
        [
            lines(
                "Service level, by department",
                [daily.service_level(keys, name) for name, keys in departments],
                unit="%",
                most=100,
            ),
            lines(
                "Abandoned of offered, by department",
                [daily.abandonment(keys, name) for name, keys in departments],
                unit="%",
                most=100,
            ),
        ],
        [
            lines("Average handle time", [daily.handle_time(queues, "All queues")], unit="seconds", width=8),
            lines("Satisfied of those who answered", [daily.satisfaction("Satisfied")], unit="%", width=8, most=100),
            lines("Estimated cost of calls a day", _costs(center, daily), unit="US dollars", width=8, stacked=True),
        ],
        [AlarmStatusWidget(title="Alarms", alarms=list(alarms), width=24, height=2 + len(alarms) // _ALARMS_IN_A_ROW)],
    ]


def _costs(center: Center, sums: Sums) -> list[IMetric]:
    prices = _read_prices(center)
    codes = {"DID": "did_minute", "TOLL_FREE": "toll_free_minute"}
    line = max(prices[codes[one.type]] for one in center.numbers.values())
    return [
        sums.cost(prices["voice_minute"] + line, "LineSeconds", "Telephony"),
        sums.cost(prices["transcription_minute"], "TalkSeconds", "Transcription"),
    ]


def _read_prices(center: Center) -> Mapping[str, float]:
    listed = json.loads(_PRICES.read_text(encoding="utf-8"))["prices"]
    return {**{code: float(one["price"]) for code, one in listed.items()}, **center.costs.prices}
