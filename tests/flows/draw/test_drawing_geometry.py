"""Nothing in a picture covers anything else, and every way of the flow is in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from contactflow.model import Flow
from tests.flows.draw.geometry import check_picture
from tests.flows.draw.picture import act, make_flow
from tests.flows.sample import compiled

PUBLISHED = Path(__file__).parents[4] / "shared" / "data" / "flows"
PUBLISHED_FLOWS = sorted(PUBLISHED.glob("*.json")) if PUBLISHED.is_dir() else []
NEVER_TESTED: dict[str, Any] = {"actions": {}, "branches": {}}
MANNERS: tuple[dict[str, Any], ...] = (
    {},
    {"fold": False},
    {"language": "ko", "coverage": NEVER_TESTED},
)
LONG = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 4
WIDE = "고객님의 전화를 상담원에게 연결해 드리겠습니다 " * 8


@pytest.mark.shared
@pytest.mark.skipif(not PUBLISHED_FLOWS, reason=f"no published flows in {PUBLISHED}")
@pytest.mark.parametrize("manner", MANNERS, ids=["folded", "unfolded", "covered"])
@pytest.mark.parametrize("path", PUBLISHED_FLOWS or [None], ids=lambda path: path.stem[:60] if path else "none")
def test_published_flow_is_drawn_without_overlaps(path: Path, manner: dict[str, Any]) -> None:
    check_picture(Flow.parse(path.read_text(encoding="utf-8")), **manner)


@pytest.mark.parametrize("manner", MANNERS, ids=["folded", "unfolded", "covered"])
@pytest.mark.parametrize("name", sorted(compiled()))
def test_compiled_flow_is_drawn_without_overlaps(name: str, manner: dict[str, Any]) -> None:
    check_picture(compiled()[name], **manner)


@pytest.mark.parametrize("manner", MANNERS, ids=["folded", "unfolded", "covered"])
@pytest.mark.parametrize("text", [LONG, WIDE, "😀" * 90, "ﷺ" * 50, "W" * 300, "i" * 300])
def test_words_of_any_length_stay_in_their_box(text: str, manner: dict[str, Any]) -> None:
    check_picture(
        make_flow(
            act("say", then="set", errors={text: "ask"}, Text=text),
            act(
                "set",
                "UpdateContactAttributes",
                then="call",
                Attributes={text: text, "b": text, "c": "", "d": 1, "e": 2},
            ),
            act("call", "InvokeLambdaFunction", then="ask", LambdaFunctionARN=text),
            act("ask", "GetParticipantInput", when={text: "new", f"2{text}": "set"}, errors={text: "gone"}, Text=text),
            act("new", text, then="gone", Anything=text),
        ),
        **manner,
    )


def test_every_way_back_is_drawn() -> None:
    picture = check_picture(
        make_flow(
            act("a", "GetParticipantInput", when={"1": "b", "2": "c", "9": "a"}, Text="Menu"),
            act("b", when={"1": "a"}, then="c"),
            act("c", then="b", errors={"NoMatchingError": "a"}),
        )
    )
    for source, target in (("a", "a"), ("b", "a"), ("c", "b"), ("c", "a")):
        assert "cf-line-repeat" in picture.line_of(source, target).get("class", "")
    assert "cf-line-repeat" not in picture.line_of("a", "b").get("class", "")


@pytest.mark.parametrize(
    "actions",
    [
        [act("only", "DisconnectParticipant")],
        [act("self", then="self")],
        [act("a", then="b"), act("b", then="a"), act("c", then="d"), act("d", then="c")],
        [act("a", then="nowhere", errors={"NoMatchingError": "nowhere either"})],
        [act(f"step {index}", then=f"step {index + 1}") for index in range(249)] + [act("step 249")],
        [act("hub", "Compare", when={str(index): f"leaf {index}" for index in range(60)}, ComparisonValue="$.A.b")]
        + [act(f"leaf {index}") for index in range(60)],
    ],
    ids=["one", "self", "two rings", "dangling", "chain of 250", "fan of 60"],
)
@pytest.mark.parametrize("manner", MANNERS, ids=["folded", "unfolded", "covered"])
def test_odd_flows_are_drawn(actions: list[dict[str, Any]], manner: dict[str, Any]) -> None:
    check_picture(make_flow(*actions), **manner)


def test_start_that_does_not_exist_is_shown_as_missing() -> None:
    picture = check_picture(make_flow(act("a"), start="nobody"))
    assert "cf-missing" in picture.cards()["nobody"].get("class", "")
    assert "cf-unreachable" in picture.cards()["a"].get("class", "")
