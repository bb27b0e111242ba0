"""What metrics add to the cost of a call: everything that aggregate_metrics is metered for.

    python -m benchmarks.metrics_cost > benchmarks/results/metrics_cost.md

An hour of calls, as benchmarks.call_cost has them. Custom metrics, alarms and dashboards are paid by the month,
whatever the number of calls: docs/costs.md has them.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.call_cost import CALLS_PER_HOUR, OPENING, patient
from cli.day import SAMPLE_DAY, SETTLING
from cli.progress import Progress
from cli.session import SAMPLE_CENTER, SAMPLE_SCENARIO, open_session, read_center, read_scenario
from twin import people
from twin.cloud.bill import ORCHESTRATION, make_bill
from twin.cloud.cloud import LocalCloud

FUNCTION = "AggregateMetrics"
LIMIT_DOLLARS = Decimal("0.000005")


def main() -> int:
    """Print the table; return 1 when the limit is exceeded."""
    zone = ZoneInfo(read_center(SAMPLE_CENTER).time_zone)
    start = datetime.combine(SAMPLE_DAY, OPENING, zone)
    with open_session(SAMPLE_CENTER, seed=7, start=start, progress=Progress(quiet=True), spoken=False) as session:
        scenario = patient(read_scenario(SAMPLE_SCENARIO))
        usage = watch(session.cloud)
        centre = people.open_centre(session.network, scenario, seed=7, calls_per_hour=CALLS_PER_HOUR)
        session.cloud.run_until(start + timedelta(hours=1))
        centre.closed = True
        session.cloud.run_until(session.cloud.clock.now() + SETTLING)
        calls = len(session.network.ledger)
    bill = make_bill(usage, calls)
    print(f"{calls} calls in an hour; prices of {bill.prices_date}.\n")
    print("| service | item | metered a call | dollars a call |\n|---|---|---:|---:|")
    lines = [line for line in bill.lines if line.category == ORCHESTRATION and line.quantity]
    for line in lines:
        print(f"| {line.service} | {line.item} | {line.quantity / calls:.3f} | {line.amount / calls:.9f} |")
    total = sum((line.amount for line in lines), Decimal()) / calls
    print(f"| **metrics** | | | **{total:.9f}** |\n")
    print(f"Goal: at most ${LIMIT_DOLLARS:f}. {'Met' if total <= LIMIT_DOLLARS else 'Not met'}.")
    return int(total > LIMIT_DOLLARS)


def watch(cloud: LocalCloud) -> Counter[tuple[str, str]]:
    """Return what will be metered while the function runs, its log lines included."""
    usage: Counter[tuple[str, str]] = Counter()
    invoke = cloud.functions.invoke

    def measured(arn: str, *given: Any, **named: Any) -> Any:
        before = cloud.usage()
        outcome = invoke(arn, *given, **named)
        if FUNCTION in arn:
            usage.update({key: quantity - before.get(key, 0) for key, quantity in cloud.usage().items()})
        return outcome

    cloud.functions.invoke = measured  # type: ignore[method-assign]
    return usage


if __name__ == "__main__":
    sys.exit(main())
