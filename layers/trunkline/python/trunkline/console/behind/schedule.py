"""An agent's states against the shift, behind adherence. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from trunkline.console.behind.finding import Finding, Row, add_counts
from trunkline.console.questions import Question
from trunkline.contact.agent_states import AgentState
from trunkline.contact.moments import format_moment
from trunkline.metrics.adherence import ComparedSpan, Shift, compare_to_shift
from trunkline.metrics.figures import percent


def find_schedule(question: Question, states: Iterable[AgentState], shift: Shift, end: datetime) -> Finding:
    """Find the spans of a shift, cut where the agent's state changed.

    Parameters
    ----------
    states
        The agent's, of the span and up to a day before.
    shift
        The agent's.
    end
        Where the span ends as far as the agent's states are known.
    """
    spans = sorted(compare_to_shift(states, shift, question.span.start, end), key=lambda span: span.start)
    rows = [_show(span, question.member) for span in spans]
    counts = add_counts(question.definition.counters, rows)
    return Finding(
        value=percent(int(counts["adherent_seconds"]), int(counts["scheduled_seconds"])),
        counters=counts,
        counted=counts,
        lists={"spans": rows},
        notes={"end": format_moment(end)},
    )


def _show(span: ComparedSpan, username: str) -> Row:
    return {
        "agent": username,
        "planned": span.planned,
        "actual": span.actual,
        "since": format_moment(span.start),
        "until": format_moment(span.end),
        "counts": {"scheduled_seconds": span.seconds, "adherent_seconds": span.adherent_seconds},
    }
