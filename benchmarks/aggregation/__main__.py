"""Measure, and print the table that stands in ``benchmarks/results/aggregation.md``."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.aggregation.peers import PEERS
from benchmarks.aggregation.records import write_records

ROUNDS = 3
NEEDS = {"orjson": "orjson", "duckdb": "duckdb"}
GOALS = {"orjson": 1.5, "pydantic": 3.0, "duckdb": 0.8}
MOST_MEMORY_MB = 40
WORDS = {
    "trunkline": "this project",
    "command": "the whole command, with every interval as JSON",
    "orjson": "orjson and dictionaries in a loop",
    "pydantic": "pydantic models of the whole record, then the same loop",
    "duckdb": "DuckDB, one thread",
}


def main(number: int) -> None:
    """Write ``number`` records, count them by turns with everything that is installed, and print a table."""
    present = [name for name in PEERS if name not in NEEDS or find_spec(NEEDS[name])]
    for name in PEERS.keys() - present:
        print(f"{name} is left out: pip install {NEEDS[name]}", file=sys.stderr)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "records.jsonl"
        write_records(path, number)
        bytes_each = path.stat().st_size / number
        runs: dict[str, list[tuple[float, int]]] = {name: [] for name in (*present, "command")}
        answers = set()
        for _ in range(ROUNDS):
            for name in present:
                answer, cpu_seconds, kibibytes = _run(name, path)
                runs[name].append((cpu_seconds, kibibytes))
                answers.add(answer)
            runs["command"].append(_run_command(path))
    if len(answers) > 1:
        raise SystemExit(f"They do not agree on what was counted: {answers}")
    print(f"{number} records of {bytes_each:.0f} bytes, a tenth of them corrections; median of {ROUNDS} runs.\n")
    print("\n".join(_table(runs)))


def _table(runs: dict[str, list[tuple[float, int]]]) -> Iterator[str]:
    own = median(cpu for cpu, _ in runs["trunkline"])
    yield "| counted by | CPU seconds | memory, MB | this project is | goal | met |"
    yield "|---|---:|---:|---:|---:|---|"
    for name, measured in runs.items():
        cpu = median(cpu for cpu, _ in measured)
        memory = max(kibibytes for _, kibibytes in measured) / 1024
        if name in GOALS:
            ratio, goal = f"{cpu / own:.2f} times as fast", f"{GOALS[name]:.1f} times as fast"
            met = cpu >= GOALS[name] * own
        else:
            ratio, goal, met = "", f"at most {MOST_MEMORY_MB} MB", memory <= MOST_MEMORY_MB
        yield f"| {WORDS[name]} | {cpu:.2f} | {memory:.0f} | {ratio} | {goal} | {'yes' if met else 'no'} |"


def _run(name: str, path: Path) -> tuple[str, float, int]:
    command = [sys.executable, "-m", "benchmarks.aggregation.peers", name, str(path)]
    answer, figures = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    cpu_seconds, kibibytes = figures.split()
    return answer, float(cpu_seconds), int(kibibytes)


def _run_command(path: Path) -> tuple[float, int]:
    """Run ``trunkline aggregate`` as its user does."""
    command = [sys.executable, "-c", "from cli.main import main; main()", "aggregate", str(path), "--format", "json"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"trunkline aggregate ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
