"""One flow running for one contact, without input or output of its own.

**Source**: Amazon Connect API Reference, "Actions in the Amazon Connect Flow language" (how transitions are
chosen); Administrator Guide, "Flow modules" (up to five levels of nesting).
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from contactflow.model import Flow
from contactflow.run.actions import HANDLERS
from contactflow.run.branching import Branch, choose_branch
from contactflow.run.contact import ContactState
from contactflow.run.effects import (
    Dequeued,
    Disconnect,
    Effect,
    End,
    Ending,
    Failed,
    Hangup,
    Interaction,
    Result,
    StepTaken,
)
from contactflow.run.errors import SessionOverError, SessionStateError, UnexpectedResultError
from contactflow.run.outcomes import (
    Ask,
    Compared,
    EnterFlow,
    Failure,
    Finish,
    Next,
    Outcome,
    Scope,
)
from contactflow.run.program import Program, Step, prepare

MAX_STEPS_WITHOUT_CALLER = 1000
MAX_MODULE_DEPTH = 5
_ALWAYS_ACCEPTED = (Failed, Hangup, Dequeued)


class Session:
    """A conversation between a flow and its host.

    Parameters
    ----------
    flow
        The flow to run.
    contact
        The contact's state; the session changes it as the flow does.
    flows
        Other flows and modules that this one may go to, by the id or ARN that it names them with.
    flow_id
        What the trace calls ``flow``.
    random
        Stream for DistributeByPercentage; seeded with the contact's id where none is given.

    Attributes
    ----------
    trace
        The actions that ran, in order; only ever appended to.

    Examples
    --------
    >>> from contactflow.run.effects import Done
    >>> flow = Flow.parse({"Version": "2019-10-30", "StartAction": "hello", "Actions": [
    ...     {"Identifier": "hello", "Type": "MessageParticipant", "Parameters": {"Text": "Hello."},
    ...      "Transitions": {"NextAction": "bye"}},
    ...     {"Identifier": "bye", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}]})
    >>> session = Session(flow, ContactState("c1"))
    >>> session.start().text
    'Hello.'
    >>> session.resume(Done())
    Disconnect(reason='flow')
    """

    def __init__(
        self,
        flow: Flow,
        contact: ContactState,
        *,
        flows: Mapping[str, Flow] | None = None,
        flow_id: str = "flow",
        random: Random | None = None,
    ) -> None:
        self.contact = contact
        self.trace: list[StepTaken] = []
        self._flows = flows or {}
        self._program = prepare(flow)
        self._scope = Scope(contact, random or Random(contact.contact_id), {}, flow_id)
        self._callers: list[tuple[Program, str, Step]] = []
        self._step: Step | None = None
        self._parameters: Mapping[str, Any] = {}
        self._ask: Ask | None = None
        self._ending: Ending | None = None
        self._steps_without_caller = 0

    @property
    def over(self) -> bool:
        """Whether the session has ended."""
        return self._ending is not None

    @property
    def pending(self) -> Effect | None:
        """The effect that waits for an answer, None before the start and after the end."""
        return None if self._ask is None else self._ask.effect

    def start(self) -> Effect:
        """Run the flow up to its first effect."""
        if self._ask is not None or self._ending is not None:
            raise SessionStateError("The session has been started already. Make a new one to run again.")
        return self._run(self._program.start)

    def resume(self, result: Result) -> Effect:
        """Answer the pending effect and run the flow up to the next one.

        Raises
        ------
        SessionOverError
            After an ending.
        UnexpectedResultError
            For a result that the pending effect does not take.
        """
        ask = self._ask
        if self._ending is not None:
            raise SessionOverError(f"The session ended with {self._ending}; there is nothing to resume.")
        if ask is None:
            raise SessionStateError("The session has not been started. Call start() first.")
        if isinstance(result, ask.accepts):
            return self._go_on(ask.settle(result))
        if isinstance(result, Failed):
            return self._go_on(Failure(result.reason, result.error))
        if isinstance(result, Hangup):
            return self._leave("HungUp", End("hung_up"))
        if isinstance(result, Dequeued):
            return self._leave("Dequeued", End("dequeued"))
        accepted = ", ".join(kind.__name__ for kind in (*ask.accepts, *_ALWAYS_ACCEPTED))
        raise UnexpectedResultError(f"{ask.effect} does not take {result}. It takes: {accepted}.")

    def _go_on(self, outcome: Outcome) -> Effect:
        return self._run(self._conclude(outcome))

    def _run(self, identifier: str | None) -> Effect:
        """Run actions from ``identifier`` on until one asks something, or the session ends."""
        self._ask = None
        scope = self._scope
        while identifier is not None:
            step = self._program.steps.get(identifier)
            if step is None:
                break
            self._step = step
            self._steps_without_caller += 1
            self._parameters = step.parameters.resolve(self.contact)
            if self._steps_without_caller > MAX_STEPS_WITHOUT_CALLER:
                return self._leave("Endless", Disconnect("endless"))
            scope.action_id = step.identifier
            handler = HANDLERS.get(step.type)
            outcome = (
                Failure(f"{step.type} is not implemented") if handler is None else handler(scope, self._parameters)
            )
            if isinstance(outcome, Ask):
                self._ask = outcome
                if isinstance(outcome.effect, Interaction):
                    self._steps_without_caller = 0
                return outcome.effect
            identifier = self._conclude(outcome)
        if self._ending is None:
            self._ending = Disconnect("no_next_action")
        return self._ending

    def _conclude(self, outcome: Outcome) -> str | None:
        """Trace the current step and return the action that follows, None at an end."""
        if isinstance(outcome, Next | Compared | Failure):
            return self._take(choose_branch(self._current(), outcome))
        if isinstance(outcome, Finish):
            self._ending = outcome.ending
            return self._take(Branch("Terminal", None, outcome.results))
        if isinstance(outcome, EnterFlow):
            return self._enter(outcome)
        return self._leave_module()

    def _enter(self, entered: EnterFlow) -> str | None:
        flow = self._flows.get(entered.flow_id)
        if flow is None:
            return self._conclude(Failure(f"The flow {entered.flow_id} is not known"))
        if entered.returns and len(self._callers) >= MAX_MODULE_DEPTH:
            return self._conclude(Failure(f"Modules nest deeper than {MAX_MODULE_DEPTH}"))
        program = prepare(flow)
        self._take(Branch("NextAction", program.start, {"flow": entered.flow_id}))
        if entered.returns:
            self._callers.append((self._program, self._scope.flow_id, self._current()))
        self._program, self._scope.flow_id = program, entered.flow_id
        return program.start

    def _leave_module(self) -> str | None:
        if not self._callers:
            self._ending = End("ended")
            return self._take(Branch("Terminal", None, {"reason": "No flow invoked this module"}))
        program, flow_id, step = self._callers.pop()
        self._take(Branch("Terminal", step.next_action, {}))
        self._program, self._scope.flow_id = program, flow_id
        return step.next_action

    def _leave(self, name: str, ending: Ending) -> Ending:
        self._ask = None
        self._ending = ending
        self._take(Branch(name, None, {}))
        return ending

    def _take(self, branch: Branch) -> str | None:
        """Trace the current step with the branch that it takes; return the action that follows."""
        step = self._current()
        self.trace.append(
            StepTaken(
                self._scope.flow_id,
                step.identifier,
                step.type,
                self._parameters,
                branch.name,
                branch.next_action,
                branch.results,
                self.contact.flow_logging,
            )
        )
        return branch.next_action

    def _current(self) -> Step:
        if self._step is None:
            raise SessionStateError("The session has not been started. Call start() first.")
        return self._step
