"""Failures that the flow passes over as if nothing had happened.

A setting such as a voice, a language or a log may fail without harm: error and success may go the same way. It is
another thing where what follows needs what was asked for.
"""

from __future__ import annotations

from collections.abc import Iterator

from contactflow.lint import pages
from contactflow.lint.findings import Fault
from contactflow.lint.namespaces import PRODUCERS, produces
from contactflow.lint.references import is_reference
from contactflow.lint.rule import rule
from contactflow.lint.scene import Scene, parameters
from contactflow.model import NO_MATCHING_ERROR, Action

HARMLESS = frozenset(
    {
        "MessageParticipant",
        "DisconnectParticipant",
        "EndFlowExecution",
        "EndFlowModuleExecution",
        "UpdateContactMediaStreamingBehavior",
        "UpdateContactRecordingBehavior",
        "UpdateContactTextToSpeechVoice",
        "UpdateFlowLoggingBehavior",
    }
)
LOST = {
    "CreateCallbackContact": "where the callback cannot be created, nobody calls back and the caller is not told",
    "UpdateContactCallbackNumber": "where the number is refused, another one is called back",
}


@rule(
    "swallowed-error",
    "warning",
    title="Error and success go to the same place, and what follows needs the success",
    reason="The flow goes on with an empty value, in the wrong queue, or with a promise that nobody keeps.",
    mend="Lead the error where the flow can do without: another message, another queue, a person.",
    page=pages.FUNCTIONS,
)
def swallowed_error(scene: Scene) -> Iterator[Fault]:
    """Find actions whose failure is passed over although what follows depends on them."""
    for action in scene.actions:
        following = action.next_action
        swallowed = [error for error, target in action.error_targets.items() if target == following]
        if following is None or not swallowed or following not in scene.graph.out:
            continue
        path = scene.path(action) + ".Transitions.Errors"
        if NO_MATCHING_ERROR in swallowed:
            yield from _consequences(scene, action, following, path)
        if action.type in LOST:
            yield Fault(
                f"Success and {', '.join(swallowed)} go the same way: {LOST[action.type]}", action.identifier, path
            )


def _consequences(scene: Scene, action: Action, following: str, path: str) -> Iterator[Fault]:
    namespaces = PRODUCERS.get(action.type, ()) if produces(action) else ()
    reader = _find_reader(scene, namespaces, action, following) if namespaces else None
    if reader is not None:
        where, reads = reader
        message = f"Where it fails the flow goes on all the same, and {where!r} reads {reads}, which is not there then"
        yield Fault(message, action.identifier, path)
    elif action.type == "UpdateContactTargetQueue":
        queue = _find_transfer(scene, following)
        if queue is not None:
            message = f"Where the queue cannot be set, {queue!r} transfers to another queue or to none"
            yield Fault(message, action.identifier, path)
    elif action.type == "InvokeLambdaFunction":
        yield from _unread_function(scene, action, following, path)


def _find_reader(scene: Scene, namespaces: tuple[str, ...], action: Action, following: str) -> tuple[str, str] | None:
    """Return the first action that reads what failed, and what it reads; a comparison with it is a safeguard."""

    def passes(name: str) -> bool:
        one = scene.action(name)
        renews = one.type == action.type and produces(one)
        return not renews and not (one.type == "Compare" and _reads(scene, one, namespaces))

    reached = scene.graph.reach((following,), through=passes)
    for one in scene.actions:
        if one.identifier in reached and one.type != "Compare":
            reads = _reads(scene, one, namespaces)
            if reads:
                return one.identifier, reads
    return None


def _reads(scene: Scene, action: Action, namespaces: tuple[str, ...]) -> str | None:
    return next((str(one) for one in scene.references[action.identifier] if one.root in namespaces), None)


def _find_transfer(scene: Scene, following: str) -> str | None:
    reached = scene.graph.reach(
        (following,), through=lambda name: scene.action(name).type != "UpdateContactTargetQueue"
    )
    return next((one.identifier for one in scene.of_type("TransferContactToQueue") if one.identifier in reached), None)


def _unread_function(scene: Scene, action: Action, following: str, path: str) -> Iterator[Fault]:
    claim = _claimed_attribute(scene.action(following))
    if claim is not None:
        message = f"{following!r} sets {claim} the same, whether the function succeeded or failed"
        yield Fault(message, action.identifier, path)
        return
    after = [scene.action(name) for name in scene.graph.reach((following,))]
    asks = any(one.type == "Compare" and _reads(scene, one, PRODUCERS[action.type]) for one in after)
    if not asks and not all(one.type in HARMLESS for one in after):
        message = "Nothing in the flow tells whether the function failed: right only if what follows can do without it"
        yield Fault(message, action.identifier, path, severity="note")


def _claimed_attribute(action: Action) -> str | None:
    attributes = parameters(action).get("Attributes") if action.type == "UpdateContactAttributes" else None
    if not isinstance(attributes, dict) or any(is_reference(value) for value in attributes.values()):
        return None
    return next(iter(attributes), None)
