"""A report says what was counted, how sure that is, and what changed."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from tests.unit.contact.samples import center_document
from tests.unit.reports.materials import LATER, ZONE, Counted, at, call, gather
from trunkline.contact.agent_states import AgentState
from trunkline.contact.moments import parse_moment
from trunkline.metrics.figures import add_up, to_figures
from trunkline.reports.report import compose_report

FRIDAY = date(2026, 11, 20)


def week_of_calls(first=date(2026, 11, 16), *, each=20, **changes):
    return [
        call(1000 * day + number, at(first + timedelta(days=day), f"{8 + number % 9:02}:{number % 60:02}"), **changes)
        for day in range(5)
        for number in range(each)
    ]


def months_of_calls(each=20, **changes):
    calls = []
    for week in range(9):
        for contact in week_of_calls(date(2026, 9, 21) + timedelta(weeks=week), each=each, **changes):
            calls.append(contact)
    return [
        call(number, contact.initiated_at, queue=contact.queue, agent=contact.agent)
        for number, contact in enumerate(calls)
    ]


def test_figures_are_those_of_the_counters():
    contacts = [
        *week_of_calls(),
        *(call(9000 + each, at(FRIDAY, "12:00"), agent=None, wait=70) for each in range(7)),
    ]
    total = compose_report(gather(contacts, "week", FRIDAY))["total"]["figures"]
    counted = Counted(contacts, center_document()).totals
    exact = to_figures(add_up(tally for key, tally in counted.items() if key.scope != "agent"))
    assert exact["offered"] == 107
    assert total["service_level_percent"]["value"] == pytest.approx(exact["service_level"]["c"])
    for name in (
        *("offered", "answered", "abandoned", "abandonment_rate", "average_speed_of_answer_seconds"),
        *("average_abandon_time_seconds", "average_handle_time_seconds"),
    ):
        assert total[name]["value"] == pytest.approx(exact[name]), name


def test_every_rate_and_mean_has_its_number_and_its_interval_around_it():
    report = compose_report(gather(week_of_calls(), "week", FRIDAY))
    for section in (report["total"], *report["queues"], *report["departments"], *report["agents"]):
        for name, figure in section["figures"].items():
            if figure["unit"] == "count" or figure["value"] is None:
                continue
            assert figure["n"] > 0, name
            assert figure["low"] <= figure["value"] <= figure["high"], name
            assert figure["small"] == (figure["n"] < 30)


def test_departments_are_the_sums_of_their_queues_and_shares_of_sums():
    contacts = [
        *(call(each, at(FRIDAY), queue="technical", wait=10) for each in range(30)),
        *(call(100 + each, at(FRIDAY), queue="muscle_cars", wait=400) for each in range(10)),
    ]
    report = compose_report(gather(contacts))
    service = next(each for each in report["departments"] if each["key"] == "Service")
    assert service["queues"] == ["technical", "muscle_cars"]
    assert service["figures"]["service_level_percent"]["value"] == 75.0
    assert service["figures"]["offered"]["value"] == 40


def test_change_is_told_with_what_can_be_said_of_it():
    before = [call(each, at(FRIDAY - timedelta(1), f"{8 + each % 9:02}:00"), wait=10) for each in range(60)]
    now = [call(100 + each, at(FRIDAY, f"{8 + each % 9:02}:00"), wait=10 if each % 2 else 90) for each in range(60)]
    figures = compose_report(gather([*before, *now]))["total"]["figures"]
    level = figures["service_level_percent"]
    assert level["previous"] == {"value": 100.0, "n": 60}
    assert level["change"] == -50.0
    assert level["p"] < 1e-6
    assert (level["verdict"], level["good"]) == ("less", False)
    assert (figures["offered"]["verdict"], figures["offered"]["change"]) == ("no_telling", 0.0)


def test_first_period_of_all_is_held_against_nothing():
    figures = compose_report(gather(week_of_calls(), "week", FRIDAY))["total"]["figures"]
    assert {figure["previous"] for figure in figures.values() if figure["unit"] != "money"} == {None}
    assert {figure["verdict"] for figure in figures.values()} == {"no_telling"}
    assert "baseline" not in figures["offered"]


def test_usual_values_stand_on_the_same_weekdays_of_the_weeks_before():
    report = compose_report(gather(months_of_calls(), "day", FRIDAY))
    baseline = report["total"]["figures"]["offered"]["baseline"]
    assert (baseline["value"], baseline["days"], baseline["verdict"]) == (20, 8, "no_telling")
    assert report["daily"] == [{"day": "2026-11-20", "offered": 20, "answered": 20, "abandoned": 0, "baseline": 20}]
    crowd = [call(50_000 + each, at(FRIDAY, "13:00")) for each in range(60)]
    found = compose_report(gather([*months_of_calls(), *crowd], "day", FRIDAY))
    assert found["total"]["figures"]["offered"]["baseline"]["verdict"] == "more"
    assert next(each for each in found["queues"] if each["key"] == "billing")["figures"]["offered"]["value"] == 0


def test_closed_sundays_are_usual_zeros():
    report = compose_report(gather(months_of_calls(), "week", FRIDAY))
    sunday = report["daily"][-1]
    assert sunday == {"day": "2026-11-22", "offered": 0, "answered": 0, "abandoned": 0, "baseline": 0}
    assert report["total"]["figures"]["offered"]["baseline"]["value"] == 100


def test_trend_and_seasonality_are_told():
    growing = [
        call(10_000 * week + 100 * day + number, at(date(2026, 10, 19) + timedelta(weeks=week, days=day), "09:30"))
        for week in range(5)
        for day in range(5)
        for number in range(20 + 5 * week)
    ]
    total = compose_report(gather(growing, "week", FRIDAY))["total"]
    assert (total["trend"]["slope"], total["trend"]["verdict"]) == (5, "more")
    assert total["seasonality"]["hours"][9] == {"hour": 9, "offered": 200, "share_percent": 100.0}
    assert [each["weekday"] for each in total["seasonality"]["weekdays"]][:2] == ["mon", "tue"]
    assert total["seasonality"]["weekdays"][0]["share_percent"] == 20.0
    assert total["seasonality"]["weekdays"][6]["offered"] == 0


def test_week_across_the_change_of_clocks_has_seven_days_of_even_length():
    first = date(2026, 10, 26)
    calls = [
        call(100 * day + number, at(first + timedelta(days=day), f"0{number}:30"))
        for day in range(-7, 7)
        for number in range(5)
    ]
    report = compose_report(gather(calls, "week", date(2026, 11, 1)))
    assert [each["offered"] for each in report["daily"]] == [5] * 7
    assert report["total"]["figures"]["offered"]["change"] == 0.0
    assert report["total"]["seasonality"]["hours"][1]["offered"] == 7


def test_running_week_is_held_against_the_same_hours_and_against_nothing_usual():
    now = parse_moment("2026-11-20T20:00:00Z")
    report = compose_report(gather(months_of_calls(), "week", FRIDAY, now=now))
    assert report["complete"] is False
    assert report["end"] == "2026-11-20T20:00:00Z"
    offered = report["total"]["figures"]["offered"]
    assert offered["previous"]["value"] == offered["value"]
    assert "baseline" not in offered
    assert len(report["daily"]) == 5


def test_day_without_calls_is_a_report_too():
    report = compose_report(gather([], with_cost=True))
    assert report["total"]["contacts"] == 0
    assert report["total"]["figures"]["abandonment_rate"]["value"] is None
    assert report["total"]["figures"]["offered"]["value"] == 0
    assert report["total"]["trend"] is None
    assert report["total"]["seasonality"]["hours"] == []
    assert len(report["queues"]) == 4
    assert len(report["agents"]) == 8
    json.dumps(report)


def test_queues_and_agents_that_the_centre_does_not_name_are_reported_apart():
    report = compose_report(gather([call(1, at(FRIDAY), queue="towing", agent="ghost")]))
    towing = report["queues"][-1]
    assert (towing["key"], towing["name"], towing["department"]) == ("towing", None, None)
    assert report["departments"][-1]["queues"] == ["towing"]
    assert next(each for each in report["agents"] if each["key"] == "ghost")["contacts"] == 1
    assert report["total"]["contacts"] == 1


def test_channels_are_told_apart():
    contacts = [call(1, at(FRIDAY), survey_score=5), call(2, at(FRIDAY), channel="CHAT", survey_score=2)]
    channels = {each["key"]: each["figures"] for each in compose_report(gather(contacts))["channels"]}
    assert {key: each["csat_percent"]["value"] for key, each in channels.items()} == {"VOICE": 100.0, "CHAT": 0.0}
    assert channels["CHAT"]["survey_response_rate"]["value"] == 100.0


def test_costs_are_there_for_who_may_see_them():
    contacts = week_of_calls()
    report = compose_report(gather(contacts, "week", FRIDAY, with_cost=True))
    cost = report["total"]["figures"]["cost_per_contact"]
    assert cost["value"] == pytest.approx(report["cost"]["total"] / 100)
    assert (cost["n"], cost["unit"], cost["low"]) == (100, "money", None)
    assert report["cost"]["categories"]["agent_time"] > 0
    hidden = compose_report(gather(contacts, "week", FRIDAY))
    assert "cost" not in hidden
    assert "cost_per_contact" not in hidden["total"]["figures"]


def test_resolution_is_provisional_and_then_compared():
    contacts = [call(each, at(FRIDAY), customer=f"+1555{each % 40:07d}") for each in range(50)]
    soon = compose_report(gather(contacts, now=at(date(2026, 11, 21), "04:00")))
    figure = soon["total"]["figures"]["first_contact_resolution_percent"]
    assert (figure["value"], figure["n"], figure["provisional"]) == (100.0, 50, 50)
    later = [call(100 + each, at(date(2026, 11, 23)), customer=f"+1555{each:07d}") for each in range(10)]
    figure = compose_report(gather([*contacts, *later], now=LATER))["total"]["figures"][
        "first_contact_resolution_percent"
    ]
    assert (figure["value"], figure["n"], figure["provisional"]) == (60.0, 50, 0)


class States:
    def __init__(self, *spans):
        self.spans = spans

    def read_days(self, start, end):
        for since, until in self.spans:
            yield AgentState(username="mina", agent_id="a1", state="Available", since=since, until=until)


def test_adherence_is_of_agents_who_have_a_shift():
    weekdays = ["mon", "tue", "wed", "thu", "fri"]
    shifts = {"early": {"work": [{"days": weekdays, "from": "08:00", "to": "12:00"}], "breaks": []}}
    states = States(*((at(date(2026, 11, day), "08:00"), at(date(2026, 11, day), "11:00")) for day in range(16, 21)))
    material = gather(week_of_calls(), "week", FRIDAY, states=states, shifts=shifts, agents=_only_with_shift("mina"))
    agents = {each["key"]: each["figures"] for each in compose_report(material)["agents"]}
    assert agents["mina"]["adherence_percent"]["value"] == 75.0
    assert agents["mina"]["adherence_percent"]["n"] == 5
    assert "adherence_percent" not in agents["jordan"]


def _only_with_shift(username):
    agents = center_document()["agents"]
    return {name: {**agent, "shift": "early" if name == username else None} for name, agent in agents.items()}


def test_occupancy_is_not_guessed_where_no_state_is_known():
    agents = compose_report(gather(week_of_calls(), "week", FRIDAY))["agents"]
    mina = next(each for each in agents if each["key"] == "mina")["figures"]
    assert mina["occupancy_percent"]["value"] is None
    assert mina["non_response_percent"]["value"] is None
    assert mina["answered"]["value"] == 100


def test_days_are_those_of_the_centres_zone():
    late = call(1, at(FRIDAY, "23:55"))
    assert late.enqueued_at.date() == FRIDAY + timedelta(days=1)
    report = compose_report(gather([late]))
    assert (report["time_zone"], report["total"]["contacts"]) == (ZONE, 1)
