"""The way into a queue: recording, the routing decision, priority, hooks, transfer.

**Source**: Amazon Connect API Reference, "UpdateContactRecordingBehavior", "UpdateContactTargetQueue",
"UpdateContactRoutingBehavior" (1 is best, 5 the default; it has no error branch), "UpdateContactEventHooks"
(one event per action), "TransferContactToQueue".
"""

from __future__ import annotations

from contactflow.compile.checking import need
from contactflow.compile.document import IvrDocument, IvrResources
from contactflow.compile.draft import Draft
from contactflow.compile.naming import action_id
from contactflow.compile.parts import invoke, set_attributes

PREFERRED_PRIORITY = "1"
_HOOKED = {"CustomerQueue": "queue_treatment", "CustomerRemaining": "survey"}


def routing_start(document: IvrDocument) -> str:
    """Return the action that routing begins with, once the attribute ``queue_choice`` is set."""
    return "record-call" if document.record_calls else "route-call"


def add_routing(draft: Draft, document: IvrDocument, resources: IvrResources) -> None:
    """Add everything from the caller's choice to the queue."""
    root = document.root
    if document.record_calls:
        draft.add(
            "record-call",
            "UpdateContactRecordingBehavior",
            {"RecordingBehavior": {"RecordedParticipants": ["Agent", "Customer"]}},
            "recording.enabled",
            then="route-call",
        )
    _add_decision(draft, document, resources)
    hooks = _hooks(document, resources)
    following = [*(name for name, *_ in hooks), "transfer"]
    _add_priority(draft, root, following[0])
    for (name, event, flow_arn), then in zip(hooks, following[1:], strict=True):
        source = f"{root}.{_HOOKED[event]}"
        draft.attempt(name, "UpdateContactEventHooks", {"EventHooks": {event: flow_arn}}, source, then)
    draft.add(
        "transfer",
        "TransferContactToQueue",
        {},
        root,
        then="unavailable",
        errors={"QueueAtCapacity": "unavailable", "NoMatchingError": "unavailable"},
    )
    draft.say("unavailable", document.unavailable, f"{root}.unavailable", "disconnect")


def _add_priority(draft: Draft, root: str, then: str) -> None:
    draft.compare("priority", "$.External.priority", {PREFERRED_PRIORITY: "priority-1"}, then, root)
    draft.add(
        "priority-1",
        "UpdateContactRoutingBehavior",
        {"QueuePriority": PREFERRED_PRIORITY},
        root,
        then=then,
    )


def _hooks(document: IvrDocument, resources: IvrResources) -> list[tuple[str, str, str]]:
    """Return the identifier, the event and the flow of each hook that the document asks for."""
    wanted = {"CustomerQueue": document.queue_treatment, "CustomerRemaining": document.survey}
    return [
        (
            action_id("hook", flow),
            event,
            need(resources.flows, flow, "flow", f"{document.root}.{flow}"),
        )
        for event, flow in _HOOKED.items()
        if wanted[event] is not None
    ]


def _add_decision(draft: Draft, document: IvrDocument, resources: IvrResources) -> None:
    """Ask the routing function; where it fails, or names no queue of ours, the menu's choice stands."""
    root = document.root
    invoke(
        draft,
        "route-call",
        need(resources.functions, "route_call", "function", root),
        {
            "queue": "$.Attributes.queue_choice",
            "language": "$.Attributes.language",
            "vip": "$.Attributes.vip",
        },
        root,
        then="route-attributes",
        failing="route-choice",
    )
    treatment = document.queue_treatment
    told = treatment is not None and treatment.expected_wait is not None
    set_attributes(
        draft,
        "route-attributes",
        {
            "routing_reasons": "$.External.reasons",
            "expected_wait_seconds": "$.External.expected_wait_seconds",
            **({"expected_wait_minutes": "$.External.expected_wait_minutes"} if told else {}),
        },
        root,
        "route-queue",
    )
    queues = {key: action_id("queue", key) for key in resources.queues}
    draft.compare("route-queue", "$.External.queue", queues, "route-choice", root)
    draft.compare("route-choice", "$.Attributes.queue_choice", queues, "unavailable", root)
    for key, identifier in queues.items():
        draft.add(
            identifier,
            "UpdateContactTargetQueue",
            {"QueueId": resources.queues[key]},
            f"queues.{key}",
            then="priority",
            errors={"NoMatchingError": "unavailable"},
        )
