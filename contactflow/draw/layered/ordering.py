"""In which order boxes and lanes stand in their columns, so that few links cross."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_SWEEPS = 24
_BESIDE = 0.3


@dataclass(frozen=True, slots=True)
class Segment:
    """A link's part between two neighbouring columns.

    Attributes
    ----------
    left, right
        Keys of the nodes that it joins.
    left_share, right_share
        Where it touches them, 0 at the top and 1 at the bottom.
    """

    left: str
    right: str
    left_share: float = 0.5
    right_share: float = 0.5
    weight: float = 1.0


@dataclass
class Columns:
    """The nodes of each column in order, the segments between them, and who wants to stand beside whom."""

    order: list[list[str]]
    segments: Sequence[Segment]
    beside: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        column_of = {key: index for index, column in enumerate(self.order) for key in column}
        self._by_gap: list[list[Segment]] = [[] for _ in self.order]
        self._of_left: dict[str, list[Segment]] = {}
        self._of_right: dict[str, list[Segment]] = {}
        for segment in self.segments:
            self._by_gap[column_of[segment.left]].append(segment)
            self._of_left.setdefault(segment.left, []).append(segment)
            self._of_right.setdefault(segment.right, []).append(segment)

    def sort(self) -> None:
        """Order the columns by barycentres, to and fro, and keep the order with the fewest crossings."""
        best, fewest = [list(column) for column in self.order], self.count_crossings()
        for sweep in range(_SWEEPS):
            rightwards = sweep % 2 == 0
            indices = range(1, len(self.order)) if rightwards else range(len(self.order) - 2, -1, -1)
            for index in indices:
                self._sort_column(index, rightwards, ties_turned=sweep % 4 > 1)
            crossings = self.count_crossings()
            if crossings < fewest:
                best, fewest = [list(column) for column in self.order], crossings
            if not fewest:
                break
        self.order[:] = best
        self._swap_neighbours()

    def count_crossings(self) -> int:
        """Return how many pairs of segments cross."""
        places = self._places()
        return sum(_crossings([_ends(segment, places) for segment in gap]) for gap in self._by_gap)

    def _places(self) -> dict[str, int]:
        return {key: index for column in self.order for index, key in enumerate(column)}

    def _sort_column(self, index: int, rightwards: bool, *, ties_turned: bool) -> None:
        places = self._places()
        column = self.order[index]
        wanted = {key: self._barycentre(key, places, rightwards) for key in column}
        settled = {key: float(places[key]) if place is None else place for key, place in wanted.items()}
        for key, neighbour in self.beside.items():
            if key in settled:
                near, own = settled[neighbour] + _BESIDE, wanted[key]
                settled[key] = near if own is None else (near + own) / 2
        column.sort(key=lambda key: (settled[key], -places[key] if ties_turned else places[key]))

    def _barycentre(self, key: str, places: Mapping[str, int], rightwards: bool) -> float | None:
        if rightwards:
            pulls = [(places[each.left] + each.left_share, each.weight) for each in self._of_right.get(key, ())]
        else:
            pulls = [(places[each.right] + each.right_share, each.weight) for each in self._of_left.get(key, ())]
        total = sum(weight for _, weight in pulls)
        return sum(place * weight for place, weight in pulls) / total if total else None

    def _swap_neighbours(self) -> None:
        """Swap neighbours for as long as that saves crossings."""
        improved = True
        while improved:
            improved = False
            for index, column in enumerate(self.order):
                for row in range(len(column) - 1):
                    before = self._crossings_around(index)
                    column[row], column[row + 1] = column[row + 1], column[row]
                    if self._crossings_around(index) < before:
                        improved = True
                    else:
                        column[row], column[row + 1] = column[row + 1], column[row]

    def _crossings_around(self, index: int) -> int:
        places = {key: row for column in self.order[max(0, index - 1) : index + 2] for row, key in enumerate(column)}
        gaps = self._by_gap[max(0, index - 1) : index + 1]
        return sum(_crossings([_ends(segment, places) for segment in gap]) for gap in gaps)


def _ends(segment: Segment, places: Mapping[str, int]) -> tuple[float, float]:
    return places[segment.left] + segment.left_share, places[segment.right] + segment.right_share


def _crossings(ends: list[tuple[float, float]]) -> int:
    ends.sort()
    return sum(ends[later][1] < one[1] for index, one in enumerate(ends) for later in range(index + 1, len(ends)))
