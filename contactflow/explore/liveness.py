"""Which values a flow may still look at from a place on: all others need not be told apart.

A backward analysis of live variables over the actions of all flows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from contactflow.explore.memory import LOOP_ROOT
from contactflow.explore.nearness import find_near
from contactflow.explore.places import Atlas, Place, Spot, named_flow
from contactflow.explore.values import Path
from contactflow.model.references import find_references

Live = frozenset[Path]
NOTHING: Live = frozenset()
ALWAYS: Live = frozenset({("Channel",)})
"""Looked at everywhere: silence matters on the telephone only."""

LOCAL_ROOTS = frozenset({"External", "Lex", "Metrics", "FlowAttributes", "Modules", "StoredCustomerInput"})
"""What a module cannot see of the flow that invoked it, nor change (see :mod:`contactflow.run.modules`)."""

READ_PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "Compare": ("ComparisonValue",),
    "Loop": ("LoopCount",),
    "MessageParticipant": ("Text", "SSML", "PromptId", "Media"),
    "ConnectParticipantWithLexBot": ("LexV2Bot",),
    "InvokeLambdaFunction": ("LambdaFunctionARN",),
    "UpdateContactTargetQueue": ("QueueId", "AgentId"),
    "UpdateContactCallbackNumber": ("CallbackNumber",),
    "UpdateContactTextToSpeechVoice": ("TextToSpeechVoice",),
    "TransferToFlow": ("ContactFlowId",),
    "InvokeFlowModule": ("FlowModuleId",),
}
"""Parameters whose value decides which way an action goes."""

ASSIGNED: Mapping[str, Mapping[str, Path]] = {
    "UpdateContactData": {name: (name,) for name in ("LanguageCode", "CustomerId", "Name", "Description")},
    "UpdateContactTextToSpeechVoice": {"TextToSpeechVoice": ("TextToSpeechVoiceId",)},
    "UpdateContactTargetQueue": {"QueueId": ("Queue", "ARN")},
    "UpdateContactCallbackNumber": {"CallbackNumber": ("CustomerCallbackNumber",)},
}
"""Attributes that an action sets to the value of a parameter."""


def find_live_values(atlas: Atlas) -> Mapping[Place, Live]:
    """Return the paths that may still be looked at, for every place."""
    spots = {spot.place: spot for spot in atlas.spots()}
    returns = _find_returns(atlas, spots.values())
    following = {place: _follow(atlas, spot, returns) for place, spot in spots.items()}
    leading = defaultdict(set)
    for place, targets in following.items():
        for target in targets:
            leading[target].add(place)
    live: dict[Place, Live] = dict.fromkeys(spots, ALWAYS)
    waiting = list(spots)
    while waiting:
        place = waiting.pop()
        found = ALWAYS | _look_back(spots[place], live, following[place])
        if found != live[place]:
            live[place] = found
            waiting += leading[place]
    counted = {
        place: find_near(place, following, leading) for place, spot in spots.items() if spot.action.type == "Loop"
    }
    return {place: frozenset(path for path in seen if _is_near(path, place, counted)) for place, seen in live.items()}


def _is_near(path: Path, place: Place, counted: Mapping[Place, set[Place]]) -> bool:
    return path[0] != LOOP_ROOT or place in counted[Place(path[1], path[2])]


def _find_returns(atlas: Atlas, spots: Iterable[Spot]) -> Mapping[str, set[Place]]:
    """Return where each module may go back to."""
    returns: dict[str, set[Place]] = defaultdict(set)
    for spot in spots:
        flow_id = named_flow(spot.action)
        if spot.action.type == "InvokeFlowModule" and flow_id in atlas.included and flow_id is not None:
            returns[flow_id].update(spot.targets())
    return returns


def _follow(atlas: Atlas, spot: Spot, returns: Mapping[str, set[Place]]) -> set[Place]:
    following = set(spot.targets())
    if spot.action.type == "EndFlowModuleExecution":
        following |= returns.get(spot.place.flow_id, set())
    flow_id = named_flow(spot.action)
    start = None if flow_id is None else atlas.start(flow_id)
    return following if start is None else following | {start}


def _look_back(spot: Spot, live: Mapping[Place, Live], following: Iterable[Place]) -> Live:
    """Return what is looked at from an action on; what it sets is set only where it does not fail."""
    failing = set(spot.step.errors.values())
    failed: set[Path] = set()
    done: set[Path] = set()
    for place in following:
        seen = live.get(place, NOTHING)
        local = place.flow_id == spot.place.flow_id
        visible = seen if local else {path for path in seen if path[0] not in LOCAL_ROOTS}
        done |= visible
        if local and place.action_id in failing:
            failed |= visible
    for path, value in list_assignments(spot):
        if path in done:
            done.discard(path)
            done.update(find_references(value))
    return frozenset(done | failed | _list_reads(spot))


def _list_reads(spot: Spot) -> set[Path]:
    parameters = spot.parameters
    read = [parameters.get(name) for name in READ_PARAMETERS.get(spot.action.type, ())]
    paths = {path for value in read for path in find_references(value)}
    for branch in spot.step.conditions:
        paths.update(find_references(list(branch.condition.operands)))
    if spot.action.type == "Loop":
        paths.add((LOOP_ROOT, *spot.place))
    return paths


def list_assignments(spot: Spot) -> list[tuple[Path, Any]]:
    """Return the single values that an action sets, as they are written."""
    parameters = spot.parameters
    if spot.action.type == "UpdateContactAttributes":
        given = parameters.get("Attributes") if parameters.get("TargetContact", "Current") == "Current" else None
        return [(("Attributes", str(name)), value) for name, value in _items(given)]
    if spot.action.type == "UpdateFlowAttributes":
        given = parameters.get("FlowAttributes")
        return [(("FlowAttributes", str(name)), _value_of(value)) for name, value in _items(given)]
    fields = ASSIGNED.get(spot.action.type, {})
    return [(path, parameters[name]) for name, path in fields.items() if name in parameters]


def _items(given: Any) -> Iterable[tuple[Any, Any]]:
    return given.items() if isinstance(given, Mapping) else ()


def _value_of(given: Any) -> Any:
    return given.get("Value") if isinstance(given, Mapping) else given
