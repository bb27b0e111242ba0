"""Text is measured and broken so that it fits."""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis import given

from contactflow.draw.measure import fit, text_width, wrap


def test_wide_characters_count_a_full_em() -> None:
    assert text_width("한국어", 10) >= 30
    assert text_width("한", 10) > text_width("a", 10)


def test_line_breaks_at_spaces_and_between_wide_characters() -> None:
    assert wrap("press one for orders", 60, 11, 5) == ["press one", "for orders"]
    assert wrap("주문은 일번 결제는 이번", 50, 11, 5) == ["주문은", "일번 결", "제는 이", "번"]


def test_rest_of_a_long_text_ends_in_an_ellipsis() -> None:
    lines = wrap("one two three four five six seven", 50, 11, 2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")


@given(st.text(max_size=200), st.floats(30, 300), st.integers(1, 4))
def test_no_line_is_wider_than_its_room(text: str, width: float, most_lines: int) -> None:
    lines = wrap(text, width, 11, most_lines)
    assert len(lines) <= most_lines
    assert all(text_width(line, 11) <= width for line in lines)
    assert text_width(fit(text, width, 11), 11) <= width


@given(st.text(alphabet="abc d", max_size=60))
def test_nothing_is_lost_where_there_is_room(text: str) -> None:
    lines = wrap(text, 80, 11, 1000)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_text_of_a_million_characters_is_cut_like_any_other() -> None:
    assert wrap("x" * 1_000_000, 50, 11, 2) == wrap("x" * 100, 50, 11, 2)
    assert fit("x" * 1_000_000, 50, 11) == fit("x" * 100, 50, 11)
