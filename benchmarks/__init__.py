"""Measurements against peers and goals; each prints the table that stands in ``benchmarks/results``."""
