"""What stands behind a figure, as the API tells it: value, formula, counters, and what these were counted from.

Pure. What is found differs by the kind of evidence (``trunkline.console.behind``); how it is told does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trunkline.console.behind.finding import Finding
from trunkline.console.questions import Question
from trunkline.contact.moments import format_moment
from trunkline.metrics.definitions import conventions_of, load_definitions

MOST_LISTED = 500


def list_definitions(center: Mapping[str, Any]) -> dict[str, Any]:
    """List the definition of every figure."""
    conventions = conventions_of(center)
    return {"figures": [each.to_document(conventions) for each in load_definitions().values()]}


def tell_finding(question: Question, found: Finding, center: Mapping[str, Any]) -> dict[str, Any]:
    """Tell what a figure is made of.

    Parameters
    ----------
    question
        Which figure.
    found
        What was found behind it.
    center
        The centre's document.

    Returns
    -------
    dict
        ``figure``, ``evidence`` (its kind), ``value``, ``convention``, ``formula``, span and scope, ``counters`` as
        they are shown elsewhere, ``counted`` the same from the evidence, ``matching`` how many rows count, the lists
        of rows by name with the ``counts`` of each, and ``more`` if not all of them are listed.
    """
    definition = question.definition
    lists = {name: rows[:MOST_LISTED] for name, rows in found.lists.items()}
    return {
        "figure": definition.key if question.part is None else f"{definition.key}.{question.part}",
        "evidence": definition.evidence,
        "value": found.value,
        "convention": question.part if definition.key in conventions_of(center) else None,
        "formula": definition.formula_of(question.part),
        "start": format_moment(question.span.start),
        "end": format_moment(question.span.end),
        "scope": question.scope,
        "key": question.member,
        "counters": dict(found.counters),
        "counted": dict(found.counted),
        "matching": len(next(iter(found.lists.values()))),
        **lists,
        **found.notes,
        "more": found.unread or any(len(rows) > MOST_LISTED for rows in found.lists.values()),
    }
