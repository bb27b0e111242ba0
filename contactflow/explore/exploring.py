"""Walks a flow and tells what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from contactflow.explore.coverage import Coverage
from contactflow.explore.findings import DeadEnd, Exploration, Witness
from contactflow.explore.loops import LoopFinder
from contactflow.explore.places import Atlas
from contactflow.explore.silences import SilenceFinder
from contactflow.explore.steps import Stepper
from contactflow.explore.walk import HARD_LIMIT, Bounds, Walk, walk
from contactflow.explore.witness import Historian
from contactflow.model import MODULE, Flow, read_type


def explore_flow(
    flow: Flow,
    *,
    flows: Mapping[str, Flow] | None = None,
    flow_id: str = "flow",
    flow_type: str | None = None,
    bounds: Bounds | None = None,
    progress: Callable[[int], None] | None = None,
) -> Exploration:
    """Walk every way through a flow that any input, event or failure could take, and tell what is wrong there.

    Parameters
    ----------
    flow
        The flow to explore.
    flows
        Other flows and modules, by the id or ARN that flows name them with: they are walked where this one goes
        there. Of one that is not here, every outcome is taken.
    flow_id
        What witnesses call ``flow``.
    flow_type
        Such as ``CONTACT_FLOW`` or ``CUSTOMER_QUEUE``; None takes it from the export's metadata, if it tells.
    bounds
        How far to go.
    progress
        Told the number of states from time to time.

    Returns
    -------
    Exploration
        Every action of the flow is in ``reached`` or in ``unreachable``.

    Examples
    --------
    >>> flow = Flow.parse({"Version": "2019-10-30", "StartAction": "hello", "Actions": [
    ...     {"Identifier": "hello", "Type": "MessageParticipant", "Parameters": {"Text": "Hello."},
    ...      "Transitions": {"NextAction": "gone"}}]})
    >>> [end.why for end in explore_flow(flow).dead_ends]
    ["the branch NextAction leads to 'gone', which is no action of this flow"]
    """
    told = bounds or Bounds()
    kind = flow_type if flow_type is not None else read_type(flow)
    atlas = Atlas(flow, flow_id, flows or {})
    stepper = Stepper(atlas)
    walked = walk(atlas, stepper, told, progress or (lambda _states: None))
    historian = Historian(atlas)
    coverage = Coverage(atlas, walked, stepper)
    loops = LoopFinder(atlas, walked, historian, kind)
    return Exploration(
        actions=len(flow.actions),
        reached=tuple(action.identifier for action in flow.actions if action.identifier in coverage.reached),
        unreachable=tuple(coverage.list_unreachable()),
        branches=len(coverage.branches),
        covered=len(coverage.covered),
        uncovered=tuple(branch for branch in coverage.branches if branch not in coverage.covered),
        dead_ends=(*_list_dead_ends(atlas, walked, historian), *_list_lost_modules(atlas, walked, historian, kind)),
        endless_loops=tuple(loops.list_endless()),
        silences=tuple(SilenceFinder(atlas, walked, historian, kind).list_silences(loops)),
        states=len(walked.nodes),
        bounded=tuple(_list_bounds(walked, told)),
    )


def _list_dead_ends(atlas: Atlas, walked: Walk, historian: Historian) -> Iterator[DeadEnd]:
    if not walked.nodes:
        missing = atlas.flow.start_action
        why = f"the flow starts with {missing!r}, which is no action of it"
        yield DeadEnd(missing, "", "StartAction", why, Witness(()))
    seen: set[tuple[str, str]] = set()
    for index, node in enumerate(walked.nodes):
        for way, _target in node.edges:
            place, branch = way.returned or (node.state.place, way.branch)
            spot = atlas.spot(place)
            told = (place.action_id, branch)
            if way.end != "dead end" or spot is None or not atlas.is_explored(place) or told in seen:
                continue
            seen.add(told)
            witness = historian.tell([*walked.path(index), (node.state, way)])
            yield DeadEnd(place.action_id, spot.action.type, branch, way.why, witness)


def _list_lost_modules(atlas: Atlas, walked: Walk, historian: Historian, kind: str) -> Iterator[DeadEnd]:
    """Yield where a module that never returns ends: the flow that invoked it is never gone on with."""
    if kind != MODULE or any(action.type == "EndFlowModuleExecution" for action in atlas.flow.actions):
        return
    seen: set[str] = set()
    for index, node in enumerate(walked.nodes):
        place = node.state.place
        spot = atlas.spot(place)
        if spot is None or spot.action.type != "EndFlowExecution" or not atlas.is_explored(place):
            continue
        if place.action_id not in seen:
            seen.add(place.action_id)
            why = "the module ends without EndFlowModuleExecution: the flow that invoked it never goes on"
            witness = historian.tell([*walked.path(index), (node.state, node.edges[0][0])])
            yield DeadEnd(place.action_id, spot.action.type, "Terminal", why, witness)


def _list_bounds(walked: Walk, bounds: Bounds) -> Iterator[str]:
    if walked.widened:
        yield (
            f"more than {bounds.max_states} states: from there on values were forgotten, and findings marked as "
            "uncertain may be impossible"
        )
    if walked.stopped:
        yield f"stopped at {HARD_LIMIT * bounds.max_states} states: actions told as unreachable may be reachable"
