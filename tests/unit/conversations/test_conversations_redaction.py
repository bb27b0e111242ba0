"""No card number, address or telephone number survives, however it was spoken."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trunkline.conversations.digits import passes_luhn
from trunkline.conversations.redaction import redact_text, redact_words
from trunkline.conversations.transcript import Word

SHARED_TEXTS = Path(__file__).parents[4] / "shared/data/pii/synth_dataset_v2.json"


@pytest.mark.parametrize(
    ("spoken", "kept"),
    [
        ("My card is 4111111111111111.", "My card is [card number]."),
        ("It's 4111 1111 1111 1111, thanks", "It's [card number], thanks"),
        ("4111-1111-1111-1111 12 27 123", "[card number]"),
        ("4111 1111 1111 1111, 12 27 and 123", "[card number] and 123"),
        ("3782 822463 10005", "[card number]"),
        ("four one one one one one one one one one one one one one one one", "[card number]"),
        ("카드 번호는 사 일 일 일 일일일일 일일일일 일일일일 입니다", "카드 번호는 [card number] 입니다"),
        ("4111 1111 1111 1112", "[number]"),
        ("call 555-010-0199 now", "call [phone number] now"),
        ("+82 10-5555-0101이에요", "[phone number]이에요"),
        ("five five five, zero one zero one", "[phone number]"),
        ("공일공 오오오오 공일공일", "[phone number]"),
        ("mail ann.lee+parts@example.co.kr please", "mail [e-mail] please"),
        ("ann at example dot com", "[e-mail]"),
    ],
)
def test_personal_data_is_replaced(spoken: str, kept: str) -> None:
    assert redact_text(spoken) == kept


@pytest.mark.parametrize(
    "harmless",
    [
        "It has not arrived since 2026-11-21.",
        "for 1970 1971 models",
        "order R-1042 and part 3880512",
        "that is 1250 dollars",
        "that is 1,250,000 dollars",
        "in 1969, 1970, 1971",
        "one or two parts at home",
        "이 부품은 일 년 됐어요",
        "open at seven",
    ],
)
def test_other_numbers_stay(harmless: str) -> None:
    assert redact_text(harmless) == harmless


def test_number_that_is_read_in_groups_with_pauses_is_one_finding() -> None:
    words = [
        Word("customer", text, start, start + 1, 0.9)
        for text, start in (("It's", 0), ("4111", 2), ("1111", 6), ("1111", 10), ("1111.", 14), ("Okay?", 16))
    ]
    redaction = redact_words(words)
    assert [word.text for word in redaction.words] == ["It's", "[card number].", "Okay?"]
    assert (redaction.words[1].start_seconds, redaction.words[1].end_seconds) == (2, 15)
    assert redaction.counts == {"card_number": 1}


def test_two_findings_in_one_word_are_both_replaced() -> None:
    assert redact_text("a@example.com/b@example.com") == "[e-mail]/[e-mail]"


@settings(deadline=None)
@given(st.integers(10**14, 10**15 - 1), st.sampled_from(["{}", "x {} y", "{}.", "card: {}, ok"]))
def test_every_card_number_goes(account: int, sentence: str) -> None:
    number = next(f"{account}{check}" for check in range(10) if passes_luhn(f"{account}{check}"))
    grouped = " ".join(re.findall(r"\d{4}", number))
    for spoken in (number, grouped):
        assert not re.search(r"\d{4}", redact_text(sentence.format(spoken)))


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_redacted_and_nothing_is_left_to_redact(text: str) -> None:
    redacted = redact_text(text)
    assert redact_text(redacted) == redacted


@pytest.mark.shared
@pytest.mark.skipif(not SHARED_TEXTS.exists(), reason="the measuring data is not beside the project")
def test_marked_personal_data_of_a_public_set_is_found() -> None:
    kinds = ("CREDIT_CARD", "PHONE_NUMBER", "EMAIL_ADDRESS")
    marked = [
        (" ".join(span["entity_value"].split()), text["full_text"])
        for text in json.loads(SHARED_TEXTS.read_text(encoding="utf-8"))
        for span in text["spans"]
        if span["entity_type"] in kinds
    ]
    left = [value for value, text in marked if value in redact_text(text)]
    assert len(marked) == 136 + 92 + 49
    assert left == []
