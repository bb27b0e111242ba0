"""People outside of the centre, whom it may call."""

from __future__ import annotations

from random import Random

from twin.connect.outside import OutsideCall, OutsideWorld
from twin.people.draw import draw
from twin.people.scenario import Scenario


def outside_world(scenario: Scenario, chance: Random) -> OutsideWorld:
    """Return what becomes of calls to the numbers of a scenario."""

    def call(number: str) -> OutsideCall:
        habits = scenario.outside_numbers.get(number)
        if habits is None:
            return OutsideCall("busy")
        fate = chance.random()
        seconds, talk = draw(chance, habits.answers_seconds), draw(chance, habits.talk_seconds)
        if fate < habits.answers_share:
            return OutsideCall("answers", seconds, talk)
        busy = fate < habits.answers_share + habits.busy_share
        return OutsideCall("busy", seconds=2) if busy else OutsideCall("no_answer")

    return call
