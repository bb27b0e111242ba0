"""Replay every day of a month of the bank's log, and table what the system measured against the log.

    python -m benchmarks.replay_february LOG > benchmarks/results/replay_february.md

Ends with 1 when a day differs.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

from cli.progress import Progress
from cli.replay import run_replay
from cli.session import BANK_CENTER

HEAD = ("day", "rows", "offered", "answered", "abandoned", "in menu", "ASA s", "SL c %", "differences", "calls/CPU s")


def main() -> int:
    """Print one row a day as a Markdown table."""
    log = Path(sys.argv[1])
    print("Measured through the console's API; every day was compared with the log by an independent reader.\n")
    print(f"| {' | '.join(HEAD)} |\n|{'---|' * len(HEAD)}")
    differing = 0
    for number in range(1, 29):
        began = time.process_time()
        report = run_replay(log, date(1999, 2, number), center_file=BANK_CENTER, progress=Progress(quiet=True))
        seconds = time.process_time() - began
        figures = report["measured"]
        differing += not report["equal"]
        row = (
            report["date"],
            report["rows"],
            figures["offered"],
            figures["answered"],
            figures["abandoned"],
            figures["ended_in_menu"],
            f"{figures['average_speed_of_answer_seconds']:.4f}",
            f"{figures['service_level']['c']:.4f}",
            "; ".join(report["differences"]) or "none",
            f"{figures['contacts'] / seconds:.0f}",
        )
        print(f"| {' | '.join(map(str, row))} |", flush=True)
    return min(differing, 1)


if __name__ == "__main__":
    sys.exit(main())
