"""Short ways to write flows and test cases."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

from contactflow.model import Flow
from contactflow.testing import CaseResult, HostDefaults, TestCase, run_case

LAMBDA, HOURS, QUEUE, BOT = "arn:lambda:status", "hours-1", "queue-1", "arn:bot"


def flow(*actions: dict[str, Any]) -> Flow:
    return Flow.parse({"Version": "2019-10-30", "StartAction": actions[0]["Identifier"], "Actions": list(actions)})


def action(
    name: str,
    kind: str,
    parameters: dict[str, Any] | None = None,
    then: str | None = None,
    when: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
) -> dict[str, Any]:
    transitions: dict[str, Any] = {}
    if then is not None:
        transitions["NextAction"] = then
    transitions["Conditions"] = [
        {"NextAction": target, "Condition": {"Operator": "Equals", "Operands": [operand]}}
        for operand, target in (when or {}).items()
    ]
    transitions["Errors"] = [{"ErrorType": error, "NextAction": target} for error, target in (errors or {}).items()]
    return {"Identifier": name, "Type": kind, "Parameters": parameters or {}, "Transitions": transitions}


def say(name: str, text: str, then: str) -> dict[str, Any]:
    return action(name, "MessageParticipant", {"Text": text}, then)


def ask(name: str, text: str, when: dict[str, str], otherwise: str) -> dict[str, Any]:
    parameters = {"Text": text, "StoreInput": "False", "InputTimeLimitSeconds": "5"}
    errors = dict.fromkeys(("InputTimeLimitExceeded", "NoMatchingCondition", "NoMatchingError"), otherwise)
    return action(name, "GetParticipantInput", parameters, otherwise, when, errors)


def invoke(name: str, then: str, failing: str, arn: str = LAMBDA) -> dict[str, Any]:
    parameters = {"LambdaFunctionARN": arn, "InvocationTimeLimitSeconds": "3"}
    return action(name, "InvokeLambdaFunction", parameters, then, errors={"NoMatchingError": failing})


BYE = action("bye", "DisconnectParticipant")
SHOP = flow(
    say("hello", "Welcome to the shop.", "open"),
    action(
        "open",
        "CheckHoursOfOperation",
        {"HoursOfOperationId": HOURS},
        "menu",
        {"True": "menu", "False": "closed"},
        {"NoMatchingError": "menu"},
    ),
    say("closed", "The shop is closed now.", "bye"),
    ask("menu", "For orders, press 1. For the status, press 2.", {"1": "orders", "2": "status"}, "sorry"),
    say("sorry", "Sorry, I did not understand that.", "bye"),
    invoke("status", "told", "failed"),
    say("told", "Your order $.External.number is here.", "bye"),
    say("failed", "The status is not known now.", "bye"),
    action("orders", "UpdateContactTargetQueue", {"QueueId": QUEUE}, "keep", errors={"NoMatchingError": "bye"}),
    action("keep", "UpdateContactAttributes", {"Attributes": {"choice": "orders", "weight": "12.5"}}, "queue"),
    action("queue", "TransferContactToQueue", {}, "full", errors={"QueueAtCapacity": "full", "NoMatchingError": "bye"}),
    say("full", "All lines are busy.", "bye"),
    BYE,
)


def start(*actions: dict[str, Any], then: str | None = None) -> dict[str, Any]:
    return observe("start", {"Type": "TestInitiated"}, *actions, then=then)


def hear(text: str, *actions: dict[str, Any], how: str = "Similarity", name: str = "", then: str | None = None) -> Any:
    properties = {"Text": text, "MatchingCriteria": {"Type": how}}
    return observe(name or text, {"Type": "MessageReceived", "Properties": properties}, *actions, then=then)


def see(kind: str, parameters: dict[str, Any], *actions: dict[str, Any], event: str = "FlowActionStarted") -> Any:
    properties = {"ActionType": kind, "ActionParameters": parameters}
    return observe(kind, {"Type": event, "Properties": properties}, *actions)


def observe(name: str, event: dict[str, Any], *actions: dict[str, Any], then: str | None = None) -> dict[str, Any]:
    return {
        "Identifier": name,
        "Event": {"Identifier": f"{name}-event", "Actor": "System", "Properties": {}, **event},
        "Actions": list(actions),
        "Transitions": {"NextObservations": [then]} if then else {},
    }


def chain(*observations: dict[str, Any]) -> dict[str, Any]:
    """A content whose observations follow one another."""
    for one, following in pairwise(observations):
        one["Transitions"] = {"NextObservations": [following["Identifier"]]}
    return content(*observations)


def content(*observations: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2025-06-21", "Metadata": {}, "Observations": list(observations)}


def do(kind: str, parameters: dict[str, Any], name: str = "", then: str | None = None) -> dict[str, Any]:
    transitions = {"NextAction": then} if then else {}
    return {"Identifier": name or kind, "Type": kind, "Parameters": parameters, "Transitions": transitions}


def press(keys: str | int) -> dict[str, Any]:
    return instruct({"Type": "DtmfInput", "Properties": {"Value": keys}})


def speak(words: str) -> dict[str, Any]:
    return instruct({"Type": "TextUtterance", "Properties": {"Text": words, "LanguageCode": "en-US"}})


def instruct(instruction: dict[str, Any]) -> dict[str, Any]:
    return do("SendInstruction", {"ActionType": "SendInstruction", "Actor": "Customer", "Instruction": instruction})


def check(namespace: str, operator: str, operand: str | None = None, name: str = "check") -> dict[str, Any]:
    parameters = {"Namespace": namespace, "Operator": operator}
    return do("Assert", parameters if operand is None else {**parameters, "Operand": operand}, name)


def end(name: str = "end") -> dict[str, Any]:
    return do("TestControl", {"ActionType": "TestControl", "Command": {"Type": "EndTest"}}, name)


def override(kind: str, parameters: dict[str, Any], strategy: dict[str, Any], name: str = "override") -> dict[str, Any]:
    properties = {"ActionType": kind, "ActionParameters": parameters, "Strategy": strategy}
    behavior = {"Type": "FlowAction", "Properties": properties}
    return do("OverrideSystemBehavior", {"ActionType": "OverrideSystemBehavior", "Behavior": behavior}, name)


def answers(value: Any = None, *, error: str | None = None, delay: float = 0, name: str = "override") -> dict[str, Any]:
    strategy = mock_error(error, delay) if error else mock({"LoadedData": json.dumps(value), "DelaySeconds": delay})
    return override("InvokeLambdaFunction", {"LambdaFunctionARN": LAMBDA}, strategy, name)


def mock(result: dict[str, Any]) -> dict[str, Any]:
    return {"Type": "MockResponse", "Response": {"Type": "ExecutionResult", "ExecutionResult": result}}


def mock_error(value: str, delay: float = 0) -> dict[str, Any]:
    return {"Type": "MockResponse", "Response": {"Type": "Error", "Error": {"Value": value, "DelaySeconds": delay}}}


def substitute(arn: str) -> dict[str, Any]:
    return {"Type": "SubstituteResource", "SubstituteArn": arn}


def run(document: dict[str, Any], flows: dict[str, Flow] | Flow = SHOP, host: HostDefaults | None = None) -> CaseResult:
    known = {"shop": flows} if isinstance(flows, Flow) else flows
    return run_case(TestCase.parse(document, name="case"), known, host=host)
