"""How many contacts a second a day on the twin reaches, and where the time goes.

    python -m benchmarks.day_throughput > benchmarks/results/day_throughput.md

A day with recordings runs three times: with voices (cached by a run before), with silent recordings, and
once more under the profiler, whose time is told by part. Processor time, one core, IAM check on.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
from collections import Counter
from pathlib import Path

from cli.day import DayRequest, run_day
from cli.progress import Progress
from cli.session import ROOT

CALLS = 300
GOAL = 10.0
PARTS = {
    "moto's interpreter of state machines": ("moto/stepfunctions",),
    "moto, the rest (S3, SQS)": ("/moto/", "/responses/", "/werkzeug/", "/xml"),
    "botocore and boto3": ("/botocore/", "/boto3/", "/s3transfer/", "/jmespath/"),
    "the functions": ("/functions/", "/asset.", "layers/trunkline"),
    "the twin: tables, delivery, IAM, meter": ("twin/cloud",),
    "the twin: telephony and people": ("twin/connect", "twin/people"),
    "the twin: speech and transcription": ("twin/speech", "/numpy/", "/soxr/"),
    "flows": ("contactflow/",),
}


def main() -> int:
    """Print the tables; return 1 when the goal is missed or a day does not agree."""
    run_day(DayRequest(CALLS, seed=1), Progress(quiet=True))
    print(
        f"{CALLS} calls, every recording through every pipeline, IAM check on; contacts a second of processor time.\n"
    )
    print("| day | contacts a second | truth equals measurement |\n|---|---:|---|")
    reports = {}
    for name, spoken in (("with voices, cached", True), ("silent recordings", False)):
        reports[name] = report = run_day(DayRequest(CALLS, seed=1, spoken=spoken), Progress(quiet=True))
        print(f"| {name} | {report['contacts_per_second']:.1f} | {'yes' if report['equal'] else 'no'} |")
    print("\n| where the time goes | share |\n|---|---:|")
    for part, share in profile().most_common():
        print(f"| {part} | {share:.0%} |")
    slow = reports["with voices, cached"]["contacts_per_second"] < GOAL
    print(f"\nGoal: at least {GOAL:.0f} with voices. {'Not met.' if slow else 'Met.'}")
    return int(slow or not all(report["equal"] for report in reports.values()))


def profile() -> Counter[str]:
    """Return the share of each part in the time of a day, set-up included."""
    profiler = cProfile.Profile()
    profiler.runcall(run_day, DayRequest(CALLS, seed=1), Progress(quiet=True))
    spent: Counter[str] = Counter()
    for (path, _, name), (_, _, own, _, _) in pstats.Stats(profiler).stats.items():  # type: ignore[attr-defined]
        spent[_part(path, name)] += own
    total = sum(spent.values())
    return Counter({part: seconds / total for part, seconds in spent.items()})


def _part(path: str, name: str) -> str:
    if "acquire" in name:
        return "moto's interpreter of state machines"  # the loop waits for it: it runs in a thread of its own
    relative = path.replace(str(ROOT) + "/", "") if Path(path).is_absolute() else path
    for part, marks in PARTS.items():
        if any(mark in relative for mark in marks):
            return part
    return "Python itself (JSON, hashing, imports)"


if __name__ == "__main__":
    sys.exit(main())
