"""Print the tables that stand in ``benchmarks/results/metrics_faults.md``."""

from __future__ import annotations

import sys

from benchmarks.metrics_faults.faults import run_faults, write_units
from benchmarks.metrics_faults.hot_key import contend, simulate_hot_key
from benchmarks.metrics_faults.item_size import busy_tally, stored_bytes
from benchmarks.metrics_faults.mechanisms import MECHANISMS

SHARDS = (1, 4, 16)
MARKED_BY = (1, 4, 8, 12, 16)


def main(runs: int) -> None:
    """Measure and print."""
    print(f"{runs} seeded runs of each mechanism: redelivery, batches cut anywhere and in two, crashes before any")
    print("write, shards at different paces that overtake each other between a read and its write.\n")
    print("| exactly once by | runs that drifted | write units for each touched key and batch of 100 | of 1 |")
    print("|---|---:|---:|---:|")
    for name, count in MECHANISMS.items():
        drifted = sum(run_faults(seed, count) for seed in range(runs))
        print(f"| {name} | {drifted} | {write_units(count, 100):.2f} | {write_units(count, 1):.2f} |")
    print("\n1,000 contacts a second in one queue, batches of 500, 5 ms a write; a partition takes 1,000 a second:\n")
    print("| shards of the stream | writes a second on the queue's counter | of them repeated |")
    print("|---:|---:|---:|")
    for shards in SHARDS:
        hot = simulate_hot_key(shards)
        print(f"| {shards} | {hot.writes:.1f} | {hot.conflicts:.1f} |")
    print("\nShards that lag behind and count batches of one queue without end, with the function's code (threads, a")
    print("table of 5 ms):\n")
    print("| shards | contacts lost or counted twice | attempts for each write, mean | most (40 are made) |")
    print("|---:|---:|---:|---:|")
    for shards in SHARDS:
        met = contend(shards)
        print(f"| {shards} | {met.offered - met.expected} | {met.mean_attempts:.1f} | {met.most_attempts} |")
    print("\nBytes of the queue's counter item after so many contacts in its quarter of an hour, with the marks of so")
    print("many shards, no counter zero that a queue can have (goal: under 1,024):\n")
    print(f"| contacts | {' | '.join(f'{shards} shards' for shards in MARKED_BY)} |\n|---:|{'---:|' * len(MARKED_BY)}")
    for contacts in (1, 100, 1_000, 10_000, 100_000, 900_000):
        tally = busy_tally(contacts)
        sizes = " | ".join(str(stored_bytes(tally, shards)) for shards in MARKED_BY)
        print(f"| {contacts:,} | {sizes} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
