"""How long reading and exploring a published flow takes.

    python -m benchmarks.flow_exploration FOLDER > benchmarks/results/flow_exploration.md

Processor time of this process, the best of several rounds, so that a busy machine does not count. Linting is timed
with it where ``contactflow.lint`` takes part in the goal.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from contactflow.explore import Exploration, explore_flow
from contactflow.lint import lint_flow
from contactflow.model import Flow

ROUNDS = 3
GOAL_SECONDS = 0.100


def main(folder: Path) -> int:
    """Print what each flow took; return 1 where the median misses the goal."""
    rows = [measure(path) for path in sorted(folder.glob("*.json"))]
    whole = median(row[-1] for row in rows)
    print(f"{len(rows)} flows, best of {ROUNDS} rounds each, milliseconds of processor time.\n")
    print("| flow | KB | actions | situations | parse | lint | explore | all |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for name, size, found, parse, lint, explore, every in sorted(rows, key=lambda row: -row[-1]):
        times = " | ".join(f"{1000 * seconds:.1f}" for seconds in (parse, lint, explore, every))
        print(f"| {name} | {size / 1000:.0f} | {found.actions} | {found.states} | {times} |")
    reached = sum(len(row[2].reached) + len(row[2].unreachable) for row in rows)
    print(f"\n{reached} of {sum(row[2].actions for row in rows)} actions are reached or told as unreachable.")
    verdict = "Met." if whole <= GOAL_SECONDS else "Not met."
    print(f"Median {1000 * whole:.1f} ms. Goal: at most {1000 * GOAL_SECONDS:.0f} ms a flow. {verdict}")
    return int(whole > GOAL_SECONDS)


def measure(path: Path) -> tuple[str, int, Exploration, float, float, float, float]:
    """Return a flow's name and size, what was found, and the seconds that parsing, linting and exploring took."""
    text = path.read_text(encoding="utf-8")
    flow, parsing = best_of(lambda: Flow.parse(text))
    _findings, linting = best_of(lambda: lint_flow(flow))
    found, exploring = best_of(lambda: explore_flow(Flow.parse(text)))
    name = path.stem.rsplit("__", 1)[-1]
    return name, len(text), found, parsing, linting, exploring, parsing + linting + exploring


def best_of(work: Callable[[], Any]) -> tuple[Any, float]:
    """Return what ``work`` returns, and the fewest processor seconds that it took."""
    seconds = []
    for _ in range(ROUNDS):
        started = time.process_time()
        result = work()
        seconds.append(time.process_time() - started)
    return result, min(seconds)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Name a folder with exported flows: python -m benchmarks.flow_exploration FOLDER")
    sys.exit(main(Path(sys.argv[1])))
