"""How long until the first call is answered on screen: from a fresh clone, and at the second start.

    python -m benchmarks.startup > benchmarks/results/startup.md

The clone is made anew in a temporary folder and set up by `make run`, with pip's and npm's caches warm:
what is left of downloads is their reading from disk and the registries' indexes. Seconds on the clock.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cli.session import ROOT

FRESH_GOAL, SECOND_GOAL, SYNTH_GOAL = 120.0, 15.0, 10.0
ANSWERED = " talks to "


def main() -> int:
    """Print the table; return 1 when a goal is missed."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "trunkline"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        fresh = seconds_to_answer(clone)
        second = seconds_to_answer(clone)
        synth = seconds_to_synthesise(clone)
    rows = (
        ("fresh clone, `make run` to the first answered call", fresh, FRESH_GOAL),
        ("second start", second, SECOND_GOAL),
        ("synthesis, warm", synth, SYNTH_GOAL),
    )
    print(f"{os.cpu_count()} cores; load before {os.getloadavg()[0]:.1f}.\n")
    print("| from a fresh clone | seconds | goal |\n|---|---:|---:|")
    for name, seconds, goal in rows:
        print(f"| {name} | {seconds:.1f} | {goal:.0f} |")
    return int(any(seconds > goal for _, seconds, goal in rows))


def seconds_to_answer(clone: Path) -> float:
    """Run ``make run`` until a call is answered; return how long that took."""
    began = time.monotonic()
    command = ["make", "run", "ARGS=--port 0"]
    with subprocess.Popen(command, cwd=clone, stdout=subprocess.PIPE, text=True, start_new_session=True) as running:
        assert running.stdout is not None
        try:
            for line in running.stdout:
                if ANSWERED in line:
                    return time.monotonic() - began
        finally:
            os.killpg(running.pid, 15)
    raise SystemExit("make run ended before a call was answered")


def seconds_to_synthesise(clone: Path) -> float:
    """Synthesise once more; return how long that took."""
    python = clone / ".venv" / "bin" / "python"
    began = time.monotonic()
    subprocess.run([python, "app.py"], cwd=clone, check=True, env={**os.environ, "CDK_OUTDIR": str(clone / "cdk.out")})
    return time.monotonic() - began


if __name__ == "__main__":
    sys.exit(main())
