"""Where actions stand in the console's drawing: the main path straight to the right, branches below, errors last.

A path keeps its line as long as it can. Its branches begin below it, those furthest to the right first, so that
the lines to them do not cross; what only an error leads to comes at the bottom.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

COLUMN_PIXELS = 280
ROW_PIXELS = 220
ORIGIN_PIXELS = 40
BRANCHES_A_ROW = 6


def lay_out(actions: Mapping[str, Mapping[str, Any]], start: str) -> dict[str, dict[str, int]]:
    """Return a position for each action that ``start`` leads to, nearest to the start first.

    Parameters
    ----------
    actions
        Actions in the Flow language, by identifier.

    Raises
    ------
    KeyError
        For a transition to an action that is not there.
    """
    drawing = _Drawing(actions)
    drawing.draw(start)
    return {
        identifier: {"x": ORIGIN_PIXELS + column * COLUMN_PIXELS, "y": ORIGIN_PIXELS + row * ROW_PIXELS}
        for identifier, (column, row) in sorted(drawing.places.items(), key=lambda item: item[1])
    }


class _Drawing:
    """Places chains of actions from the top to the bottom."""

    def __init__(self, actions: Mapping[str, Mapping[str, Any]]) -> None:
        self._actions = actions
        self._free: dict[int, int] = {}
        self._errors: list[tuple[str, int]] = []
        self._seen: set[str] = set()
        self.places: dict[str, tuple[int, int]] = {}

    def draw(self, start: str) -> None:
        """Place everything that ``start`` leads to."""
        self._branch(start, 1, 0)
        while self._errors:
            target, column = self._errors.pop(0)
            self._branch(target, column, 0)

    def _branch(self, start: str, column: int, above: int) -> None:
        """Place a path below the row ``above`` and whatever branches off it."""
        waiting = [(start, column, above)]
        while waiting:
            identifier, first, row = waiting.pop()
            chain = self._follow(identifier)
            if not chain:
                continue
            row = max([row, *(self._free.get(first + offset, 0) for offset in range(len(chain)))])
            for offset, name in enumerate(chain):
                self.places[name] = (first + offset, row)
                self._free[first + offset] = row + self._height(name)
            for offset, name in enumerate(chain):
                following = first + offset + 1
                waiting += [(target, following, row + 1) for target in reversed(list(_targets(self._actions[name])))]
                self._errors += [(target, following) for target in _error_targets(self._actions[name])]

    def _follow(self, identifier: str) -> list[str]:
        """Return the path from an action on, as far as it leads to actions that have no place yet."""
        chain = []
        ahead: str | None = identifier
        while ahead is not None and ahead not in self._seen:
            self._seen.add(ahead)
            chain.append(ahead)
            ahead = self._next(ahead)
        return chain

    def _next(self, identifier: str) -> str | None:
        """Return what the path goes on with: what leads on, before what ends the flow."""
        new = [target for target in _targets(self._actions[identifier]) if target not in self._seen]
        return next((target for target in new if any(_targets(self._actions[target]))), next(iter(new), None))

    def _height(self, identifier: str) -> int:
        """Return how many rows an action's block takes: it grows with its branches."""
        branches = len(list(_targets(self._actions[identifier])))
        return 1 + branches // BRANCHES_A_ROW


def _targets(action: Mapping[str, Any]) -> Iterator[str]:
    """Yield where an action leads when all goes well, its answers first."""
    transitions = action["Transitions"]
    for branch in transitions.get("Conditions", ()):
        yield branch["NextAction"]
    if "NextAction" in transitions:
        yield transitions["NextAction"]


def _error_targets(action: Mapping[str, Any]) -> Iterator[str]:
    for branch in action["Transitions"].get("Errors", ()):
        yield branch["NextAction"]
