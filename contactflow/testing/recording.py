"""Making a test case of a call: what was heard, pressed and said, and what functions, hours and queues answered.

**Source**: Amazon Connect API Reference, "CreateTestCase"; Developer Guide, "Testing language". Of what the pages
leave open, the forms are written that their newest examples show: no ``Usage`` (once is the default), the matching
criteria inside ``Properties``, an empty ``Transitions`` where nothing follows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from contactflow.testing.events import (
    CallEvent,
    FunctionAnswered,
    Heard,
    Held,
    HoursChecked,
    HungUp,
    Pressed,
    QueueEntered,
    Said,
)
from contactflow.testing.language import VERSION


def write_case(
    events: Iterable[CallEvent],
    *,
    name: str,
    description: str = "",
    flow_id: str | None = None,
    attributes: Mapping[str, str] | None = None,
    always_open: str | None = None,
    never_open: str | None = None,
) -> dict[str, Any]:
    """Make a test case that expects what a caller heard, does what the caller did, and passes on the same flows.

    Parameters
    ----------
    events
        What happened, in order. Each message that was heard becomes an observation; what the caller then did, and
        what the contact then held, its actions. What functions, hours and full queues answered becomes overrides, so
        that the case does not depend on the day or on data. The case ends where the contact is queued, before an
        agent could be reached.
    name, description
        What to call it, and what it is about.
    flow_id
        Id, ARN or placeholder of the flow that the call came to; None leaves the entry to whoever runs the case.
    attributes
        Contact attributes at the start.
    always_open, never_open
        Hours of operation that take the place of those that were asked. Without them the answer is mocked, which
        the Developer Guide documents.

    Returns
    -------
    dict
        What ``CreateTestCase`` takes, with ``Content`` as an object; :meth:`TestCase.parse` reads it, and
        ``json.dump`` writes the file that ``trunkline flow test`` runs.

    Examples
    --------
    >>> case = write_case([Heard("Press 1 for orders."), Pressed("1")], name="orders")
    >>> [one["Event"]["Type"] for one in case["Content"]["Observations"]]
    ['TestInitiated', 'MessageReceived']
    """
    writer = _Writer({True: always_open, False: never_open})
    for event in events:
        writer.add(event)
    case: dict[str, Any] = {"Name": name}
    if description:
        case["Description"] = description
    if flow_id is not None:
        case["EntryPoint"] = {"Type": "VOICE_CALL", "VoiceCallEntryPointParameters": {"FlowId": flow_id}}
    if attributes:
        case["InitializationData"] = {"Attributes": dict(attributes), "SegmentAttributes": {}}
    return {**case, "Content": writer.finish()}


@dataclass(slots=True)
class _Writer:
    hours: Mapping[bool, str | None]
    observations: list[dict[str, Any]] = field(default_factory=list)
    queued: bool = False
    gone: bool = False

    def __post_init__(self) -> None:
        self._observe("begin", "TestInitiated", {})

    def add(self, event: CallEvent) -> None:
        """Write one event; once the contact is queued, only what it held."""
        if self.gone or (self.queued and not isinstance(event, Held)):
            return
        match event:
            case Heard():
                self._observe("hears", "MessageReceived", _write_message(event))
            case Pressed(keys, secret):
                written = re.sub(r"\d", "0", keys) if secret else keys
                self._instruct("presses", {"Type": "DtmfInput", "Properties": {"Value": written}})
            case Said(words):
                self._instruct("says", {"Type": "TextUtterance", "Properties": {"Text": words}})
            case HungUp():
                self._instruct("hangs-up", {"Type": "Disconnect"})
                self.gone = True
            case FunctionAnswered():
                self._override("InvokeLambdaFunction", {"LambdaFunctionARN": event.arn}, _write_answer(event))
            case HoursChecked():
                self._override("CheckHoursOfOperation", {"HoursOfOperationId": event.hours_id}, self._hours(event))
            case QueueEntered():
                self._queue(event)
            case Held(namespace, value):
                self._assert(namespace, value)

    def finish(self) -> dict[str, Any]:
        """Return the content; the test ends with the last thing that was observed."""
        if not self.gone:
            self._act("end", "TestControl", {"Command": {"Type": "EndTest"}})
        for one, following in _with_next(self.observations):
            one["Transitions"] = {"NextObservations": [following["Identifier"]] if following else []}
            for action, after in _with_next(one["Actions"]):
                action["Transitions"] = {"NextAction": after["Identifier"]} if after else {}
        return {"Version": VERSION, "Metadata": {}, "Observations": self.observations}

    def _queue(self, event: QueueEntered) -> None:
        parameters = {"QueueId": event.queue_id}
        if event.full:
            self._override("TransferContactToQueue", parameters, _mock_error("QueueAtCapacity"))
            return
        self._observe(
            "queues", "FlowActionStarted", {"ActionType": "TransferContactToQueue", "ActionParameters": parameters}
        )
        if event.name is not None:
            self._assert("$.Queue.Name", event.name)
        self.queued = True

    def _assert(self, namespace: str, value: str) -> None:
        self._act("holds", "Assert", {"Namespace": namespace, "Operator": "Equals", "Operand": value}, echo=False)

    def _hours(self, event: HoursChecked) -> dict[str, Any]:
        substitute = self.hours[event.is_open]
        if substitute is not None:
            return {"Type": "SubstituteResource", "SubstituteArn": substitute}
        return _mock_result({"Value": "InHours" if event.is_open else "OutOfHours"})

    def _observe(self, what: str, kind: str, properties: dict[str, Any]) -> None:
        identifier = f"{len(self.observations) + 1}-{what}"
        event = {"Identifier": f"{identifier}-event", "Type": kind, "Actor": "System", "Properties": properties}
        self.observations.append({"Identifier": identifier, "Event": event, "Actions": []})

    def _instruct(self, what: str, instruction: dict[str, Any]) -> None:
        self._act(what, "SendInstruction", {"Actor": "Customer", "Instruction": instruction})

    def _override(self, action_type: str, parameters: dict[str, Any], strategy: dict[str, Any]) -> None:
        properties = {"ActionType": action_type, "ActionParameters": parameters, "Strategy": strategy}
        behavior = {"Type": "FlowAction", "Properties": properties}
        self._act("override", "OverrideSystemBehavior", {"Behavior": behavior}, observation=self.observations[0])

    def _act(
        self,
        what: str,
        kind: str,
        parameters: dict[str, Any],
        *,
        echo: bool = True,
        observation: dict[str, Any] | None = None,
    ) -> None:
        """Add an action to the last observation, or to ``observation``; all but Assert repeat their type."""
        target = observation or self.observations[-1]
        identifier = f"{target['Identifier']}-{len(target['Actions']) + 1}-{what}"
        repeated = {"ActionType": kind} if echo else {}
        target["Actions"].append({"Identifier": identifier, "Type": kind, "Parameters": {**repeated, **parameters}})


def _with_next(items: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None]]:
    """Yield each item with the one after it."""
    yield from zip(items, [*items[1:], None], strict=True) if items else ()


def _write_message(event: Heard) -> dict[str, Any]:
    if event.prompt_id is not None:
        return {"PromptId": event.prompt_id, "MatchingCriteria": {"Type": "Similarity"}}
    kind = "SSML" if event.text.lstrip().startswith("<speak") else "Text"
    return {kind: event.text, "MatchingCriteria": {"Type": "Similarity"}}


def _write_answer(event: FunctionAnswered) -> dict[str, Any]:
    if event.value is None:
        return _mock_error("TimeLimitExceeded" if event.timed_out else "NoMatchingError")
    return _mock_result({"LoadedData": json.dumps(event.value, ensure_ascii=False)})


def _mock_result(result: dict[str, Any]) -> dict[str, Any]:
    return {"Type": "MockResponse", "Response": {"Type": "ExecutionResult", "ExecutionResult": result}}


def _mock_error(value: str) -> dict[str, Any]:
    return {"Type": "MockResponse", "Response": {"Type": "Error", "Error": {"Value": value}}}
