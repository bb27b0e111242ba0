"""Cases behind first contact resolution and resolution, each with how it was judged. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict
from typing import Any

from trunkline.console.access import Caller
from trunkline.console.behind.finding import Finding, Row, add_counts, without_zeros
from trunkline.console.questions import Question
from trunkline.contact.masking import mask_phone
from trunkline.contact.model import Contact
from trunkline.contact.moments import format_moment
from trunkline.metrics.figures import percent
from trunkline.metrics.resolution import JudgedCase, ResolutionCounts, ResolutionDays, ResolutionRule, judge_cases

_DISPOSITION = "resolution_percent"


def find_cases(
    question: Question,
    stored: ResolutionDays,
    contacts: Iterable[Contact],
    rule: ResolutionRule,
    caller: Caller,
    *,
    unread: bool = False,
) -> Finding:
    """Find the cases that count in a figure.

    Parameters
    ----------
    stored
        Resolution by day as the night counted it: what reports show.
    contacts
        What ``judge_cases`` takes.
    rule
        How resolution is told.
    unread
        Whether there are more contacts than were read.
    """
    names, total = question.definition.counters, ResolutionCounts()
    for day in question.span.days:
        for member, counts in stored.get(day, {}).items():
            if question.covers_member(*member):
                total.add(counts)
    judged = [each for each in judge_cases(contacts, rule, question.now) if _counts_in(question, each)]
    judged.sort(key=lambda each: (each.last.answered or each.case.began, each.last.contact_id), reverse=True)
    rows = [_show(each, names, caller) for each in judged]
    if question.definition.key == _DISPOSITION:
        value = percent(total.disposed_resolved, total.disposed)
    else:
        value = percent(total.good, total.counted)
    return Finding(
        value=value,
        counters={name: asdict(total)[name] for name in names},
        counted=add_counts(names, rows),
        lists={"cases": rows},
        unread=unread,
        notes={"counted_days": [day.isoformat() for day in question.span.days if day in stored]},
    )


def _counts_in(question: Question, judged: JudgedCase) -> bool:
    if judged.day not in question.span.days or not any(question.covers_member(*member) for member in judged.members):
        return False
    return bool(judged.counts.disposed if question.definition.key == _DISPOSITION else judged.counts.counted)


def _show(judged: JudgedCase, names: Collection[str], caller: Caller) -> Row:
    case, last, counts = judged.case, judged.last, judged.counts
    customer = case.customer
    shown: dict[str, Any] = {
        "contact_id": last.contact_id,
        "contacts": list(case.contacts),
        "began": format_moment(case.began),
        "ended": format_moment(case.ended),
        "customer": mask_phone(customer) if customer and caller.own_only else customer,
        "queue": last.queue,
        "agent": last.agent,
        "disposition": last.disposition,
        "survey": last.survey,
        "judged": _tell_judgement(counts, names),
        "closes_at": None if judged.closes_at is None else format_moment(judged.closes_at),
        "repeated_by": judged.repeated_by,
    }
    return {**shown, "counts": without_zeros({name: getattr(counts, name) for name in names})}


def _tell_judgement(counts: ResolutionCounts, names: Collection[str]) -> str:
    if "disposed" in names:
        return "resolved" if counts.disposed_resolved else "not_resolved"
    return next(name for name in names if getattr(counts, name))
