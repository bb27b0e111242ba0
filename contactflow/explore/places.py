"""The flows of one exploration, and the places in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from contactflow.model import Action, Flow
from contactflow.run.program import Program, Step, prepare

FLOW_REFERENCES: Mapping[str, str] = {"TransferToFlow": "ContactFlowId", "InvokeFlowModule": "FlowModuleId"}
"""The parameter that names the flow an action goes to."""


class Place(NamedTuple):
    """An action of a flow."""

    flow_id: str
    action_id: str


@dataclass(frozen=True, slots=True)
class Spot:
    """What stands at a place."""

    place: Place
    action: Action
    step: Step

    @property
    def parameters(self) -> Mapping[str, Any]:
        """The action's parameters as they are written."""
        return self.action.parameters or {}

    def targets(self) -> Iterator[Place]:
        """Yield every place of this flow that the action may go to."""
        for target in self.action.targets():
            yield Place(self.place.flow_id, target)


class Atlas:
    """The flow that is explored, and those that it leads to."""

    def __init__(self, flow: Flow, flow_id: str, flows: Mapping[str, Flow]) -> None:
        self.flow_id = flow_id
        self.flow = flow
        self._flows = {**flows, flow_id: flow}
        self._programs: dict[str, Program] = {}
        self._spots: dict[Place, Spot | None] = {}

    def start(self, flow_id: str) -> Place | None:
        """Return the place where a flow starts, None for a flow that is not given."""
        flow = self._flows.get(flow_id)
        return None if flow is None or flow_id not in self.included else Place(flow_id, flow.start_action)

    def spot(self, place: Place) -> Spot | None:
        """Return what stands at a place, None where there is no such action."""
        try:
            return self._spots[place]
        except KeyError:
            found = self._spots[place] = self._find(place)
            return found

    def is_explored(self, place: Place) -> bool:
        """Return whether a place belongs to the explored flow, under whatever id it was entered."""
        return self._flows.get(place.flow_id) is self.flow

    @cached_property
    def included(self) -> frozenset[str]:
        """Ids of the given flows that the explored one leads to, by a name that is written in it."""
        found: set[str] = set()
        open_ids = [self.flow_id]
        while open_ids:
            flow_id = open_ids.pop()
            flow = self._flows.get(flow_id)
            if flow is None or flow_id in found:
                continue
            found.add(flow_id)
            open_ids += [named for action in flow.actions if (named := named_flow(action)) is not None]
        return frozenset(found)

    def spots(self) -> Iterator[Spot]:
        """Yield everything that stands in the included flows."""
        for flow_id in sorted(self.included):
            for action in self._flows[flow_id].actions:
                spot = self.spot(Place(flow_id, action.identifier))
                if spot is not None:
                    yield spot

    def _find(self, place: Place) -> Spot | None:
        flow = self._flows.get(place.flow_id)
        action = flow.by_identifier.get(place.action_id) if flow else None
        if flow is None or action is None:
            return None
        program = self._programs.get(place.flow_id)
        if program is None:
            program = self._programs[place.flow_id] = prepare(flow)
        return Spot(place, action, program.steps[place.action_id])


def named_flow(action: Action) -> str | None:
    """Return the id of the flow that an action goes to, None where it goes to none or an attribute names it."""
    name = FLOW_REFERENCES.get(action.type)
    flow_id = (action.parameters or {}).get(name) if name else None
    return flow_id if isinstance(flow_id, str) and not flow_id.startswith("$.") else None
