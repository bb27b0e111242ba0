"""Interval metrics: a fold over the changes of contacts, and the figures that are read from it."""
