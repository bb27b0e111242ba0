"""Memory and disk of an open centre by virtual hour, as ``trunkline up`` keeps it.

    python -m benchmarks.twin_memory [HOURS] > benchmarks/results/twin_memory.md

120 calls an hour with voices, as fast as they go. The first hours fill caches and what is kept for some hours;
the goal is for the later half.
"""

from __future__ import annotations

import gc
import sys
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from cli.day import SAMPLE_DAY
from cli.progress import Progress
from cli.session import SAMPLE_CENTER, SAMPLE_CUSTOMERS, SAMPLE_SCENARIO, open_session, read_center, read_scenario
from twin import people

CALLS_PER_HOUR = 120
GOAL_MEGABYTES = 10.0


def main() -> int:
    """Print the table; return 1 when the goal is missed."""
    hours = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    print(f"{CALLS_PER_HOUR} calls an hour with voices.\n")
    print("| virtual hours | resident MB | on disk MB | files |\n|---:|---:|---:|---:|")
    resident = measure(hours)
    half = hours // 2
    growth = (resident[hours] - resident[half]) / (hours - half)
    print(f"\nFrom hour {half} to hour {hours}: {growth:.1f} MB an hour; goal: less than {GOAL_MEGABYTES:.0f}.")
    return int(growth >= GOAL_MEGABYTES)


def measure(hours: int) -> list[float]:
    """Run the centre; print a line and keep the resident megabytes after each hour, the start first."""
    start = datetime(SAMPLE_DAY.year, SAMPLE_DAY.month, SAMPLE_DAY.day, 10, tzinfo=ZoneInfo(center_zone()))
    found = []
    with open_session(SAMPLE_CENTER, seed=1, start=start, progress=Progress()) as session:
        people.open_centre(
            session.network,
            read_scenario(SAMPLE_SCENARIO),
            seed=1,
            calls_per_hour=CALLS_PER_HOUR,
            population=people.load_population(SAMPLE_CUSTOMERS),
        )
        for hour in range(hours + 1):
            session.cloud.run_until(start + timedelta(hours=hour))
            found.append(resident_megabytes())
            sizes = [path.stat().st_size for path in session.cloud.spool.folder.iterdir()]
            print(f"| {hour} | {found[-1]:.0f} | {sum(sizes) / 1e6:.0f} | {len(sizes)} |", flush=True)
    return found


def center_zone() -> str:
    """Return the sample centre's time zone."""
    return read_center(SAMPLE_CENTER).time_zone


def resident_megabytes() -> float:
    """Return what of this process is in memory, garbage collected."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


if __name__ == "__main__":
    sys.exit(main())
