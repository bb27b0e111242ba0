"""One flow running for one contact, without input or output of its own.

**Source**: Amazon Connect API Reference, "Actions in the Amazon Connect Flow language" (how transitions are
chosen); Administrator Guide, "Flow modules for reusable functions" and "List of available contact attributes"
(flow attributes end with their flow).
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from contactflow.model import Flow, FlowType
from contactflow.model.placement import refuse_action
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
from contactflow.run.modules import Caller, enter_module, leave_module, refuse_module
from contactflow.run.outcomes import Ask, Compared, EnterFlow, Failure, Finish, LeaveModule, Next, Outcome, Scope
from contactflow.run.program import NOWHERE, Step, prepare

MAX_STEPS_WITHOUT_CALLER = 1000
_ALWAYS_ACCEPTED = (Failed, Hangup, Dequeued)
_BRANCHING = (Next, Compared, Failure)


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
    flow_type
        Type of ``flow`` such as ``CUSTOMER_QUEUE``: actions that the service excludes from it take their error
        branch. None lets every action run.

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
        flow_type: FlowType | None = None,
    ) -> None:
        self.contact = contact
        self.trace: list[StepTaken] = []
        self._flows = flows or {}
        self._program = prepare(flow)
        self._scope = Scope(contact, random, {}, flow_id)
        self._flow_type = flow_type
        self._callers: list[Caller] = []
        self._step = NOWHERE
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
        self.contact.flow_attributes = {}
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
            outcome = self._handle(step)
            if isinstance(outcome, Ask):
                self._ask = outcome
                if isinstance(outcome.effect, Interaction):
                    self._steps_without_caller = 0
                return outcome.effect
            identifier = self._conclude(outcome)
        if self._ending is None:
            self._ending = Disconnect("no_next_action")
        return self._ending

    def _handle(self, step: Step) -> Outcome | Ask:
        handler = HANDLERS.get(step.type)
        if handler is None:
            return Failure(f"{step.type} is not implemented", implemented=False)
        if self._flow_type is not None:
            refusal = refuse_action(step.type, self._flow_type, in_module=bool(self._callers))
            if refusal:
                return Failure(refusal)
        return handler(self._scope, self._parameters)

    def _conclude(self, outcome: Outcome) -> str | None:
        """Trace the current step and return the action that follows, None at an end."""
        if isinstance(outcome, _BRANCHING):
            return self._take(choose_branch(self._step, outcome, self.contact))
        if isinstance(outcome, Finish):
            self._ending = outcome.ending
            return self._take(Branch("Terminal", None, outcome.results))
        if isinstance(outcome, EnterFlow):
            return self._enter(outcome)
        return self._leave_module(outcome)

    def _enter(self, entered: EnterFlow) -> str | None:
        flow = self._flows.get(entered.flow_id)
        if flow is None:
            return self._conclude(Failure(f"The flow {entered.flow_id} is not known"))
        program = prepare(flow)
        if entered.returns:
            refusal = refuse_module([caller.module_id for caller in self._callers], entered.flow_id)
            if refusal:
                return self._conclude(Failure(refusal))
            self._take(Branch("Module", program.start, {"flow": entered.flow_id}))
            local = enter_module(self.contact, entered.module_input)
            self._callers.append(
                Caller(self._program, self._scope.flow_id, self._step, self._parameters, entered.flow_id, local)
            )
        else:
            self._take(Branch("NextAction", program.start, {"flow": entered.flow_id}))
            self.contact.flow_attributes = {}
        self._program, self._scope.flow_id = program, entered.flow_id
        return program.start

    def _leave_module(self, left: LeaveModule) -> str | None:
        if not self._callers:
            self._ending = End("ended")
            return self._take(Branch("Terminal", None, {"reason": "No flow invoked this module"}))
        caller = self._callers.pop()
        self._take(Branch("Terminal", None, {}))
        answered = leave_module(self.contact, caller.local, left.result, left.result_data)
        self._program, self._scope.flow_id = caller.program, caller.flow_id
        self._step, self._parameters = caller.step, caller.parameters
        return self._conclude(Next(answered) if left.result is None else Compared(left.result, answered))

    def _leave(self, name: str, ending: Ending) -> Ending:
        self._ask = None
        self._ending = ending
        self._take(Branch(name, None, {}))
        return ending

    def _take(self, branch: Branch) -> str | None:
        """Trace the current step with the branch that it takes; return the action that follows."""
        step = self._step
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
