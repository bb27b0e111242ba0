"""``trunkline aggregate`` beside three ways in which others would count the same file.

Run: ``python -m benchmarks.aggregation [records]``. Peers need ``pip install orjson duckdb``; one that is not
installed is named and left out. Each runs in a process of its own, by turns; processor time is told.
"""
