"""The same day with each function in a process of its own, under Lambda's runtime client."""

from __future__ import annotations

import json

import pytest

from cli.day import DayRequest, run_day
from cli.progress import Progress

pytest.importorskip("awslambdaric", reason="Lambda's runtime client is not installed for this platform")

CALLS = 2


def test_day_under_the_runtime_client_agrees_and_is_the_same_day() -> None:
    """Only time differs: a process of its own measures its own."""
    isolated, in_process = (
        run_day(DayRequest(CALLS, 2, spoken=False, handlers=handlers), Progress(quiet=True))
        for handlers in ("isolated", "inprocess")
    )
    assert isolated["differences"] == []
    assert isolated["denials"] == []
    assert isolated["failures"] == {}
    for key in ("truth", "measured", "whole", "unused_grants"):
        assert json.dumps(isolated[key]) == json.dumps(in_process[key])
