"""The command line's own count of a day, against the worked example of docs/metrics.md."""

import pytest

from cli.figures import Happening, count


def test_five_service_levels_of_the_worked_example():
    day = (
        [Happening("answered", wait_seconds=20)] * 860
        + [Happening("answered", wait_seconds=21)] * 140
        + [Happening("abandoned", wait_seconds=5)] * 10
        + [Happening("abandoned", wait_seconds=6)] * 10
        + [Happening("abandoned", wait_seconds=60)] * 40
    )
    levels = count(day, short_abandon_seconds=5)["service_level"]
    assert {key: round(value, 1) for key, value in levels.items()} == {
        "a": 81.1,
        "b": 86.0,
        "c": 83.0,
        "d": 82.7,
        "e": 81.9,
    }


def test_a_day_without_calls_has_no_rates():
    figures = count([], short_abandon_seconds=5)
    assert figures["contacts"] == 0
    assert figures["abandonment_rate"] is None
    assert set(figures["service_level"].values()) == {None}


def test_call_that_ended_in_the_menu_was_never_offered():
    figures = count([Happening("ended_in_menu")], short_abandon_seconds=5)
    assert (figures["contacts"], figures["offered"], figures["ended_in_menu"]) == (1, 0, 1)


def test_handle_time_is_talk_hold_and_after_contact_work():
    call = Happening(
        "answered", queue="orders", talk_seconds=60, hold_seconds=20, after_contact_seconds=10, survey_score=4
    )
    figures = count([call], short_abandon_seconds=5)
    assert figures["average_handle_time_seconds"] == 90
    assert figures["csat_percent"] == 100


@pytest.mark.parametrize(("wait", "short"), [(5, 1), (6, 0)])
def test_short_abandon_includes_its_threshold(wait, short):
    call = Happening("abandoned", queue="orders", wait_seconds=wait)
    assert count([call], short_abandon_seconds=5)["abandoned_short"] == short


def test_caller_who_takes_a_callback_was_offered_and_did_not_abandon():
    call = Happening("callback", queue="orders", wait_seconds=70)
    figures = count([call, Happening("answered", queue="orders", wait_seconds=5)], short_abandon_seconds=5)
    assert (figures["offered"], figures["callbacks"], figures["abandoned"]) == (2, 1, 0)
    assert figures["longest_wait_seconds"] == 70
    assert figures["service_level"]["a"] == 100


def test_callback_is_counted_apart_from_what_was_offered():
    called = Happening(
        "answered", queue="orders", wait_seconds=300, talk_seconds=60, is_callback=True, callback_wait_seconds=400
    )
    missed = Happening("not_reached", queue="orders", wait_seconds=900, is_callback=True)
    figures = count([called, missed], short_abandon_seconds=5)
    assert [figures[f"callbacks_{end}"] for end in ("attempted", "connected", "given_up")] == [2, 1, 1]
    assert figures["callback_wait_seconds"] == 400
    assert {figures[key] for key in ("contacts", "offered", "answered", "talk_seconds", "longest_wait_seconds")} == {0}


def test_caller_who_was_put_through_ended_neither_in_the_menu_nor_by_the_flow():
    figures = count([Happening("transferred")], short_abandon_seconds=5)
    assert (figures["transferred"], figures["ended_in_menu"], figures["ended_by_flow"]) == (1, 0, 0)
