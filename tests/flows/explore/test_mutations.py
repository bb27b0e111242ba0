"""Flows with branches bent and cut at random: everything is accounted for, and every finding can be walked."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest

from contactflow.explore import Bounds, Exploration, explore_flow
from contactflow.model import Flow
from tests.flows.explore.test_honesty import CENTRE, check_findings

JUNK: tuple[Any, ...] = (None, 1, [], {}, "", "$.External.a", ["a"], {"a": 1}, True, "$.Attributes.x y $.Lex.Slots.z")


def bend(flow: Flow, random: Random) -> dict[str, Any]:
    """Return a flow some of whose branches lead elsewhere, nowhere, or are gone."""
    document = flow.serialise()
    targets = [*flow.by_identifier, "gone"]
    for action in document["Actions"]:
        transitions = action.get("Transitions", {})
        for branch in (*transitions.get("Conditions", ()), *transitions.get("Errors", ())):
            if random.random() < 0.1:
                branch["NextAction"] = random.choice(targets)
        if random.random() < 0.03:
            transitions.pop("Errors", None)
    return document


def spoil(document: dict[str, Any], random: Random) -> dict[str, Any]:
    """Replace parameters by values of the wrong type."""
    for action in document["Actions"]:
        for name in action.get("Parameters", {}):
            if random.random() < 0.2:
                action["Parameters"][name] = random.choice(JUNK)
    return document


def check_accounts(flow: Flow, found: Exploration) -> None:
    reported = {entry.action for entry in found.unreachable}
    assert set(found.reached) | reported == set(flow.by_identifier)
    assert not set(found.reached) & reported
    assert found.covered + len(found.uncovered) == found.branches


def certain(found: Exploration) -> Exploration:
    """Return the findings whose way is known to be possible."""

    def keep(entries: Any) -> Any:
        return tuple(entry for entry in entries if entry.witness.certain)

    return replace(
        found,
        dead_ends=keep(found.dead_ends),
        endless_loops=keep(found.endless_loops),
        silences=keep(found.silences),
    )


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("name", sorted(CENTRE))
def test_findings_in_a_bent_flow_are_where_their_witness_leads(name: str, seed: int) -> None:
    flow = Flow.parse(bend(CENTRE[name], Random(seed)))
    found = explore_flow(flow, bounds=Bounds(4000))
    check_accounts(flow, found)
    check_findings(flow, certain(found), {})


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("name", sorted(CENTRE))
def test_parameters_of_the_wrong_type_are_survived(name: str, seed: int) -> None:
    random = Random(seed)
    flow = Flow.parse(spoil(bend(CENTRE[name], random), random))
    check_accounts(flow, explore_flow(flow, bounds=Bounds(1000)))
