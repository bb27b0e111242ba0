"""Where the count of a loop is worth remembering: on its short rounds.

A flow that leads from everywhere back to its main menu would have to tell every count of every loop apart, everywhere.
Far from a loop its count is forgotten, and both of its branches are taken when the flow comes back.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping

from contactflow.explore.places import Place

STRETCH = 2
SLACK = 2
"""A round is short up to so many times the shortest one, and so many actions more."""


def find_near(
    loop: Place, following: Mapping[Place, Iterable[Place]], leading: Mapping[Place, Iterable[Place]]
) -> set[Place]:
    """Return the places on short rounds that lead from a loop back to it."""
    away, back = _measure(loop, following), _measure(loop, leading)
    rounds = [away[place] + back[place] for place in away if place in back and place != loop]
    if not rounds:
        return {loop}
    limit = STRETCH * min(rounds) + SLACK
    return {loop, *(place for place in away if place in back and away[place] + back[place] <= limit)}


def _measure(start: Place, neighbours: Mapping[Place, Iterable[Place]]) -> dict[Place, int]:
    """Return the fewest actions from a place to each other one."""
    distance = {start: 0}
    waiting = deque([start])
    while waiting:
        place = waiting.popleft()
        for neighbour in neighbours.get(place, ()):
            if neighbour not in distance:
                distance[neighbour] = distance[place] + 1
                waiting.append(neighbour)
    return distance
