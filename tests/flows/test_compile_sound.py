"""What is compiled lints clean and explores without dead ends, endless loops or silences, whatever is described."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from contactflow.compile import IvrDocument, IvrResources, Offer, Recorded, Ssml, ToAnswer, compile_ivr
from contactflow.explore import explore_flow
from contactflow.lint import lint_flow
from contactflow.model import Flow
from tests.flows.sample import DOCUMENT, RESOURCES, SERVICES, TECHNICAL, both, waiting

OFFERS = (Offer("callback", 45, both("callback?"), "1"), Offer("voicemail", 130, both("voicemail?"), "2"))
EVERYTHING = replace(
    waiting(music="hold_music", position=both("{position}"), expected_wait=both("{minutes}"), offers=OFFERS),
    after_closed=ToAnswer("balance"),
)
SLOW_MENU = replace(SERVICES.menus[0], interruptible=False)
LISTENING_MENU = replace(SERVICES.menus[0], speech=True)
PLACES = {"queues": {"orders": "${queue.orders}", "technical": "${queue.technical}", "muscle_cars": "${queue.muscle}"}}


SAID = {"en": Ssml("<speak>Hello</speak>"), "ko": Recorded("hello")}
SMALL = replace(EVERYTHING, languages=EVERYTHING.languages[:1], language_menu=None, announcements=False)


def variants() -> Iterator[tuple[str, IvrDocument, IvrResources]]:
    yield "plain", DOCUMENT, RESOURCES
    yield "everything", EVERYTHING, RESOURCES
    yield "one language, no announcements, always open", SMALL, replace(RESOURCES, hours=None)
    yield "played to the end", replace(SERVICES, menus=(SLOW_MENU, TECHNICAL), greeting=SAID, closed=SAID), RESOURCES
    yield "listening", replace(SERVICES, menus=(LISTENING_MENU, TECHNICAL)), replace(RESOURCES, bot_alias="${bot}")


def flows_of(document: IvrDocument, resources: IvrResources) -> dict[str, tuple[str, Flow]]:
    return {flow.name: (flow.type, flow.parse()) for flow in compile_ivr(document, replace(resources, **PLACES))}


@pytest.mark.parametrize(
    ("document", "resources"), [(d, r) for _, d, r in variants()], ids=[n for n, _, _ in variants()]
)
def test_compiled_flows_lint_clean_and_leave_no_caller_stranded(document: IvrDocument, resources: IvrResources) -> None:
    flows = flows_of(document, resources)
    known = {f"arn:flow:{name}": flow for name, (_, flow) in flows.items()}
    known |= {f"arn:module:{name}": flow for name, (_, flow) in flows.items()}
    for flow_type, flow in flows.values():
        findings = lint_flow(flow, flows=known, flow_type=flow_type, complete=True)
        assert [str(finding) for finding in findings if finding.rule != "hard-coded-number"] == []
        explored = explore_flow(flow, flows=known, flow_type=flow_type)
        assert set(explored.reached) == set(flow.by_identifier)
        assert (list(explored.dead_ends), list(explored.endless_loops), list(explored.silences)) == ([], [], [])
