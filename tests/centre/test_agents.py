"""Agents on a played day: what the console's API says they did is what they truly did."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.centre.callers import KeyPresser
from tests.centre.centre import Centre, open_centre
from twin.connect.call import Call
from twin.connect.desk import RING_SECONDS, Desk

CALLS = 20


class ImpatientCaller(KeyPresser):
    """A caller who hangs up while the agent's telephone rings."""

    def waits(self, call: Call) -> None:
        self._later(RING_SECONDS / 2, call.hang_up)


def let_agents_miss(centre: Centre, share: float) -> None:
    """Let agents miss a share of their offers from now on."""
    for agent in centre.crowd.agents.values():
        agent.habits = agent.habits.model_copy(update={"misses_share": share})


@pytest.fixture(scope="module")
def centre() -> Iterator[Centre]:
    """A day on which agents miss offers, and a caller hangs up during one."""
    with open_centre(CALLS) as opened:
        let_agents_miss(opened, 1.0)
        opened.run_until(11)
        opened.session.network.dial(ImpatientCaller(opened, ["1", "1"]))
        opened.run(minutes=2)
        let_agents_miss(opened, 0.2)
        report = opened.finish()
        assert report["differences"] == []
        assert report["denials"] == []
        yield opened


@pytest.fixture(scope="module")
def measured(centre: Centre) -> dict[str, Any]:
    """The day as the console shows it."""
    return centre.session.console.metrics(centre.day)


def desks(centre: Centre) -> dict[str, Desk]:
    network = centre.session.network
    return {name: desk for name in network.usernames() if (desk := network.desk(name)).statuses}


def seconds(desk: Desk, *, available: bool) -> int:
    spans = [each for each in desk.statuses if each.name != "Offline" and (each.name == "Available") is available]
    return int(sum((each.until - each.since).total_seconds() for each in spans))


def test_agents_were_logged_in_and_available_as_long_as_they_truly_were(
    centre: Centre, measured: dict[str, Any]
) -> None:
    truth = {
        name: (seconds(desk, available=True), seconds(desk, available=False)) for name, desk in desks(centre).items()
    }
    agents = measured["agents"]
    assert {name: (agents[name]["available_seconds"], agents[name]["unavailable_seconds"]) for name in truth} == truth
    assert {name: agents[name]["logged_in_seconds"] for name in truth} == {name: sum(truth[name]) for name in truth}
    assert min(sum(each) for each in truth.values()) > 6 * 3600


def test_offers_that_nobody_took_are_those_of_the_desks(centre: Centre, measured: dict[str, Any]) -> None:
    truth = {
        name: (desk.lost_offers.count("MISSED"), desk.lost_offers.count("REJECTED"))
        for name, desk in desks(centre).items()
    }
    agents = measured["agents"]
    assert {name: (agents[name]["offers_missed"], agents[name]["offers_abandoned"]) for name in truth} == truth
    assert sum(missed for missed, _ in truth.values()) > 0
    assert sum(abandoned for _, abandoned in truth.values()) > 0


def test_ratios_of_agents_follow_from_what_the_ledger_knows(centre: Centre, measured: dict[str, Any]) -> None:
    for name, desk in desks(centre).items():
        worked = sum(
            each.talk_seconds + each.hold_seconds + each.after_contact_seconds
            for each in centre.ledger
            if each.agent == name
        )
        available, away = seconds(desk, available=True), seconds(desk, available=False)
        figures = measured["agents"][name]
        assert figures["idle_seconds"] == available - worked
        assert figures["occupancy_percent"] == pytest.approx(100 * worked / available)
        assert figures["utilisation_percent"] == pytest.approx(100 * worked / (available + away))


def test_every_interval_of_an_agent_is_at_most_a_quarter_of_an_hour(measured: dict[str, Any]) -> None:
    agents = [row for row in measured["intervals"] if row["scope"] == "agent"]
    assert agents
    assert all(row["logged_in_seconds"] <= 900 for row in agents)


def test_queues_and_the_centre_have_no_figures_of_agents(measured: dict[str, Any]) -> None:
    others = [row for row in measured["intervals"] if row["scope"] != "agent"]
    for figures in (*others, measured["total"], *measured["queues"].values()):
        assert not {"available_seconds", "occupancy_percent", "offers_missed"} & figures.keys()
