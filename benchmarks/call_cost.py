"""What orchestrating one answered, recorded, transcribed call costs, from the twin's meter.

    python -m benchmarks.call_cost > benchmarks/results/call_cost.md

Agents are at their desks before the first ring and stay until the last call has settled; what is metered in
between, polling included, is divided by the number of calls. What an hour costs in which agents are there and
nobody calls (heartbeats) follows the agents' hours and not the calls: its write units are told apart. Callers
of this run neither hang up in the menu nor lose patience, take no offer while they wait, and want neither
self-service nor a number outside, so that every call is answered, recorded, transcribed and analysed.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import datetime, timedelta
from datetime import time as clock_time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from cli.day import SAMPLE_DAY, SETTLING
from cli.progress import Progress
from cli.session import SAMPLE_CENTER, SAMPLE_SCENARIO, open_session, read_center, read_scenario
from cli.wholeness import wholeness
from twin import people
from twin.cloud.bill import ORCHESTRATION, Bill, make_bill

OPENING = clock_time(10)
CALLS_PER_HOUR = 60
LIMIT_DOLLARS = Decimal("0.00005")
LIMIT_WRITE_UNITS = 12
TOLD_WITHIN = Decimal("0.02")
WRITE_UNITS = ("dynamodb", "write units")
AGENTS_HOUR = timedelta(hours=1)
APART = {"voice_minute", "did_minute", "toll_free_minute", "transcription_minute", "storage_gb_month", "agent_hour"}


def main() -> int:
    """Print the table; return 1 when a limit is exceeded."""
    zone = ZoneInfo(read_center(SAMPLE_CENTER).time_zone)
    start = datetime.combine(SAMPLE_DAY, OPENING, zone)
    with open_session(SAMPLE_CENTER, seed=7, start=start, progress=Progress(quiet=True), spoken=False) as session:
        scenario = patient(read_scenario(SAMPLE_SCENARIO))
        centre = people.open_centre(session.network, scenario, seed=7, calls_per_hour=CALLS_PER_HOUR)
        cloud = session.cloud
        cloud.run_until(start + timedelta(seconds=5))
        before, rung = cloud.usage(), centre.dialled
        cloud.run_until(start + timedelta(hours=1))
        centre.closed = True
        cloud.run_until(cloud.clock.now() + SETTLING)
        calls = len(session.network.ledger)
        after, span = cloud.usage(), cloud.clock.now() - start
        usage = {key: quantity - before.get(key, 0) for key, quantity in after.items()}
        cloud.run_until(cloud.clock.now() + AGENTS_HOUR)
        quiet = cloud.usage().get(WRITE_UNITS, 0) - after.get(WRITE_UNITS, 0)
        usage[WRITE_UNITS] -= quiet * (span / AGENTS_HOUR)
        at_work = sum(agent["state"] != "offline" for agent in session.console.live()["agents"])
        whole = wholeness(session)
        told = told_orchestration(session.console.contact(session.network.ledger[0].contact_id)["bill"])
    if (whole["recorded"], whole["with_recording"], whole["with_analysis"]) != (calls,) * 3:
        raise SystemExit(f"not every one of {calls} calls is whole: {whole}")
    if rung or session.network.calls():
        raise SystemExit("calls were under way when the meter was read")
    status = report(make_bill(usage, calls), calls, told)
    print(f"\nAn hour of {at_work} agents to whom nobody calls, apart: {quiet:g} write units.")
    return status


def patient(scenario: people.Scenario) -> people.Scenario:
    """Return the scenario with callers who all reach an agent and are recorded."""
    habits = scenario.callers.model_copy(
        update={"hangs_up_in_menu_share": 0.0, "patience_least_seconds": 3600, "no_key_share": 0.0}
    )
    reasons = {name: reason for name, reason in scenario.reasons.items() if reason.dialogues}
    return scenario.model_copy(update={"callers": habits, "reasons": reasons, "offers": []})


def told_orchestration(bill: Mapping[str, Any]) -> Decimal:
    """Return what the console's bill of one contact says of orchestration, from its documented counts."""
    return sum((Decimal(str(line["amount"])) for line in bill["lines"] if line["code"] not in APART), Decimal())


def report(bill: Bill, calls: int, told: Decimal) -> int:
    """Print the cost by service; return 1 when a limit is exceeded or the console's bill is off by a fiftieth."""
    print(f"{calls} calls, each answered, recorded, transcribed and analysed; prices of {bill.prices_date}.\n")
    print("| service | item | metered a call | dollars a call |\n|---|---|---:|---:|")
    lines = [line for line in bill.lines if line.category == ORCHESTRATION]
    for line in lines:
        print(f"| {line.service} | {line.item} | {line.quantity / calls:.3f} | {line.amount / calls:.9f} |")
    total = bill.per_call(ORCHESTRATION)
    print(f"| **orchestration** | | | **{total:.9f}** |")
    print(f"| as the console's bill of such a contact tells it | | | {told:.9f} |\n")
    per_call = {line.item: line.quantity / calls for line in lines}
    over = [
        total > LIMIT_DOLLARS,
        per_call["write units"] > LIMIT_WRITE_UNITS,
        "Standard transitions" in per_call,
        "PutMetricData requests" in per_call,
        abs(told / total - 1) > TOLD_WITHIN,
    ]
    print(f"Goal: at most ${LIMIT_DOLLARS}, {LIMIT_WRITE_UNITS} write units, no Standard transition, no PutMetricData.")
    print("Not met." if any(over) else "Met.")
    return int(any(over))


if __name__ == "__main__":
    sys.exit(main())
