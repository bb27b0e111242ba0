"""Faults put into flows on purpose, to count which linter notices.

Each fault is put into each flow that has a place for it; a linter notices if it finds something there that it does
not find in the flow as published.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Document = dict[str, Any]
Fault = Callable[[Document], bool]

LOST = {"Identifier": "lost", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}
QUESTION = {
    "Text": "Please enter your credit card number",
    "StoreInput": "True",
    "InputTimeLimitSeconds": "5",
    "InputValidation": {"CustomValidation": {"MaximumLength": "16"}},
}


def put_faults(document: Document) -> Iterator[tuple[str, Document]]:
    """Yield the name of each fault that there is a place for, and the flow with it."""
    for name, fault in FAULTS.items():
        changed = copy.deepcopy(document)
        if fault(changed):
            yield name, changed


def lead_nowhere(document: Document) -> bool:
    """Lead the first way on to an action that does not exist."""
    return _change_first(document, lambda way: way.get("NextAction"), lambda way: way.update(NextAction="nowhere"))


def add_lost_action(document: Document) -> bool:
    """Add an action that nothing leads to."""
    document["Actions"].append(LOST)
    return True


def forget_what_follows(document: Document) -> bool:
    """Take every way out of the first message away."""
    return _change_first(document, bool, lambda way: way.clear(), "MessageParticipant")


def forget_default(document: Document) -> bool:
    """Take the default of the first comparison away."""
    return _forget_error(document, "Compare", "NoMatchingCondition")


def forget_silence(document: Document) -> bool:
    """Take the answer to silence away from the first menu that has one."""
    return _forget_error(document, "GetParticipantInput", "InputTimeLimitExceeded")


def forget_failure_of_function(document: Document) -> bool:
    """Take the error branch of the first function away."""
    return _forget_error(document, "InvokeLambdaFunction", "NoMatchingError")


def forget_conditions(document: Document) -> bool:
    """Take the conditions of the first comparison away."""
    return _change_first(document, lambda way: way.get("Conditions"), lambda way: way.update(Conditions=[]), "Compare")


def ask_for_card(document: Document) -> bool:
    """Begin with a question for a card number, in the clear."""
    start = document["StartAction"]
    errors = [{"ErrorType": "NoMatchingError", "NextAction": start}]
    ways = {"NextAction": start, "Errors": errors, "Conditions": []}
    action = {"Identifier": "card", "Type": "GetParticipantInput", "Parameters": QUESTION, "Transitions": ways}
    document["Actions"].append(action)
    document["StartAction"] = "card"
    return True


def go_round(document: Document) -> bool:
    """Lead the first way on to two messages that lead to each other."""
    found = _change_first(document, lambda way: way.get("NextAction"), lambda way: way.update(NextAction="here"))
    for name, other in (("here", "there"), ("there", "here")):
        errors = [{"ErrorType": "NoMatchingError", "NextAction": other}]
        ways = {"NextAction": other, "Errors": errors, "Conditions": []}
        parameters = {"Text": name}
        action = {"Identifier": name, "Type": "MessageParticipant", "Parameters": parameters, "Transitions": ways}
        document["Actions"].append(action)
    return found


def misspell_namespace(document: Document) -> bool:
    """Begin by reading an attribute below a namespace of another spelling."""
    start = document["StartAction"]
    errors = [{"ErrorType": "NoMatchingError", "NextAction": start}]
    ways = {"NextAction": start, "Errors": errors, "Conditions": []}
    parameters = {"Text": "Hello $.Atributes.name"}
    action = {"Identifier": "misread", "Type": "MessageParticipant", "Parameters": parameters, "Transitions": ways}
    document["Actions"].append(action)
    document["StartAction"] = "misread"
    return True


FAULTS: Mapping[str, Fault] = {
    "a way to an action that does not exist": lead_nowhere,
    "an action that nothing leads to": add_lost_action,
    "a message that nothing follows": forget_what_follows,
    "a comparison without default": forget_default,
    "a comparison without conditions": forget_conditions,
    "a menu without answer to silence": forget_silence,
    "a function without branch for failure": forget_failure_of_function,
    "a card number asked for in the clear": ask_for_card,
    "two messages that lead to each other": go_round,
    "an attribute path into nothing": misspell_namespace,
}

NAMED_BY: Mapping[str, frozenset[str]] = {
    "a way to an action that does not exist": frozenset({"dangling-reference", "dangling_transition"}),
    "an action that nothing leads to": frozenset({"unreachable-action", "unreachable", "orphaned_blocks"}),
    "a message that nothing follows": frozenset({"dead-end", "unterminated_paths"}),
    "a comparison without default": frozenset({"missing-default"}),
    "a comparison without conditions": frozenset({"pointless-decision", "empty_conditions"}),
    "a menu without answer to silence": frozenset({"menu-without-answer", "missing_error_handlers"}),
    "a function without branch for failure": frozenset({"ignored-timeout"}),
    "a card number asked for in the clear": frozenset({"unencrypted-sensitive-input"}),
    "two messages that lead to each other": frozenset({"endless-loop"}),
    "an attribute path into nothing": frozenset({"unknown-reference"}),
}
"""For each fault, the rules of all linters that say what it is."""


def _change_first(
    document: Document, suits: Callable[[Document], Any], change: Callable[[Document], Any], kind: str = ""
) -> bool:
    for action in document["Actions"]:
        ways = action.get("Transitions") or {}
        if suits(ways) and kind in ("", action["Type"]):
            change(ways)
            return True
    return False


def _forget_error(document: Document, kind: str, error: str) -> bool:
    def suits(ways: Document) -> bool:
        return any(one["ErrorType"] == error for one in ways.get("Errors") or ())

    def change(ways: Document) -> None:
        ways["Errors"] = [one for one in ways["Errors"] if one["ErrorType"] != error]

    return _change_first(document, suits, change, kind)
