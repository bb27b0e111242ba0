"""Following a call from flow to flow: the entry, the queue flow, and the flows around the talk with an agent.

**Source**: Amazon Connect Developer Guide, "UpdateContactEventHooks" (CustomerQueue, CustomerWhisper,
CustomerRemaining).
"""

from __future__ import annotations

from typing import Protocol

from contactflow.run import ContactState, Session
from contactflow.run.effects import Converse, Dequeued, Disconnect, End, Ending, Hangup, InvokeFunction, StepTaken
from contactflow.testing.caller import Caller
from contactflow.testing.host import HostDefaults
from contactflow.testing.library import FlowLibrary
from contactflow.testing.line import TIME_LIMIT_SECONDS, Line

MAX_FLOWS = 20
"""Flows that one call may start one after another: a guard against queue flows that queue for ever."""
WAITING, WITH_AGENT = ("CustomerQueue",), ("CustomerWhisper", "CustomerRemaining")
_COMPLETING = frozenset({InvokeFunction, Converse})


class Witness(Protocol):
    """Who is told which action runs, and what came of it."""

    def begin_step(self, index: int) -> None:
        """Be told the index in the call's trace that the action which runs now will have."""

    def see_end(self, step: StepTaken) -> None:
        """Be told that an action ended that invoked a function or a bot."""

    def note(self, what: str) -> None:
        """Be told something that helps to understand a failure."""


class Call:
    """One call.

    Attributes
    ----------
    trace
        The actions that ran, in all flows.
    """

    def __init__(
        self,
        library: FlowLibrary,
        contact: ContactState,
        caller: Caller,
        line: Line,
        *,
        host: HostDefaults,
        witness: Witness,
    ) -> None:
        self._library = library
        self._contact = contact
        self._caller = caller
        self._line = line
        self._host = host
        self._witness = witness
        self.trace: list[StepTaken] = []

    def follow(self, entry: str) -> str:
        """Run the call to its end, and return how it ended."""
        following = [entry]
        ended = "disconnect"
        for _ in range(MAX_FLOWS):
            if not following or self._caller.gone:
                break
            ending = self._run(following[0])
            ended = self._describe(ending)
            following = self._next_flows(ending, following[1:])
        return ended if self._caller.seconds < TIME_LIMIT_SECONDS else "time_limit"

    def _describe(self, ending: Ending) -> str:
        if isinstance(ending, Disconnect):
            return "disconnect" if ending.reason == "flow" else ending.reason
        return ending.reason if isinstance(ending, End) else "ended"

    def _next_flows(self, ending: Ending, planned: list[str]) -> list[str]:
        """Return the flows that the contact goes on to."""
        if not isinstance(ending, End):
            return []
        if ending.reason == "queued" and "CustomerQueue" in self._contact.hooks:
            return self._hooked(WAITING)
        waits = ending.reason == "queued" or (ending.reason == "ended" and self._contact.queued)
        if waits:
            self._wait_for_agent()
        if waits or ending.reason == "dequeued":
            return self._meet_agent()
        return planned if ending.reason == "ended" else []

    def _wait_for_agent(self) -> None:
        """Wait in silence until an agent answers, or until the test's time is over."""
        until = TIME_LIMIT_SECONDS if self._line.agent_at is None else self._line.agent_at
        self._caller.seconds = max(self._caller.seconds, until)

    def _meet_agent(self) -> list[str]:
        if self._line.agent_at is None or self._caller.seconds >= TIME_LIMIT_SECONDS:
            return []
        self._line.agent_at = None
        self._contact.queued = False
        self._witness.note(f"An agent answered, and left after {self._host.talk_seconds:g} s")
        self._caller.wait(self._host.talk_seconds)
        return self._hooked(WITH_AGENT)

    def _hooked(self, events: tuple[str, ...]) -> list[str]:
        return [self._contact.hooks[event] for event in events if event in self._contact.hooks]

    def _run(self, reference: str) -> Ending:
        flow = self._library.get(reference)
        if flow is None:
            self._witness.note(f"The flow {reference} is not among the flows that were given")
            return End("ended")
        session = Session(flow, self._contact, flows=self._library, flow_id=reference)
        base, trace = len(self.trace), session.trace
        answer, begin_step = self._line.answer, self._witness.begin_step
        begin_step(base)
        effect = session.start()
        while not isinstance(effect, Ending):
            index = len(trace)
            begin_step(base + index)
            result = answer(effect)
            following = session.resume(result)
            if type(effect) in _COMPLETING and not isinstance(result, Hangup | Dequeued):
                self._witness.see_end(trace[index])
            effect = following
        self.trace += trace
        return effect
