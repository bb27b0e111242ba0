"""Replays a log of calls: every arrival, menu, queue and talk time as the log says, to the second.

Messages take no time in a replay, since the log's menu time holds all of it; contacts are connected to
the agent that the log names, whatever that agent is doing; there is no after-contact work. An agent who
is not in the instance is added at run time, with the first routing profile of the instance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from twin.connect.call import Call
from twin.connect.desk import Desk
from twin.connect.distribution import ScriptedDistribution
from twin.connect.moments import SecondClock
from twin.connect.network import ConnectNetwork
from twin.connect.parties import AgentPerson, Caller, Prompt


class ReplayError(Exception):
    """A log that cannot be replayed; the message names the call."""


@dataclass(frozen=True)
class LoggedCall:
    """One call of a log.

    Attributes
    ----------
    arrival
        Aware; whole seconds.
    menu_seconds
        From the arrival to the queue, or to the hang-up in the menu.
    keys
        Key presses that lead to the queue, one for each menu.
    queue_seconds
        From the queue to the agent, or to the hang-up; 0 when it ended in the menu.
    talk_seconds
        From the agent to the hang-up; 0 when nobody answered.
    agent
        Username of who answered; needed for an answered call only.
    customer
        E.164 number of the caller.
    audio
        File of the conversation, which becomes the recording where the flow records; None for a log
        without sound.
    """

    arrival: datetime
    menu_seconds: int
    outcome: Literal["answered", "abandoned", "ended_in_menu"]
    keys: tuple[str, ...] = ()
    queue_seconds: int = 0
    talk_seconds: int = 0
    agent: str | None = None
    customer: str = "+15555550100"
    audio: bytes | None = None

    def problem(self) -> str | None:
        """Return what is wrong with the call, None when it can be replayed."""
        if self.arrival.tzinfo is None or self.arrival.microsecond:
            return f"arrival {self.arrival} must be aware and in whole seconds"
        if min(self.menu_seconds, self.queue_seconds, self.talk_seconds) < 0:
            return "times must not be negative"
        if self.outcome != "ended_in_menu" and not self.keys:
            return "it reaches a queue without a key press"
        if self.outcome == "answered" and not self.agent:
            return "it was answered by nobody"
        return None


class ReplayAgent(AgentPerson):
    """An agent who clears contacts at once, and talks until the caller hangs up."""

    def is_rung(self, desk: Desk, call: Call) -> None:
        """Accept at once."""
        desk.accept(call)

    def wraps_up(self, desk: Desk, call: Call) -> None:
        """Do no after-contact work."""
        desk.finish_after_contact_work(call)

    def is_missed(self, desk: Desk) -> None:
        """Clear the offer."""
        desk.clear_missed()


class ReplayCaller(Caller):
    """A caller who does what a logged call did, at its moments; a log has neither callbacks nor transfers."""

    def __init__(self, logged: LoggedCall, clock: SecondClock, distribution: ScriptedDistribution) -> None:
        self.number = logged.customer
        self._logged = logged
        self._clock = clock
        self._distribution = distribution
        self._due = logged.arrival + timedelta(seconds=logged.menu_seconds)
        self._keys = list(logged.keys)
        self._prompts = 0

    def dials(self, network: ConnectNetwork) -> None:
        """Ring now."""
        call = network.dial(self)
        if self._logged.outcome == "ended_in_menu":
            self._clock.later(self._logged.menu_seconds, call.hang_up)

    def hears(self, call: Call, prompt: Prompt) -> None:
        """Press the next key at the logged moment, if this prompt still waits for it then."""
        self._prompts += 1
        heard = self._prompts
        if prompt.listens != "nothing" and self._logged.outcome != "ended_in_menu":
            self._clock.at(max(self._due, self._clock.now()), lambda: self._press(call, heard))

    def waits(self, call: Call) -> None:
        """Wait for the logged agent, or give up at the logged moment."""
        logged = self._logged
        if logged.outcome == "answered":
            answered_at = self._clock.seconds() + logged.queue_seconds
            self._distribution.script(call.contact_id, str(logged.agent), answered_at)
        else:
            self._clock.later(logged.queue_seconds, call.hang_up)

    def speaks(self, call: Call, desk: Desk) -> None:
        """Talk as long as the log says."""
        del desk
        if self._logged.audio is not None:
            call.play(self._logged.audio)
        self._clock.later(self._logged.talk_seconds, call.hang_up)

    def _press(self, call: Call, heard: int) -> None:
        if heard == self._prompts and self._keys:
            call.press(self._keys.pop(0))


def replay(network: ConnectNetwork, calls: Sequence[LoggedCall]) -> int:
    """Schedule ``calls`` on the network; run the clock, and they happen.

    Returns
    -------
    int
        How many were scheduled; all ring the first number that a flow answers.

    Raises
    ------
    ReplayError
        For a call that cannot have happened; nothing is scheduled then.
    """
    problems = [f"call {number}: {problem}" for number, call in enumerate(calls, 1) if (problem := call.problem())]
    if problems:
        raise ReplayError("the log cannot be replayed:\n  " + "\n  ".join(problems))
    distribution = ScriptedDistribution()
    network.distribute_by(distribution)
    network.prompter.silence()
    _seat_agents(network, calls)
    for logged in calls:
        caller = ReplayCaller(logged, network.clock, distribution)
        network.clock.at(logged.arrival, lambda caller=caller: caller.dials(network))  # type: ignore[misc]
    return len(calls)


def _seat_agents(network: ConnectNetwork, calls: Sequence[LoggedCall]) -> None:
    """Let each agent log in for the first of the logged calls and out after the last."""
    present: dict[str, tuple[datetime, datetime]] = {}
    for logged in calls:
        if logged.agent and logged.outcome == "answered":
            end = logged.arrival + timedelta(
                seconds=logged.menu_seconds + logged.queue_seconds + logged.talk_seconds + 1
            )
            first, last = present.get(logged.agent, (logged.arrival, end))
            present[logged.agent] = (min(first, logged.arrival), max(last, end))
    for username, (first, last) in present.items():
        desk = network.desk(username) if network.registry.user_named(username) else _new_agent(network, username)
        network.clock.at(first, lambda desk=desk: _come(desk))  # type: ignore[misc]
        network.clock.at(last, desk.log_out)


def _new_agent(network: ConnectNetwork, username: str) -> Desk:
    profile = next((one for one in network.registry.profiles.values() if one.queues), None)
    if profile is None:
        raise ReplayError(f"agent {username} cannot be added: the instance has no routing profile with queues")
    return network.add_agent(username, profile)


def _come(desk: Desk) -> None:
    desk.log_in(ReplayAgent())
    desk.choose_status("Available")
