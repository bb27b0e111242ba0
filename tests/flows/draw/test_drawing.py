"""What a picture tells: kinds, words, folding, tests, a call, and to whom."""

from __future__ import annotations

import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest

from contactflow.draw import OverlayError, draw_svg
from contactflow.model import Flow
from tests.flows.draw.picture import NAMESPACE, Picture, act, make_flow, text_lines
from tests.flows.sample import compiled

SHOP = make_flow(
    act("log", "UpdateFlowLoggingBehavior", then="hello", FlowLoggingBehavior="Enabled"),
    act("hello", then="who", errors={"NoMatchingError": "who"}, Text="Welcome to the shop."),
    act("who", "InvokeLambdaFunction", then="menu", errors={"NoMatchingError": "sorry"},
        LambdaFunctionARN="arn:aws:lambda:us-east-1:123456789012:function:identify_caller:live"),
    act("menu", "GetParticipantInput", when={"1": "orders", "2": "closed"},
        errors={"InputTimeLimitExceeded": "again", "NoMatchingCondition": "again", "NoMatchingError": "sorry"},
        Text="For an order, press 1."),
    act("again", "Loop", when={"ContinueLooping": "menu", "DoneLooping": "orders"}, LoopCount="2"),
    act("orders", "UpdateContactTargetQueue", then="queue", errors={"NoMatchingError": "sorry"},
        QueueId="${queue.orders}"),
    act("queue", "TransferContactToQueue", errors={"QueueAtCapacity": "sorry"}),
    act("closed", then="end", Text="We are closed."),
    act("sorry", then="end", Text="Please try again later."),
    act("end", "DisconnectParticipant"),
)  # fmt: skip


def draw(flow: Flow = SHOP, **options: object) -> Picture:
    return Picture.read(draw_svg(flow, title="Shop", **options))  # type: ignore[arg-type]


def classes(element: ET.Element) -> set[str]:
    return set(element.get("class", "").split())


@pytest.mark.parametrize(
    ("action", "kind", "words"),
    [
        ("hello", "participant", ["Say", "“Welcome to the shop.”"]),
        ("log", "setting", ["Set logging", "Enabled"]),
        ("again", "branch", ["Repeat", "2 ×"]),
        ("who", "integration", ["Function", "identify_caller"]),
        ("queue", "terminate", ["To queue"]),
        ("orders", "setting", ["Set queue", "orders"]),
    ],
)
def test_card_tells_kind_and_content(action: str, kind: str, words: list[str]) -> None:
    card = draw().cards()[action]
    assert f"cf-{kind}" in classes(card)
    assert text_lines(card) == words


def test_picture_speaks_korean() -> None:
    card = draw(language="ko").cards()["hello"]
    assert text_lines(card) == ["말하기", "“Welcome to the shop.”"]


def test_keys_and_silence_are_told_at_the_way_out() -> None:
    picture = draw()
    rows = [" ".join(text_lines(row)) for row in picture.of_class("cf-row")]
    assert {"1", "2", "silence · otherwise", "again"} <= set(rows)


def test_error_ways_to_a_place_that_many_lead_to_are_told_by_name() -> None:
    picture = draw()
    jump = picture.line_of("who", "sorry")
    assert "cf-row-jump" in classes(jump)
    assert text_lines(jump) == ["error ↪ Say “Please try again later.”"]
    assert "cf-row-jump" not in classes(draw(fold=False).line_of("who", "sorry"))


def test_error_way_of_its_own_is_a_faint_line() -> None:
    flow = make_flow(
        act("a", then="b", errors={"NoMatchingError": "c"}), act("b", then="d"), act("c", then="d"), act("d")
    )
    assert "cf-line-error" in classes(draw(flow).line_of("a", "c"))
    assert "cf-line-way" in classes(draw(flow).line_of("a", "b"))


def test_what_always_follows_shares_a_box() -> None:
    together = [[card.get("data-action") for card in draw().of_class("cf-card", box)] for box in draw().boxes()]
    assert ["log", "hello", "who"] in together
    assert all(len(draw(fold=False).of_class("cf-card", box)) == 1 for box in draw(fold=False).boxes())


def test_languages_of_one_step_share_a_box() -> None:
    flow = make_flow(
        act("language", "Compare", then="en", when={"en": "en", "ko": "ko"}, ComparisonValue="$.Attributes.language"),
        act("en", then="end", Text="Goodbye."),
        act("ko", then="end", Text="안녕히 계세요."),
        act("end", "DisconnectParticipant"),
    )
    picture = draw(flow)
    assert len(picture.boxes()) == 1
    assert text_lines(picture.line_of("language", "ko")) == ["ko"]


def test_optional_step_shares_the_box_of_its_condition() -> None:
    flow = make_flow(
        act("vip", "Compare", then="go", when={"true": "first"}, ComparisonValue="$.External.vip"),
        act("first", "UpdateContactRoutingBehavior", then="go", QueuePriority="1"),
        act("go", "TransferContactToQueue"),
    )
    assert len(draw(flow).boxes()) == 1


def test_box_that_others_enter_is_not_folded() -> None:
    flow = make_flow(
        act("a", "Compare", then="b", when={"1": "c"}, ComparisonValue="x"),
        act("b", then="c"),
        act("c", then="d"),
        act("d", "Compare", then="e", when={"1": "c"}, ComparisonValue="y"),
        act("e", "DisconnectParticipant"),
    )
    picture = draw(flow)
    boxes = [[card.get("data-action") for card in picture.of_class("cf-card", box)] for box in picture.boxes()]
    assert ["c", "d"] in boxes


def test_untested_actions_and_branches_are_red_and_tested_ones_counted() -> None:
    coverage = {
        "actions": {"log": 3, "hello": 3, "who": 3, "menu": 3, "orders": 2},
        "branches": {
            "menu": {"1": 2, "2": 0, "InputTimeLimitExceeded": 0, "NoMatchingCondition": 0, "NoMatchingError": 1},
        },
    }
    picture = draw(coverage=coverage)
    assert "cf-uncovered" in classes(picture.cards()["closed"])
    assert "cf-uncovered" not in classes(picture.cards()["menu"])
    assert text_lines(picture.cards()["menu"])[-1] == "3×"
    assert "cf-line-uncovered" in classes(picture.line_of("menu", "closed"))
    assert "cf-line-uncovered" not in classes(picture.line_of("menu", "orders"))
    rows = [text_lines(row) for row in picture.of_class("cf-row")]
    assert ["1", "2"] in rows
    assert ["2", "0"] in rows
    assert "2 of 5 branches tested" in " ".join(text_lines(picture.root))


@pytest.mark.parametrize(
    "coverage", [{}, {"actions": [], "branches": {}}, {"actions": {}, "branches": {"a": {"b": "many"}}}]
)
def test_coverage_of_another_shape_is_refused(coverage: dict[str, object]) -> None:
    with pytest.raises(OverlayError, match="write the coverage again"):
        draw(coverage=coverage)


def test_call_is_numbered_and_its_way_marked() -> None:
    path = ["log", "hello", "who", "menu", "again", "menu", "orders", "queue"]
    picture = draw(path=path)
    numbers = {name: text_lines(card)[-1] for name, card in picture.cards().items() if "cf-visited" in classes(card)}
    assert numbers == {"log": "1", "hello": "2", "who": "3", "menu": "4,6", "again": "5", "orders": "7", "queue": "8"}
    assert "cf-taken" in classes(picture.line_of("again", "menu"))
    assert "cf-taken" not in classes(picture.line_of("menu", "closed"))


def test_call_with_steps_of_another_flow_is_drawn() -> None:
    picture = draw(path=["elsewhere", "log", "gone"])
    assert "cf-visited" in classes(picture.cards()["log"])


def test_picture_is_accessible() -> None:
    root = draw().root
    assert (root.get("role"), root.get("aria-label"), root.get("lang")) == ("img", "Shop", "en")
    assert root[0].tag == f"{NAMESPACE}title"
    assert root[0].text == "Shop"
    assert root[1].tag == f"{NAMESPACE}desc"
    assert "10 actions" in (root[1].text or "")


def test_picture_has_light_and_dark_colours() -> None:
    style = "".join(element.text or "" for element in draw().root.iter(f"{NAMESPACE}style"))
    assert "prefers-color-scheme:dark" in style
    assert "[data-theme=dark]" in style


def test_tooltip_tells_what_was_shortened_and_where_it_comes_from() -> None:
    long = "Please hold. " * 40
    flow = make_flow(act("a", Text=long))
    picture = draw(flow, sources={"a": "callcenter.yaml:31 ivr.greeting.en"})
    tooltip = picture.cards()["a"].findtext(f"{NAMESPACE}title") or ""
    assert long.strip() in tooltip
    assert "callcenter.yaml:31" in tooltip


@pytest.mark.parametrize(
    "hostile",
    [
        "</text></svg><script>alert(1)</script>",
        '" onload="alert(1)',
        "]]>&lt;&#x0;",
        "\x00\x08\x1b[31m\ufffe\ud800",
        "<!ENTITY x SYSTEM 'file:///etc/passwd'>&x;",
        "\u202ereversed",
        "${jndi:ldap://x}",
    ],
)
def test_hostile_words_stay_words(hostile: str) -> None:
    flow = make_flow(
        act(hostile, "Compare", when={hostile: "b"}, errors={hostile: "b"}, ComparisonValue=hostile),
        act("b", hostile, then=hostile, Text=hostile, **{"Attributes": {hostile: hostile}}),
    )
    picture = Picture.read(
        draw_svg(
            flow,
            title=hostile,
            path=[hostile, "b"],
            sources={hostile: hostile},
            coverage={"actions": {}, "branches": {}},
        )
    )
    tags = {element.tag.removeprefix(NAMESPACE) for element in picture.root.iter()}
    assert tags <= {"svg", "title", "desc", "style", "defs", "pattern", "g", "path", "rect", "text"}
    assert not any(name.startswith("on") for element in picture.root.iter() for name in element.attrib)


def test_same_flow_gives_the_same_bytes_in_every_process() -> None:
    program = (
        "from tests.flows.sample import compiled; from contactflow.draw import draw_mermaid, draw_svg; import hashlib;"
        "flow = compiled()['inbound'];"
        "print(hashlib.sha256((draw_svg(flow, title='x') + draw_mermaid(flow, title='x')).encode()).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(runs) == 1
    assert draw_svg(compiled()["inbound"], title="x") == draw_svg(compiled()["inbound"], title="x")


def test_coverage_that_is_no_object_is_refused() -> None:
    with pytest.raises(OverlayError, match="is not an object"):
        draw_svg(SHOP, title="Shop", coverage=5)  # type: ignore[arg-type]
