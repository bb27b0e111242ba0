"""Branches that a flow has to give, and branches that never happen.

**Source**: Amazon Connect API Reference, the page of each action (Errors; Results and conditions).
"""

from __future__ import annotations

from collections.abc import Iterator

from contactflow.lint import pages
from contactflow.lint.findings import Fault
from contactflow.lint.graph import Exit
from contactflow.lint.references import is_reference
from contactflow.lint.rule import rule
from contactflow.lint.scene import ASKING_TYPES, Scene, kind_of, parameters
from contactflow.model import (
    INPUT_TIME_LIMIT_EXCEEDED,
    NO_MATCHING_CONDITION,
    NO_MATCHING_ERROR,
    Action,
    list_needed_errors,
)

FAILS_BY_PARAMETER = frozenset({"MessageParticipant", "UpdateContactTextToSpeechVoice"})
HARDLY_FAILS = frozenset({"MessageParticipantIteratively", "Loop", "UpdateContactMediaProcessing"})
MESSAGE_FIELDS = ("Text", "SSML", "PromptId", "TextToSpeechVoice", "TextToSpeechEngine")


@rule(
    "missing-error-branch",
    "error",
    title="A failure has no branch",
    reason="The service refuses a flow without the branches that an action needs. Where it only advises one, a "
    "failure that will come (a prompt that was deleted, a text that is empty) has nowhere to go.",
    mend="Add the branch, and let the caller hear something there.",
)
def missing_error_branch(scene: Scene) -> Iterator[Fault]:
    """Find actions that lack a branch for an error: functions, menus and defaults have rules of their own."""
    for action in scene.actions:
        given = action.error_targets
        needed = [error for error in list_needed_errors(action) if error not in given and _is_ours(action, error)]
        path = scene.path(action) + ".Transitions.Errors"
        if needed:
            yield Fault(f"{action.type} needs a branch for {', '.join(needed)}", action.identifier, path)
        elif not given and _may_fail(action):
            yield Fault(
                f"No branch says what follows where {_why(action)}", action.identifier, path, severity="warning"
            )


def _is_ours(action: Action, error: str) -> bool:
    if action.type == "InvokeLambdaFunction" or error == NO_MATCHING_CONDITION:
        return False
    return not (action.type in ASKING_TYPES and error == INPUT_TIME_LIMIT_EXCEEDED)


def _may_fail(action: Action) -> bool:
    kind = kind_of(action)
    if (
        kind is None
        or NO_MATCHING_ERROR not in kind.errors
        or NO_MATCHING_ERROR in kind.needed_errors
        or action.type in HARDLY_FAILS
    ):
        return False
    return action.type not in FAILS_BY_PARAMETER or bool(_dynamic_fields(action))


def _dynamic_fields(action: Action) -> list[str]:
    return [str(parameters(action)[name]) for name in MESSAGE_FIELDS if is_reference(parameters(action).get(name))]


def _why(action: Action) -> str:
    fields = _dynamic_fields(action) if action.type in FAILS_BY_PARAMETER else []
    return f"{fields[0]} is empty or wrong" if fields else f"{action.type} fails"


@rule(
    "missing-default",
    "error",
    title="A decision has no branch for everything else",
    reason="The service refuses the flow: a value that nobody thought of has nowhere to go.",
    mend="Add the branch.",
)
def missing_default(scene: Scene) -> Iterator[Fault]:
    """Find decisions without a branch for any other value, or without one for an answer that they need."""
    for action in scene.actions:
        kind = kind_of(action)
        if kind is None or action.type in ASKING_TYPES:
            continue
        given = {edge.label for edge in scene.edges(action) if edge.exit is Exit.CONDITION}
        answers = [answer for answer in _needed_answers(action) if answer not in given]
        path = scene.path(action) + ".Transitions"
        if answers:
            yield Fault(f"{action.type} needs a condition for {', '.join(answers)}", action.identifier, path)
        if NO_MATCHING_CONDITION in list_needed_errors(action) and NO_MATCHING_CONDITION not in action.error_targets:
            yield Fault(f"{action.type} needs a branch for {NO_MATCHING_CONDITION}", action.identifier, path)


def _needed_answers(action: Action) -> tuple[str, ...]:
    kind = kind_of(action)
    answers = () if kind is None else kind.needed_answers
    events = parameters(action).get("Events") if action.type == "Wait" else None
    return (*answers, *map(str, events)) if isinstance(events, list) else answers


@rule(
    "unknown-error-type",
    "warning",
    title="A branch is for an error that never happens",
    reason="The branch is dead, and the error that was meant takes another way.",
    mend="Name an error type that the action has.",
)
def unknown_error_type(scene: Scene) -> Iterator[Fault]:
    """Find branches for errors that the action is not documented to have."""
    for action in scene.actions:
        kind = kind_of(action)
        for edge in scene.edges(action):
            if kind is None or edge.exit is not Exit.ERROR or edge.label in (*kind.errors, NO_MATCHING_ERROR):
                continue
            named = f"Those of {action.type} are {', '.join(kind.errors)}." if kind.errors else "It has none."
            yield Fault(f"{action.type} has no error {edge.label!r}", action.identifier, edge.path, mend=named)


@rule(
    "menu-without-answer",
    "error",
    title="A menu has no answer for silence or a wrong key",
    reason="Callers hesitate, press the wrong key, or have no keypad: the service refuses a menu without an answer.",
    mend="Lead silence and wrong keys to the menu again, counted by a Loop, and then to a person.",
    page=pages.MENU,
)
def menu_without_answer(scene: Scene) -> Iterator[Fault]:
    """Find menus without a branch for silence, or without one for what they do not offer."""
    words = {INPUT_TIME_LIMIT_EXCEEDED: "silence", NO_MATCHING_CONDITION: "a wrong key or word"}
    for action in scene.of_type(*ASKING_TYPES):
        needed = list_needed_errors(action)
        missing = [words[error] for error in words if error in needed and error not in action.error_targets]
        if missing:
            path = scene.path(action) + ".Transitions.Errors"
            yield Fault(f"The menu has no branch for {' and none for '.join(missing)}", action.identifier, path)
