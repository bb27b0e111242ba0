"""Exactly once, by three mechanisms: drift under faults, and what the hottest counter costs.

Run: ``python -m benchmarks.metrics_faults [runs]``. Every run draws from its own seed how contacts are
corrected, how their stream is cut into shards and batches, what is delivered again, where the function
dies, and which shard overtakes another between a read and its write. In the end the counters must be those
of a single pass over the contacts.
"""
