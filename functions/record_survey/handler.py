"""Read a caller's answer to the survey; the flow keeps it as an attribute of the contact."""

from __future__ import annotations

from typing import Any

from trunkline.ivr.invocation import parse_invocation, to_string_map
from trunkline.ivr.survey import score_answer


def handler(event: dict[str, Any], _context: object) -> dict[str, str]:
    """Answer ``valid`` and ``survey_score`` (``1`` to ``5``, or empty)."""
    score = score_answer(parse_invocation(event).get("digits"))
    return to_string_map({"valid": bool(score), "survey_score": score})
