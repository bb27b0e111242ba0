"""From a transcript to what is kept of a conversation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from trunkline.conversations.categories import find_categories
from trunkline.conversations.measures import ConversationMeasures, measure_conversation
from trunkline.conversations.redaction import redact_words
from trunkline.conversations.segments import Segment, split_segments
from trunkline.conversations.transcript import Transcript


@dataclass(frozen=True)
class ConversationAnalysis:
    """What is kept of a conversation; nothing in it tells a card, an address or a number.

    Parameters
    ----------
    language
        Language code of the centre, such as ``ko``.
    locale
        Locale that was transcribed, such as ``ko-KR``.
    segments
        Redacted turns in order of time.
    measures
        Measured before redaction.
    categories
        Categories of the centre.
    redactions
        How often each kind of personal data was taken out.
    """

    language: str
    locale: str
    segments: tuple[Segment, ...]
    measures: ConversationMeasures
    categories: tuple[str, ...]
    redactions: Mapping[str, int]


def analyse_transcript(transcript: Transcript, center: Mapping[str, Any]) -> ConversationAnalysis:
    """Redact, measure and categorise a conversation.

    Parameters
    ----------
    transcript
        What was said.
    center
        The centre's document: its languages and ``analysis.categories``.
    """
    language, locale = _choose_language(transcript.locale, center["languages"])
    redacted = [redact_words(words) for words in transcript.by_speaker().values()]
    segments = split_segments(word for each in redacted for word in each.words)
    said = [" ".join(word.text for word in each.words) for each in redacted]
    categories = center.get("analysis", {}).get("categories", {})
    return ConversationAnalysis(
        language=language,
        locale=locale,
        segments=tuple(segments),
        measures=measure_conversation(split_segments(transcript.words)),
        categories=tuple(find_categories(said, language, categories)),
        redactions=dict(sum((each.counts for each in redacted), Counter())),
    )


def describe_analysis(analysis: ConversationAnalysis, contact_id: str, analysed_at: str) -> dict[str, Any]:
    """Return the analysis as it is stored, the published shape of ``analyses/<contact id>.json``."""
    return {
        "contact_id": contact_id,
        "analysed_at": analysed_at,
        "language": analysis.language,
        "locale": analysis.locale,
        "segments": [asdict(segment) for segment in analysis.segments],
        "measures": asdict(analysis.measures),
        "categories": list(analysis.categories),
        "redactions": dict(analysis.redactions),
    }


def summarise_analysis(analysis: ConversationAnalysis) -> dict[str, Any]:
    """Return what the contact's item ``part=analysis`` holds of it, for the workflow's next step.

    ``categories`` come as DynamoDB attribute values, because a workflow cannot make them of a list.
    """
    measures = analysis.measures
    return {
        "language": analysis.language,
        "talk_seconds_customer": measures.talk_seconds_customer,
        "talk_seconds_agent": measures.talk_seconds_agent,
        "silence_seconds": measures.silence_seconds,
        "interruptions": measures.interruptions,
        "categories": _to_attributes(analysis.categories),
    }


def _to_attributes(names: Sequence[str]) -> list[dict[str, str]]:
    return [{"S": name} for name in names]


def _choose_language(locale: str, languages: Mapping[str, Mapping[str, Any]]) -> tuple[str, str]:
    for code, language in languages.items():
        if language["locale"] == locale:
            return code, locale
    code = locale.split("-", maxsplit=1)[0]
    if code in languages:
        return code, locale
    first, language = next(iter(languages.items()))
    return first, str(language["locale"])
