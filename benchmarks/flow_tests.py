"""How many test cases a second one core runs, beside the bare interpreter in the same run.

    python -m benchmarks.flow_tests > benchmarks/results/flow_tests.md

The cases are the sample centre's own, read once and run again and again. The peer is the scripted call of
``benchmarks.flow_interpreter``, which nobody observes; both take turns, so that a busy machine slows both.
Processor time, one core.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.flow_interpreter import play_interpreted
from benchmarks.flow_interpreter_menu import build_flow
from cli.flow.inputs import read_flows
from cli.flow.offline_center import build_host, build_library
from contactflow.model import Flow
from contactflow.run import ContactState, Session
from contactflow.testing import run_case
from contactflow.testing.suite import find_cases

PROJECT = Path(__file__).resolve().parents[1]
CENTER = PROJECT / "callcenter.yaml"
ROUNDS = 30
CALLS_A_ROUND = 100
GOAL = 1_000


def main() -> int:
    """Print what both took; return 1 where the goal is missed."""
    library, host = build_library(read_flows([CENTER])), build_host([CENTER])
    cases = [file.case for file in find_cases([PROJECT / "tests" / "cases"]) if file.case is not None]
    results = [run_case(case, library, host=host) for case in cases]
    failed = [result.name for result in results if not result.passed]
    if failed:
        raise SystemExit(f"These cases do not pass: {', '.join(failed)}")
    scripted = build_flow()
    session = Session(scripted, ContactState("contact"))
    play_interpreted(session)
    case_speeds, call_speeds = [], []
    for _ in range(ROUNDS):
        case_speeds.append(len(cases) / measure(lambda: [run_case(case, library, host=host) for case in cases]))
        call_speeds.append(CALLS_A_ROUND / measure(lambda: [_call(scripted) for _ in range(CALLS_A_ROUND)]))
    each, scripted_each = sum(len(result.trace) for result in results) / len(cases), len(session.trace)
    ratios = [(call * scripted_each) / (case * each) for case, call in zip(case_speeds, call_speeds, strict=True)]
    case_speed, call_speed = median(case_speeds), median(call_speeds)
    print(f"The sample's {len(cases)} cases, {ROUNDS} rounds in turns with the scripted call; medians.\n")
    print("| what | a second | actions each | actions a second |\n|---|---:|---:|---:|")
    print(f"| test cases | {case_speed:,.0f} | {each:.1f} | {case_speed * each:,.0f} |")
    print(f"| scripted calls | {call_speed:,.0f} | {scripted_each} | {call_speed * scripted_each:,.0f} |")
    print(
        f"\nAn action that a case observes costs {median(ratios):.2f} times what it costs unobserved "
        f"({min(ratios):.2f} to {max(ratios):.2f})."
    )
    print(f"\nGoal: at least {GOAL:,} cases a second a core. {'Met.' if case_speed >= GOAL else 'Not met.'}")
    return int(case_speed < GOAL)


def measure(work: Callable[[], object]) -> float:
    """Return the seconds of processor time that some work takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


def _call(flow: Flow) -> None:
    play_interpreted(Session(flow, ContactState("contact")))


if __name__ == "__main__":
    sys.exit(main())
