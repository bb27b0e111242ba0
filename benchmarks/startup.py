"""How long until the first call is answered on screen: from a fresh clone, and at the second start.

    python -m benchmarks.startup > benchmarks/results/startup.md

The clone is made anew in a temporary folder and set up by `make run`. Packages are downloaded before the
clock starts: pip installs from a folder of wheels without an index, npm prefers its cache. Seconds on
the clock.
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
        download_packages(clone, Path(folder) / "wheels")
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


def download_packages(clone: Path, wheels: Path) -> None:
    """Fetch what setting up needs, and let pip and npm find it without a network."""
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--wheel-dir", str(wheels)]
    subprocess.run([*pip, "-r", str(clone / "requirements.txt")], check=True, stderr=subprocess.DEVNULL)
    os.environ.update(PIP_NO_INDEX="1", PIP_FIND_LINKS=str(wheels), npm_config_prefer_offline="true")


def seconds_to_answer(clone: Path) -> float:
    """Run ``make run`` until a call is answered; return how long that took."""
    began = time.monotonic()
    command = ["make", "run", "ARGS=--port 0"]
    with subprocess.Popen(
        command, cwd=clone, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    ) as running:
        assert running.stdout is not None
        try:
            for line in running.stdout:
                if ANSWERED in line:
                    return time.monotonic() - began
        finally:
            os.killpg(running.pid, 15)
    raise SystemExit("make run ended before a call was answered")


def seconds_to_synthesise(clone: Path) -> float:
    """Synthesise three times; return the shortest, when all caches are warm."""
    environment = {**os.environ, "CDK_OUTDIR": str(clone / "cdk.out")}
    times = []
    for _ in range(3):
        began = time.monotonic()
        subprocess.run([clone / ".venv" / "bin" / "python", "app.py"], cwd=clone, check=True, env=environment)
        times.append(time.monotonic() - began)
    return min(times)


if __name__ == "__main__":
    sys.exit(main())
