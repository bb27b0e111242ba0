"""Flows as Mermaid text."""

from __future__ import annotations

import re

from contactflow.draw import draw_mermaid
from tests.flows.draw.picture import act, make_flow

FLOW = make_flow(
    act(
        "ask",
        "GetParticipantInput",
        when={"1": "queue", "2": "ask"},
        errors={"NoMatchingError": "end"},
        Text="Press 1.",
    ),
    act("queue", "TransferContactToQueue", errors={"QueueAtCapacity": "end"}),
    act("end", "DisconnectParticipant"),
)


def lines(**options: object) -> list[str]:
    return draw_mermaid(FLOW, title="Shop", **options).splitlines()  # type: ignore[arg-type]


def test_every_action_is_a_node_of_its_shape() -> None:
    text = lines()
    assert "flowchart LR" in text
    assert 'n0("Ask<br/>“Press 1.”"):::participant' in text
    assert 'n1(["To queue"]):::terminate' in text


def test_every_way_is_an_arrow_and_errors_are_dotted() -> None:
    text = lines()
    assert 'n0 -->|"1"| n1' in text
    assert 'n0 -->|"2"| n0' in text
    assert 'n0 -.->|"error"| n2' in text


def test_untested_actions_have_their_class_and_ways_their_counts() -> None:
    text = lines(coverage={"actions": {"ask": 2}, "branches": {"ask": {"1": 0, "2": 2}}})
    assert 'n1(["To queue · 0×"]):::uncovered' in text
    assert 'n0 -->|"2 2"| n0' in text


def test_call_is_numbered_and_its_arrows_marked() -> None:
    text = lines(path=["ask", "ask", "queue"])
    assert 'n0("(1, 2)<br/>Ask<br/>“Press 1.”"):::participant' in text
    assert "class n0 visited" in text
    assert "linkStyle 0,1 stroke:#e0440e,stroke-width:3px" in text


def test_hostile_words_stay_words() -> None:
    flow = make_flow(act("a", Text='"]; click n0 href "javascript:alert(1)" <script>`|'), act("b"))
    node = next(line for line in draw_mermaid(flow, title='x"\n---\nflowchart').splitlines() if line.startswith("n0"))
    assert re.fullmatch(r'n0\("[^"<>`|]*<br/>[^"<>`|]*"\):::participant', node)
