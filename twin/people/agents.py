"""Agents who behave: they come at the start of their shift, answer, hold, wrap up, rest and go home."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from twin.connect.call import Call
from twin.connect.desk import Desk
from twin.connect.moments import SecondClock
from twin.connect.parties import AgentPerson
from twin.people.draw import draw
from twin.people.habits import AgentHabits


@dataclass
class ScenarioAgent(AgentPerson):
    """One agent of a scenario, who talks as the caller's dialogue says. All that is random comes from ``chance``."""

    habits: AgentHabits
    clock: SecondClock
    chance: Random
    going_home: bool = False

    def comes(self, desk: Desk) -> None:
        """Begin the shift; nothing happens when the agent is there already."""
        self.going_home = False
        if not desk.logged_in:
            desk.log_in(self)
        desk.choose_status("Available")

    def goes(self, desk: Desk) -> None:
        """End the shift, after the contact on the desk if there is one."""
        if not desk.logged_in:
            return
        self.going_home = True
        if desk.idle:
            desk.log_out()
        else:
            desk.choose_status("Offline")

    def rests(self, desk: Desk, status: str, seconds: int) -> None:
        """Take a break, after the contact on the desk if there is one."""
        if desk.logged_in and not self.going_home:
            desk.choose_status(status)
            self.clock.later(seconds, lambda: self._returns(desk))

    def is_rung(self, desk: Desk, call: Call) -> None:
        """Accept after some seconds, or miss the contact."""
        if self.chance.random() >= self.habits.misses_share:
            self.clock.later(draw(self.chance, self.habits.accept_seconds), lambda: desk.accept(call))

    def wraps_up(self, desk: Desk, call: Call) -> None:
        """Do the after-contact work."""
        seconds = draw(self.chance, self.habits.after_contact_seconds)
        self.clock.later(seconds, lambda: self._clears(desk, call))

    def is_missed(self, desk: Desk) -> None:
        """Come back to the desk after a while."""
        self.clock.later(draw(self.chance, self.habits.returns_seconds), lambda: self._is_back(desk))

    def _clears(self, desk: Desk, call: Call) -> None:
        self._note(call)
        desk.finish_after_contact_work(call)
        self._leaves_if_done(desk)

    def _note(self, call: Call) -> None:
        """Set attributes of the contact; what is drawn follows the contact alone, and nothing else follows it."""
        for name, values in self.habits.notes.items():
            (value,) = Random(f"{name} {call.contact_id}").choices(list(values), list(values.values()))
            if value:
                call.facts.attributes[name] = value

    def _is_back(self, desk: Desk) -> None:
        desk.clear_missed()
        self._leaves_if_done(desk)

    def _returns(self, desk: Desk) -> None:
        if desk.logged_in and not self.going_home:
            desk.choose_status("Available")

    def _leaves_if_done(self, desk: Desk) -> None:
        if self.going_home and desk.logged_in and desk.idle:
            desk.log_out()
