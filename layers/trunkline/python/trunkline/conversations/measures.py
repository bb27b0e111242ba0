"""Measures of a conversation: who spoke how long, who was silent, who interrupted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trunkline.conversations.segments import Segment


@dataclass(frozen=True)
class ConversationMeasures:
    """How a conversation went, in seconds to the millisecond.

    The conversation lasts from the first word to the last; what comes before and after is not silence.

    Parameters
    ----------
    talk_seconds_customer, talk_seconds_agent
        Time in which each spoke: the sum of their segments.
    silence_seconds, longest_silence_seconds
        Time in which nobody spoke, and its longest stretch.
    overlap_seconds
        Time in which both spoke.
    interruptions
        Times that one began while the other was speaking and still spoke for half a second more.
    talk_ratio_agent
        Agent's share of the talk time of both, 0 to 1; ``None`` where nobody spoke.
    """

    talk_seconds_customer: float
    talk_seconds_agent: float
    silence_seconds: float
    longest_silence_seconds: float
    overlap_seconds: float
    interruptions: int
    talk_ratio_agent: float | None


_INTERRUPTION_SECONDS = 0.5
_Span = tuple[float, float]


def measure_conversation(segments: Sequence[Segment]) -> ConversationMeasures:
    """Measure a conversation.

    Parameters
    ----------
    segments
        What was said, in any order; the segments of one speaker do not overlap.

    Notes
    -----
    **Source**: Amazon Connect administrator guide, "Contact Lens output file" (TalkTime,
    NonTalkTime, Interruptions); the threshold of half a second is ours.
    """
    customer = [_span(each) for each in segments if each.speaker == "customer"]
    agent = [_span(each) for each in segments if each.speaker == "agent"]
    talk_customer, talk_agent = _total(customer), _total(agent)
    gaps = _find_gaps(sorted(_span(each) for each in segments))
    overlaps = [shared for mine in customer for other in agent if (shared := _overlap(mine, other)) > 0]
    talk = talk_customer + talk_agent
    return ConversationMeasures(
        talk_seconds_customer=round(talk_customer, 3),
        talk_seconds_agent=round(talk_agent, 3),
        silence_seconds=round(sum(gaps), 3),
        longest_silence_seconds=round(max(gaps, default=0.0), 3),
        overlap_seconds=round(sum(overlaps), 3),
        interruptions=_count_interruptions(customer, agent) + _count_interruptions(agent, customer),
        talk_ratio_agent=round(talk_agent / talk, 3) if talk else None,
    )


def _span(segment: Segment) -> _Span:
    return segment.start_seconds, segment.end_seconds


def _total(spans: Sequence[_Span]) -> float:
    return sum(end - start for start, end in spans)


def _overlap(one: _Span, other: _Span) -> float:
    return min(one[1], other[1]) - max(one[0], other[0])


def _find_gaps(spans: Sequence[_Span]) -> list[float]:
    gaps: list[float] = []
    heard_until = spans[0][0] if spans else 0.0
    for start, end in spans:
        if start > heard_until:
            gaps.append(start - heard_until)
        heard_until = max(heard_until, end)
    return gaps


def _count_interruptions(speaking: Sequence[_Span], interrupting: Sequence[_Span]) -> int:
    return sum(
        any(
            start < other[0] < end and _overlap((start, end), other) >= _INTERRUPTION_SECONDS for start, end in speaking
        )
        for other in interrupting
    )
