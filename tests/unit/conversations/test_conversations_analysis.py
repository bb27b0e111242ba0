"""From Transcribe's output to turns, measures and categories."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflows.functions import CENTER
from trunkline.conversations.analysis import analyse_transcript, describe_analysis, summarise_analysis
from trunkline.conversations.categories import find_categories
from trunkline.conversations.measures import measure_conversation
from trunkline.conversations.segments import Segment, split_segments
from trunkline.conversations.transcript import Transcript, TranscriptError, Word, parse_transcript

SHARED_TRANSCRIPT = Path(__file__).parents[4] / "shared/data/transcripts/transcribe_channel_output.json"


def word(speaker: str, text: str, start: float, end: float) -> Word:
    return Word(speaker, text, start, end, 1.0)  # type: ignore[arg-type]


def segment(speaker: str, start: float, end: float) -> Segment:
    return Segment(speaker, start, end, "…", 1.0)  # type: ignore[arg-type]


def item(text: str, start: float | None = None, end: float | None = None) -> dict[str, Any]:
    best = [{"confidence": "0.5", "content": text}]
    if start is None:
        return {"alternatives": best, "type": "punctuation"}
    return {"start_time": str(start), "end_time": str(end), "alternatives": best, "type": "pronunciation"}


def test_channels_are_speakers_and_punctuation_belongs_to_its_word() -> None:
    channels = [
        {"channel_label": "ch_0", "items": [item("Hello", 1, 1.5), item(",")]},
        {"channel_label": "ch_1", "items": [item(".")]},
    ]
    transcript = parse_transcript({"results": {"language_code": "ko-KR", "channel_labels": {"channels": channels}}})
    assert transcript == Transcript("ko-KR", (Word("customer", "Hello,", 1.0, 1.5, 0.5),))


def test_recording_of_one_channel_has_unknown_speakers() -> None:
    transcript = parse_transcript({"results": {"items": [item("Hello", 1, 1.5)]}})
    assert transcript.words[0].speaker == "unknown"
    assert transcript.locale == ""


def test_most_likely_language_is_taken() -> None:
    candidates = [{"score": "0.2", "code": "en-US"}, {"score": "0.8", "code": "ko-KR"}]
    assert parse_transcript({"results": {"items": [], "language_identification": candidates}}).locale == "ko-KR"


@pytest.mark.parametrize("output", [None, [], {}, {"results": None}, {"results": {"items": [{"type": "x"}]}}])
def test_other_documents_are_refused(output: object) -> None:
    with pytest.raises(TranscriptError, match="not an output of Amazon Transcribe"):
        parse_transcript(output)


def test_pause_begins_a_segment() -> None:
    segments = split_segments([word("agent", "One", 0, 1), word("agent", "two", 1.5, 2), word("agent", "three", 3, 4)])
    assert [each.text for each in segments] == ["One two", "three"]


def test_answer_in_between_begins_a_segment() -> None:
    words = [
        word("agent", "Ready?", 0, 1),
        word("customer", "Yes.", 1.1, 1.4),
        word("agent", "Good.", 1.5, 2),
    ]
    assert [each.text for each in split_segments(words)] == ["Ready?", "Yes.", "Good."]


def test_word_over_another_does_not_break_the_turn() -> None:
    words = [word("agent", "Please", 0, 1), word("customer", "Mhm", 0.5, 1.2), word("agent", "wait", 1.0, 2)]
    assert [(each.speaker, each.text) for each in split_segments(words)] == [
        ("agent", "Please wait"),
        ("customer", "Mhm"),
    ]


def test_conversation_is_measured() -> None:
    measures = measure_conversation(
        [
            segment("agent", 2, 6),
            segment("customer", 5, 7),
            segment("agent", 10, 11),
            segment("customer", 13, 14),
        ]
    )
    assert (measures.talk_seconds_agent, measures.talk_seconds_customer) == (5, 3)
    assert (measures.silence_seconds, measures.longest_silence_seconds) == (5, 3)
    assert (measures.overlap_seconds, measures.interruptions) == (1, 1)
    assert measures.talk_ratio_agent == 0.625


def test_short_overlap_is_no_interruption() -> None:
    assert measure_conversation([segment("agent", 0, 2), segment("customer", 1.8, 4)]).interruptions == 0


def test_silence_all_along_has_no_ratio() -> None:
    measures = measure_conversation([])
    assert (measures.silence_seconds, measures.talk_ratio_agent) == (0, None)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["agent", "customer"]), st.integers(0, 50), st.integers(1, 5)), max_size=20))
def test_talk_overlap_and_silence_add_up_to_the_conversation(turns: list[tuple[str, int, int]]) -> None:
    words = []
    free = {"agent": 0, "customer": 0}
    for speaker, pause, length in turns:
        start = free[speaker] + pause
        free[speaker] = start + length
        words.append(word(speaker, "x", start, start + length))
    measures = measure_conversation(split_segments(words))
    lasted = max((each.end_seconds for each in words), default=0) - min(
        (each.start_seconds for each in words), default=0
    )
    talk = measures.talk_seconds_agent + measures.talk_seconds_customer
    assert talk - measures.overlap_seconds + measures.silence_seconds == pytest.approx(lasted)


def test_categories_follow_the_language_of_the_call() -> None:
    categories = {"refund": {"en": ["money back"], "ko": ["환불"]}, "late": {"en": ["late"]}}
    assert find_categories(["I want my Money back", "too late"], "en", categories) == ["refund", "late"]
    assert find_categories(["환불해 주세요"], "ko", categories) == ["refund"]
    assert find_categories(["환불해 주세요"], "en", categories) == []


def test_analysis_says_nothing_that_was_redacted() -> None:
    words = tuple(
        word("customer", text, index, index + 1)
        for index, text in enumerate(["refund", "to", "4111", "1111", "1111", "1111", "please"])
    )
    analysis = analyse_transcript(Transcript("en-US", words), CENTER)
    document = describe_analysis(analysis, "c-1", "2026-11-21T10:20:00Z")
    assert "4111" not in json.dumps(document)
    assert document["redactions"] == {"card_number": 1}
    assert document["measures"]["talk_seconds_customer"] == 7
    assert summarise_analysis(analysis)["categories"] == [{"S": "refund"}]


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("ko-KR", ("ko", "ko-KR")),
        ("en-GB", ("en", "en-GB")),
        ("", ("en", "en-US")),
        ("fr-FR", ("en", "en-US")),
    ],
)
def test_language_is_one_of_the_centre(locale: str, language: tuple[str, str]) -> None:
    analysis = analyse_transcript(Transcript(locale, ()), CENTER)
    assert (analysis.language, analysis.locale) == language


@pytest.mark.shared
@pytest.mark.skipif(not SHARED_TRANSCRIPT.exists(), reason="the measuring data is not beside the project")
def test_the_documented_output_is_read() -> None:
    transcript = parse_transcript(json.loads(SHARED_TRANSCRIPT.read_text(encoding="utf-8")))
    analysis = analyse_transcript(transcript, CENTER)
    assert [(each.speaker, each.text) for each in analysis.segments] == [
        ("customer", "I've been on hold for an hour."),
        ("agent", "Sorry about that."),
    ]
