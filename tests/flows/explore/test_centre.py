"""The sample call centre, as it is compiled from its file: nothing wrong, and every way in it can be walked."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.flow.inputs import FlowFile, read_flows
from cli.flow.known_flows import find_flows
from contactflow.explore import explore_flow
from tests.flows.explore.test_honesty import check_ways

FILES = read_flows([Path(__file__).parents[3] / "callcenter.yaml"])
FLOWS = find_flows(FILES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_sample_centre_has_no_dead_end_no_endless_loop_and_no_silence(file: FlowFile) -> None:
    assert file.flow is not None
    found = explore_flow(file.flow, flows=FLOWS, flow_type=file.type)
    assert found.unreachable == ()
    assert (found.dead_ends, found.endless_loops, found.silences) == ((), (), ())
    assert found.bounded == ()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_branch_of_the_sample_centre_is_taken_as_told(file: FlowFile) -> None:
    assert file.flow is not None
    assert check_ways(file.flow, FLOWS) > 0
