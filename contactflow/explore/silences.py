"""Places where a caller hears nothing: the line goes dead without a word, or it is quiet for long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from contactflow.explore.answers_caller import MESSAGE_PARAMETERS
from contactflow.explore.findings import Silence
from contactflow.explore.loops import LoopFinder
from contactflow.explore.places import Atlas, Spot
from contactflow.explore.states import State
from contactflow.explore.values import DOMAINS, Fact, Unknown, find_value
from contactflow.explore.walk import Walk
from contactflow.explore.witness import Historian
from contactflow.model.values import as_items, as_number

LONG_SECONDS = 10.0
"""From here on a caller wonders whether the line is dead."""

VIEW_ACTIONS = frozenset({"ShowView"})
"""Actions for screens: a flow that has them talks to nobody on the telephone."""

ROUTING_ACTIONS = frozenset({"TransferContactToQueue", "UpdateContactTargetQueue"})
"""A contact flow with one of these takes a call in; others may go on after somebody else has spoken."""

_BREAK = re.compile(r"<break[^>]*/>")
_TAG = re.compile(r"<[^>]*>")


class SilenceFinder:
    """Finds silences in what a walk reached."""

    def __init__(self, atlas: Atlas, walk: Walk, historian: Historian, flow_type: str) -> None:
        self._atlas = atlas
        self._walk = walk
        self._historian = historian
        types = {action.type for action in atlas.flow.actions}
        self._speaks = not types & VIEW_ACTIONS
        self._is_contact_flow = flow_type == "CONTACT_FLOW"
        self._takes_calls = self._is_contact_flow and bool(types & ROUTING_ACTIONS)

    def list_silences(self, loops: LoopFinder) -> list[Silence]:
        """Return every place of silence once, with the shortest way there."""
        if not self._speaks:
            return []
        found: dict[tuple[str, str], Silence] = {}
        for silence in (*self._list_cuts(), *self._list_waits(), *self._list_polls(loops)):
            found.setdefault((silence.kind, silence.action), silence)
        return list(found.values())

    def _list_cuts(self) -> Iterator[Silence]:
        for index, node in enumerate(self._walk.nodes):
            spot = self._spot(node.state)
            if spot is None or not self._is_cut(spot, node.state):
                continue
            since = "since the call began" if node.state.heard == "nothing" else "since something failed"
            why = f"the line goes dead, and nothing has been said {since}"
            plan = [*self._walk.path(index), *((node.state, way) for way, _target in node.edges[:1])]
            yield Silence("cut off", spot.place.action_id, spot.action.type, why, self._historian.tell(plan))

    def _is_cut(self, spot: Spot, state: State) -> bool:
        ends = spot.action.type == "DisconnectParticipant" or (
            self._is_contact_flow and spot.action.type == "EndFlowExecution"
        )
        unheard = state.heard == "one failure" or (state.heard == "nothing" and self._takes_calls)
        return ends and unheard

    def _list_waits(self) -> Iterator[Silence]:
        for index, node in enumerate(self._walk.nodes):
            spot = self._spot(node.state)
            seconds = 0.0 if spot is None else measure_silence(spot)
            if spot is not None and seconds >= LONG_SECONDS:
                why = f"the caller hears nothing for up to {seconds:g} s"
                witness = self._historian.tell(self._walk.path(index))
                yield Silence("waits", spot.place.action_id, spot.action.type, why, witness)

    def _list_polls(self, loops: LoopFinder) -> Iterator[Silence]:
        for poll in loops.list_polls():
            spots = [self._spot(state) for state, _way in poll.steps]
            spot = next((found for found in spots if found and found.action.type == "InvokeLambdaFunction"), None)
            if spot is None:
                continue
            why = f"the caller hears nothing while {', '.join(poll.actions())} go round, however long that takes"
            witness = self._historian.tell(self._walk.path(poll.index), poll.steps, last="and so on")
            yield Silence("waits", spot.place.action_id, spot.action.type, why, witness)

    def _spot(self, state: State) -> Spot | None:
        """Return the action of a state in the explored flow, None where it is not a telephone call."""
        if not self._atlas.is_explored(state.place) or not _may_be_voice(state):
            return None
        return self._atlas.spot(state.place)


def measure_silence(spot: Spot) -> float:
    """Return the most seconds that a caller hears nothing because of an action itself; 0 where it speaks.

    **Source**: Amazon Connect API Reference, "Wait" and "GetParticipantInput"; Administrator Guide, "Flow block:
    Wait" (it lets a call wait in contact flows).
    """
    parameters = spot.parameters
    match spot.action.type:
        case "Wait":
            return as_number(parameters.get("TimeLimitSeconds", parameters.get("TimeoutSeconds"))) or 0.0
        case "GetParticipantInput" if not any(_has_words(parameters.get(name)) for name in MESSAGE_PARAMETERS):
            return 0.0 if parameters.get("Media") else as_number(parameters.get("InputTimeLimitSeconds")) or 0.0
        case "MessageParticipantIteratively":
            messages = [item for item in as_items(parameters.get("Messages")) if isinstance(item, dict)]
            quiet = bool(messages) and not any(_has_sound(item) for item in messages)
            frequency = as_number(parameters.get("InterruptFrequencySeconds", LONG_SECONDS)) if quiet else None
            return frequency or 0.0
        case _:
            return 0.0


def _may_be_voice(state: State) -> bool:
    channel = state.memory.look_up(("Channel",))
    if not isinstance(channel, Unknown):
        return channel in (None, "VOICE")
    return bool(find_value(channel.facts | {Fact("Equals", "VOICE", True)}, DOMAINS["Channel",]))


def _has_sound(message: dict[str, Any]) -> bool:
    return any(name in message for name in ("PromptId", "Media")) or any(
        _has_words(message.get(name)) for name in ("Text", "SSML")
    )


def _has_words(value: object) -> bool:
    text = value if isinstance(value, str) else ""
    return bool(_TAG.sub("", _BREAK.sub("", text)).strip())
