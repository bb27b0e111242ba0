"""Closing a day: its counters are proved against the log and the history, and what is stuck is named."""
