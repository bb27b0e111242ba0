"""Where actions stand in the console's drawing: a column for each step from the start, rows within it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any

COLUMN_PIXELS = 280
ROW_PIXELS = 220
ORIGIN_PIXELS = 40


def lay_out(actions: Mapping[str, Mapping[str, Any]], start: str) -> dict[str, dict[str, int]]:
    """Return a position for each action that ``start`` leads to, nearest first.

    Parameters
    ----------
    actions
        Actions in the Flow language, by identifier.

    Raises
    ------
    KeyError
        For a transition to an action that is not there.
    """
    columns = {start: 1}
    waiting = deque([start])
    while waiting:
        identifier = waiting.popleft()
        for target in _targets(actions[identifier]["Transitions"]):
            if target not in columns:
                columns[target] = columns[identifier] + 1
                waiting.append(target)
    rows: dict[int, int] = {}
    positions = {}
    for identifier, column in columns.items():
        row = rows[column] = rows.get(column, -1) + 1
        positions[identifier] = {
            "x": ORIGIN_PIXELS + column * COLUMN_PIXELS,
            "y": ORIGIN_PIXELS + row * ROW_PIXELS,
        }
    return positions


def _targets(transitions: Mapping[str, Any]) -> Iterator[str]:
    if "NextAction" in transitions:
        yield transitions["NextAction"]
    for branch in (*transitions.get("Conditions", ()), *transitions.get("Errors", ())):
        yield branch["NextAction"]
