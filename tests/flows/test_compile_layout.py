"""Where compiled actions stand in the console's drawing."""

from __future__ import annotations

from typing import Any

from contactflow.compile import compile_ivr
from contactflow.compile.layout import COLUMN_PIXELS, ORIGIN_PIXELS, ROW_PIXELS, lay_out
from tests.flows.sample import RESOURCES, SERVICES


def action(*answers: str, then: str | None = None, error: str | None = None) -> dict[str, Any]:
    transitions: dict[str, Any] = {"Conditions": [{"NextAction": target} for target in answers]}
    if then is not None:
        transitions["NextAction"] = then
    if error is not None:
        transitions["Errors"] = [{"NextAction": error}]
    return {"Transitions": transitions}


def places(actions: dict[str, dict[str, Any]], start: str) -> dict[str, tuple[int, int]]:
    return {
        name: ((at["x"] - ORIGIN_PIXELS) // COLUMN_PIXELS, (at["y"] - ORIGIN_PIXELS) // ROW_PIXELS)
        for name, at in lay_out(actions, start).items()
    }


def test_main_path_stands_on_one_line_from_left_to_right() -> None:
    at = places({"a": action(then="b", error="x"), "b": action(then="c"), "c": action(), "x": action()}, "a")
    assert [at[name] for name in "abc"] == [(1, 0), (2, 0), (3, 0)]


def test_branches_begin_below_the_path_and_errors_come_last() -> None:
    menu = {
        "menu": action("one", "two", then="again", error="sorry"),
        "one": action(then="end"),
        "two": action(then="end"),
        "again": action(then="end"),
        "sorry": action(then="end"),
        "end": action(),
    }
    at = places(menu, "menu")
    assert at["one"] == (2, 0)
    assert at["end"] == (3, 0)
    assert [at[name] for name in ("two", "again", "sorry")] == [(2, 1), (2, 2), (2, 3)]


def test_branches_of_what_comes_later_stand_above_those_of_what_comes_before() -> None:
    at = places(
        {
            "a": action("b", then="x"),
            "b": action("c", then="y"),
            "c": action(),
            "x": action(),
            "y": action(),
        },
        "a",
    )
    assert at["y"] == (3, 1)
    assert at["x"] == (2, 1)


def test_path_goes_on_with_what_leads_on_rather_than_with_an_end() -> None:
    at = places({"a": action("end", then="b"), "b": action(then="end"), "end": action()}, "a")
    assert (at["a"][1], at["b"][1], at["end"][1]) == (0, 0, 0)


def test_loop_back_moves_nothing() -> None:
    assert places({"a": action(then="b"), "b": action("a", then="c"), "c": action()}, "a") == {
        "a": (1, 0),
        "b": (2, 0),
        "c": (3, 0),
    }


def test_large_block_has_room_below() -> None:
    keys = [f"k{number}" for number in range(8)]
    menu = {"a": action(then="menu"), "menu": action(*keys), **{key: action() for key in keys}}
    aside = {"a": action("menu", then="b"), "b": action(then="c"), "c": action()}
    at = places({**menu, **aside}, "a")
    assert at["b"][1] >= at["menu"][1] + 2


def test_blocks_of_a_whole_ivr_do_not_lie_on_each_other() -> None:
    for flow in compile_ivr(SERVICES, RESOURCES):
        drawn = flow.content["Metadata"]["ActionMetadata"]
        at = [(entry["position"]["x"], entry["position"]["y"]) for entry in drawn.values()]
        assert len(set(at)) == len(flow.content["Actions"])
        assert min(x for x, _ in at) == ORIGIN_PIXELS + COLUMN_PIXELS
