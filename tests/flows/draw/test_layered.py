"""Columns and rows of any graph, apart from flows."""

from __future__ import annotations

from itertools import pairwise

import hypothesis.strategies as st
from hypothesis import given

from contactflow.draw.layered import Box, Drawing, Link, lay_out
from contactflow.draw.layered.ordering import Columns, Segment

BOX = Box(100.0, 40.0, 10.0)


def place(names: str, *links: str, hints: dict[str, str] | None = None) -> Drawing:
    return lay_out(dict.fromkeys(names, BOX), [Link(link[0], link[1], 20.0) for link in links], hints)


def test_boxes_stand_right_of_those_that_lead_to_them() -> None:
    corners = place("abcd", "ab", "bc", "ac", "cd").corners
    assert [name for name, _ in sorted(corners.items(), key=lambda item: item[1])] == list("abcd")


def test_link_that_closes_a_cycle_goes_back() -> None:
    routes = place("abc", "ab", "bc", "ca").routes
    assert [route.backward for route in routes] == [False, False, True]
    assert len(routes[2].lanes) == 3


def test_link_to_its_own_box_goes_back() -> None:
    (route,) = place("a", "aa").routes
    assert route.backward


def test_crossing_links_are_untangled() -> None:
    columns = Columns(
        [["a", "b", "c"], ["x", "y", "z"]], [Segment("a", "z"), Segment("b", "x"), Segment("c", "y"), Segment("a", "y")]
    )
    assert columns.count_crossings() > 0
    columns.sort()
    assert columns.count_crossings() == 0


def test_chain_is_straight() -> None:
    corners = place("abcd", "ab", "bc", "cd").corners
    drawn = [corners[name][1] for name in "abcd"]
    assert max(drawn) - min(drawn) <= 30.0 + 1e-6
    assert all(abs((y + 20.0) - (following + 10.0)) < 1.0 for y, following in pairwise(drawn))


def test_box_without_links_stands_right_of_its_hint() -> None:
    corners = place("abx", "ab", hints={"x": "b"}).corners
    assert corners["x"][0] > corners["b"][0]


@given(
    st.integers(1, 14).flatmap(
        lambda count: st.tuples(
            st.just(count),
            st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=40),
            st.lists(st.floats(20, 300), min_size=count, max_size=count),
        )
    )
)
def test_no_graph_makes_boxes_or_lanes_overlap(graph: tuple[int, list[tuple[int, int]], list[float]]) -> None:
    count, pairs, heights = graph
    boxes = {str(index): Box(100.0, heights[index], 10.0) for index in range(count)}
    drawing = lay_out(boxes, [Link(str(source), str(target), 15.0) for source, target in pairs])
    columns: dict[float, list[tuple[float, float]]] = {}
    for key, (x, y) in drawing.corners.items():
        columns.setdefault(x, []).append((y, y + boxes[key].height))
    for route in drawing.routes:
        for left, _, y in route.lanes:
            columns[left].append((y, y))
    for spans in columns.values():
        spans.sort()
        assert all(above[1] < below[0] for above, below in pairwise(spans))
    assert all(y >= 0 and x >= 0 for x, y in drawing.corners.values())
