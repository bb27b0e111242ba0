"""Every way that an exploration tells of can be walked: the interpreter goes where the witness says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from contactflow.explore import DeadEnd, EndlessLoop, Exploration, Silence, Witness, explore_flow
from contactflow.explore.places import Atlas
from contactflow.explore.steps import Stepper
from contactflow.explore.walk import Bounds, walk
from contactflow.explore.witness import Historian
from contactflow.model import Flow
from contactflow.run import effects as fx
from tests.flows.explore.replay import Replay
from tests.flows.sample import compiled

PUBLISHED = Path(__file__).parents[4] / "shared" / "data" / "flows"
PUBLISHED_FLOWS = sorted(PUBLISHED.glob("*.json")) if PUBLISHED.is_dir() else []
CENTRE = compiled()
GIVEN = {f"arn:flow:{name}": flow for name, flow in CENTRE.items()}


def tell_every_way(flow: Flow, flows: Mapping[str, Flow]) -> Iterator[Witness]:
    """Yield a witness of every branch of every action that the walk takes, once."""
    atlas = Atlas(flow, "flow", flows)
    stepper = Stepper(atlas)
    walked = walk(atlas, stepper, Bounds())
    historian = Historian(atlas)
    told = set()
    for index, node in enumerate(walked.nodes):
        for way, _target in node.edges:
            if (node.state.place, way.branch, way.answer.words) not in told:
                told.add((node.state.place, way.branch, way.answer.words))
                yield historian.tell([*walked.path(index), (node.state, way)])


def check_ways(flow: Flow, flows: Mapping[str, Flow]) -> int:
    ways = [witness for witness in tell_every_way(flow, flows) if witness.certain]
    for witness in ways:
        Replay(flow, witness, flows).check()
    return len(ways)


def check_findings(flow: Flow, found: Exploration, flows: Mapping[str, Flow]) -> None:
    for end in found.dead_ends:
        check_dead_end(flow, end, flows)
    for loop in found.endless_loops:
        check_loop(flow, loop, flows)
    for silence in found.silences:
        check_silence(flow, silence, flows)


def check_dead_end(flow: Flow, end: DeadEnd, flows: Mapping[str, Flow]) -> None:
    replay = Replay(flow, end.witness, flows)
    replay.check()
    assert (replay.trace[-1].action_id, replay.trace[-1].branch) == (end.action, end.branch)
    lost = end.type == "EndFlowExecution"
    assert replay.last == (fx.End("ended") if lost else fx.Disconnect("no_next_action"))


def check_loop(flow: Flow, loop: EndlessLoop, flows: Mapping[str, Flow]) -> None:
    replay = Replay(flow, loop.witness, flows, rounds=3)
    replay.check()
    assert loop.witness.round
    assert not replay.session.over or (loop.kind == "spins" and replay.last == fx.Disconnect("endless"))


def check_silence(flow: Flow, silence: Silence, flows: Mapping[str, Flow]) -> None:
    replay = Replay(flow, silence.witness, flows, rounds=2)
    replay.check()
    if silence.kind == "cut off":
        assert isinstance(replay.last, fx.Disconnect | fx.End)
        assert replay.trace[-1].action_id == silence.action
    else:
        assert not isinstance(replay.last, fx.Say)


@pytest.mark.parametrize("name", sorted(CENTRE))
def test_every_branch_of_the_sample_centre_is_taken_as_told(name: str) -> None:
    assert check_ways(CENTRE[name], GIVEN) > 0


@pytest.mark.parametrize("name", sorted(CENTRE))
def test_findings_in_the_sample_centre_are_where_their_witness_leads(name: str) -> None:
    check_findings(CENTRE[name], explore_flow(CENTRE[name], flows=GIVEN), GIVEN)


@pytest.mark.shared
@pytest.mark.skipif(not PUBLISHED_FLOWS, reason="the published flows are not here")
@pytest.mark.parametrize("path", PUBLISHED_FLOWS, ids=lambda path: path.stem[-40:])
def test_every_branch_of_a_published_flow_is_taken_as_told(path: Path) -> None:
    flow = Flow.parse(path.read_text(encoding="utf-8"))
    check_ways(flow, {})


@pytest.mark.shared
@pytest.mark.skipif(not PUBLISHED_FLOWS, reason="the published flows are not here")
@pytest.mark.parametrize("path", PUBLISHED_FLOWS, ids=lambda path: path.stem[-40:])
def test_published_flow_is_reached_or_reported_and_its_findings_hold(path: Path) -> None:
    flow = Flow.parse(path.read_text(encoding="utf-8"))
    found = explore_flow(flow)
    reported = {entry.action for entry in found.unreachable}
    assert set(found.reached) | reported == set(flow.by_identifier)
    assert not set(found.reached) & reported
    assert found.bounded == ()
    check_findings(flow, found, {})
