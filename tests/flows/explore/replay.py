"""Runs a witness through the interpreter: a host that answers what the witness says, and checks every step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from random import Random
from typing import Any

from contactflow.explore import Witness, WitnessStep
from contactflow.model import Action, Flow
from contactflow.run import ContactState, Session, StepTaken
from contactflow.run import effects as fx
from contactflow.run.actions import HANDLERS
from contactflow.run.branching import choose_branch
from contactflow.run.outcomes import Compared
from contactflow.run.program import prepare

CONTACT_FIELDS = {
    "Channel": "channel",
    "LanguageCode": "language_code",
    "StoredCustomerInput": "stored_input",
    "CustomerCallbackNumber": "callback_number",
    "ContactId": "contact_id",
    "CustomerId": "customer_id",
    "Name": "name",
}
CONTACT_OBJECTS = {"Attributes": "attributes", "External": "external", "Lex": "lex", "Metrics": "metrics"}


class Replay:
    """A witness, being run: afterwards ``trace`` is what the interpreter did, and ``last`` its last effect."""

    def __init__(
        self, flow: Flow, witness: Witness, flows: Mapping[str, Flow] | None = None, *, rounds: int = 0
    ) -> None:
        self.flows = {key: runnable(value) for key, value in (flows or {}).items()}
        self.witness = witness
        self.plan = [*witness.path, *(witness.round * rounds)]
        self.contact = start_contact(witness.contact)
        self.effects: list[fx.Effect] = []
        self.session = Session(
            runnable(flow),
            self.contact,
            flows=PlannedFlows(self, runnable(flow)),
            random=PlannedNumbers(self, runnable(flow)),
        )
        self.last = self._run()

    @property
    def trace(self) -> list[StepTaken]:
        """What ran, without the inside of flows that were not given."""
        known = {"flow", *self.flows}
        steps: list[StepTaken] = []
        for step in self.session.trace:
            if step.flow_id in known:
                steps.append(step)
            elif steps and steps[-1].branch == "Module":
                steps.pop()
        return steps

    @property
    def current(self) -> WitnessStep | None:
        """The step of the witness that the session is at; past its end, the rounds of a loop go on."""
        index, again = len(self.trace), self.witness.round
        if index < len(self.plan):
            return self.plan[index]
        return again[(index - len(self.plan)) % len(again)] if again else None

    def _run(self) -> fx.Effect:
        effect = self.session.start()
        while not isinstance(effect, fx.Ending) and len(self.trace) < len(self.plan):
            self.effects.append(effect)
            step = self.current
            effect = self.session.resume((step and step.result) or fx.Done())
        self.effects.append(effect)
        return effect

    def check(self) -> None:
        """Hold every step that ran against the witness."""
        ran = [(step.flow_id, step.action_id, step.branch) for step in self.trace[: len(self.plan)]]
        assert ran == [(step.flow_id, step.action_id, step.branch) for step in self.plan]


class PlannedFlows(Mapping[str, Flow]):
    """The given flows, and stubs for others, each there or not as the witness says."""

    def __init__(self, replay: Replay, flow: Flow) -> None:
        self._replay = replay
        self._flow = flow

    def get(self, key: str, default: Any = None) -> Any:
        step = self._replay.current
        return default if step is not None and step.branch == "NoMatchingError" else self[key]

    def __getitem__(self, key: str) -> Flow:
        given = self._replay.flows.get(key)
        step = self._replay.current
        if given is not None or step is None:
            return given or ending_stub("EndFlowExecution")
        action = self._replay.flows.get(step.flow_id, self._flow).by_identifier[step.action_id]
        result = {} if step.branch == "NextAction" else {"Result": step.branch}
        return ending_stub(
            "EndFlowModuleExecution" if action.type == "InvokeFlowModule" else "EndFlowExecution", result
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._replay.flows)

    def __len__(self) -> int:
        return len(self._replay.flows) + 1


class PlannedNumbers(Random):
    """Draws for DistributeByPercentage: the first number that takes the branch of the witness."""

    def __init__(self, replay: Replay, flow: Flow) -> None:
        super().__init__(1)
        self._replay = replay
        self._flow = flow

    def randint(self, low: int, high: int) -> int:
        step = self._replay.current
        if step is None:
            return low
        program = prepare(self._replay.flows.get(step.flow_id, self._flow))
        branches = [
            choose_branch(program.steps[step.action_id], Compared(str(number)), self._replay.contact).name
            for number in range(low, high + 1)
        ]
        return low + branches.index(step.branch)


def start_contact(given: Mapping[str, str]) -> ContactState:
    """Return the contact that a witness starts with."""
    contact = ContactState("contact-1", customer_address="+12065550100", queue_arn="queue-1")
    for reference, value in given.items():
        root, *names = reference.removeprefix("$.").split(".")
        if not names and root not in CONTACT_FIELDS:
            set_nested(contact.namespaces, [root], value)
        elif not names:
            setattr(contact, CONTACT_FIELDS[root], value)
        elif root in CONTACT_OBJECTS:
            set_nested(getattr(contact, CONTACT_OBJECTS[root]), names, value)
        elif root == "Queue":
            contact.queue_arn = value
        elif root.endswith("Endpoint"):
            setattr(contact, "customer_address" if root == "CustomerEndpoint" else "system_address", value)
        else:
            set_nested(contact.namespaces, [root, *names], value)
    return contact


def set_nested(values: Any, names: list[str], value: str) -> None:
    for name in names[:-1]:
        values = values.setdefault(name, {})
    values[names[-1]] = value


def runnable(flow: Flow) -> Flow:
    """Return a flow in which actions that the interpreter does not know wait for an event in their place."""
    return replace(flow, actions=tuple(_stand_in(action) for action in flow.actions))


def _stand_in(action: Action) -> Action:
    if action.type in HANDLERS:
        return action
    conditions = (action.transitions.conditions if action.transitions else None) or ()
    events = [str(branch.condition.operands[0]) for branch in conditions]
    return replace(action, type="Wait", parameters={"TimeLimitSeconds": 1, "Events": [*events, "other"]})


def ending_stub(type_: str, parameters: Mapping[str, Any] | None = None) -> Flow:
    actions = [{"Identifier": "end", "Type": type_, "Parameters": dict(parameters or {}), "Transitions": {}}]
    return Flow.parse({"Version": "2019-10-30", "StartAction": "end", "Actions": actions})
