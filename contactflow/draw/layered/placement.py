"""Coordinates: columns from left to right, rows pulled towards what they are linked with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from contactflow.draw.layered.graph import Box, Drawing, Link, Route
from contactflow.draw.layered.ordering import Columns, Segment
from contactflow.draw.layered.ranks import assign_ranks, find_backward

_BOX_GAP = 26.0
_LANE_GAP = 12.0
_COLUMN_GAP = 64.0
_COLUMN_GAP_PER_LINK = 3.0
_WIDEST_COLUMN_GAP = 150.0
_SWEEPS = 40
_STRAIGHTNESS = 8.0


@dataclass
class _Plan:
    """Boxes and lanes in columns, and what pulls at them."""

    boxes: Mapping[str, Box]
    links: Sequence[Link]
    backward: frozenset[int]
    ranks: Mapping[str, int]
    lanes: dict[int, list[str]] = field(default_factory=dict)
    segments: list[Segment] = field(default_factory=list)
    pulls: list[tuple[str, float, str, float, float]] = field(default_factory=list)
    beside: dict[str, str] = field(default_factory=dict)
    order: list[list[str]] = field(default_factory=list)

    def is_backward(self, index: int) -> bool:
        return index in self.backward

    def height(self, key: str) -> float:
        return self.boxes[key].height if key in self.boxes else 0.0

    def width(self, key: str) -> float:
        return self.boxes[key].width if key in self.boxes else 0.0


def lay_out(boxes: Mapping[str, Box], links: Sequence[Link], hints: Mapping[str, str] | None = None) -> Drawing:
    """Place boxes and route links.

    Parameters
    ----------
    boxes
        By key; the first is where reading begins.
    links
        Between them; a link may lead back, or to its own box.
    hints
        For a box that no link leads to, a box that it is to stand right of.

    Returns
    -------
    Drawing
        With corners from 0, 0.
    """
    keys = list(boxes)
    hinted = [Link(neighbour, key, 0.0, 0.0) for key, neighbour in (hints or {}).items()]
    backward = find_backward(keys, [*links, *hinted])
    ranks = assign_ranks(keys, [*links, *hinted], backward)
    plan = _Plan(boxes, links, backward & frozenset(range(len(links))), ranks)
    _fill_columns(plan)
    columns = Columns(plan.order, plan.segments, plan.beside)
    columns.sort()
    plan.order = columns.order
    tops = _settle_rows(plan)
    lefts, rights = _place_columns(plan)
    return _draw(plan, tops, lefts, rights)


def _fill_columns(plan: _Plan) -> None:
    plan.order = [[] for _ in range(max(plan.ranks.values(), default=0) + 1)]
    for key, rank in plan.ranks.items():
        plan.order[rank].append(key)
    for index, link in enumerate(plan.links):
        if plan.is_backward(index):
            _add_backward(plan, index, link)
        else:
            _add_forward(plan, index, link)


def _add_forward(plan: _Plan, index: int, link: Link) -> None:
    source, target = plan.boxes[link.source], plan.boxes[link.target]
    lanes = [f"lane {index} {rank}" for rank in range(plan.ranks[link.source] + 1, plan.ranks[link.target])]
    _open_lanes(plan, index, lanes, plan.ranks[link.source] + 1)
    nodes = [link.source, *lanes, link.target]
    for left, right in pairwise(nodes):
        weight = link.weight * (_STRAIGHTNESS if left in lanes and right in lanes else 2 if lanes else 1)
        left_y = link.exit_y if left == link.source else 0.0
        right_y = target.entry_y if right == link.target else 0.0
        left_share = link.exit_y / source.height if left == link.source else 0.5
        right_share = target.entry_y / target.height if right == link.target else 0.5
        plan.segments.append(Segment(left, right, left_share, right_share, link.weight))
        plan.pulls.append((left, left_y, right, right_y, weight))


def _add_backward(plan: _Plan, index: int, link: Link) -> None:
    """Lead a link back: a lane in its source's column, in its target's, and in all between."""
    first, last = plan.ranks[link.target], plan.ranks[link.source]
    lanes = [f"lane {index} {rank}" for rank in range(first, last + 1)]
    _open_lanes(plan, index, lanes, first)
    for left, right in pairwise(lanes):
        plan.segments.append(Segment(left, right))
        plan.pulls.append((left, 0.0, right, 0.0, _STRAIGHTNESS))
    plan.beside[lanes[-1]] = link.source
    plan.beside.setdefault(lanes[0], link.target)


def _open_lanes(plan: _Plan, index: int, lanes: list[str], first_rank: int) -> None:
    plan.lanes[index] = lanes
    for offset, lane in enumerate(lanes):
        plan.order[first_rank + offset].append(lane)


def _settle_rows(plan: _Plan) -> dict[str, float]:
    """Return the top of every box and lane."""
    tops: dict[str, float] = {}
    for column in plan.order:
        y = 0.0
        for above, key in zip([None, *column], column, strict=False):
            y += 0.0 if above is None else plan.height(above) + _gap(plan, above, key)
            tops[key] = y
    pulls = _pulls_by_node(plan)
    for sweep in range(_SWEEPS):
        for column in plan.order if sweep % 2 == 0 else reversed(plan.order):
            _settle_column(plan, column, tops, pulls)
    highest = min(tops.values(), default=0.0)
    return {key: top - highest for key, top in tops.items()}


def _pulls_by_node(plan: _Plan) -> dict[str, list[tuple[str, float, float]]]:
    """Return, for each node, who pulls at it, how far above the other's top it wants to be, and how strongly."""
    pulls: dict[str, list[tuple[str, float, float]]] = {key: [] for column in plan.order for key in column}
    for left, left_y, right, right_y, weight in plan.pulls:
        pulls[left].append((right, right_y - left_y, weight))
        pulls[right].append((left, left_y - right_y, weight))
    for lane, box in plan.beside.items():
        pulls[lane].append((box, plan.height(box) + _LANE_GAP, 0.5))
    return pulls


def _settle_column(
    plan: _Plan, column: list[str], tops: dict[str, float], pulls: Mapping[str, list[tuple[str, float, float]]]
) -> None:
    """Give a column the tops nearest to those wanted, in its order and without overlaps.

    Pool adjacent violators: shifted by what must lie between them, wanted tops have to ascend; neighbours
    that do not are put at their mean.
    """
    offsets, offset = [], 0.0
    for above, key in zip([None, *column], column, strict=False):
        offset += 0.0 if above is None else plan.height(above) + _gap(plan, above, key)
        offsets.append(offset)
    pools: list[tuple[float, float, int]] = []
    for key, shift in zip(column, offsets, strict=True):
        weight = sum(each[2] for each in pulls[key]) or 0.1
        wanted = sum((tops[other] + delta) * pull for other, delta, pull in pulls[key]) / weight
        pool = ((wanted if pulls[key] else tops[key]) - shift, weight, 1)
        while pools and pools[-1][0] > pool[0]:
            mean, before, count = pools.pop()
            total = before + pool[1]
            pool = ((mean * before + pool[0] * pool[1]) / total, total, count + pool[2])
        pools.append(pool)
    values = [mean for mean, _, count in pools for _ in range(count)]
    for key, value, shift in zip(column, values, offsets, strict=True):
        tops[key] = value + shift


def _gap(plan: _Plan, above: str, below: str) -> float:
    return _BOX_GAP if above in plan.boxes and below in plan.boxes else _LANE_GAP


def _place_columns(plan: _Plan) -> tuple[list[float], list[float]]:
    """Return the left and right sides of the columns; much traffic between two takes more room."""
    traffic = [0] * len(plan.order)
    rank_of = {key: rank for rank, column in enumerate(plan.order) for key in column}
    for segment in plan.segments:
        traffic[rank_of[segment.left]] += 1
    for index in plan.backward:
        traffic[plan.ranks[plan.links[index].source]] += 1
    lefts, rights, x = [], [], 0.0
    for rank, column in enumerate(plan.order):
        lefts.append(x)
        rights.append(x + max((plan.width(key) for key in column), default=0.0))
        x = rights[-1] + min(_WIDEST_COLUMN_GAP, _COLUMN_GAP + _COLUMN_GAP_PER_LINK * traffic[rank])
    return lefts, rights


def _draw(plan: _Plan, tops: Mapping[str, float], lefts: list[float], rights: list[float]) -> Drawing:
    corners = {key: (lefts[plan.ranks[key]], tops[key]) for key in plan.boxes}
    routes = []
    for index, link in enumerate(plan.links):
        x, y = corners[link.source]
        end_x, end_y = corners[link.target]
        backward = plan.is_backward(index)
        first = plan.ranks[link.target] if backward else plan.ranks[link.source] + 1
        lanes = [
            (lefts[first + offset], rights[first + offset], tops[lane]) for offset, lane in enumerate(plan.lanes[index])
        ]
        routes.append(
            Route(
                (x + plan.boxes[link.source].width, y + link.exit_y),
                tuple(reversed(lanes)) if backward else tuple(lanes),
                (end_x, end_y + plan.boxes[link.target].entry_y),
                backward,
            )
        )
    height = max((tops[key] + plan.height(key) for column in plan.order for key in column), default=0.0)
    return Drawing(corners, tuple(routes), max(rights, default=0.0), height)
