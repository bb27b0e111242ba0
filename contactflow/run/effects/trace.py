"""What a session tells of the actions that it ran."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class StepTaken(NamedTuple):
    """One action that ran: what a flow log shows.

    Attributes
    ----------
    flow_id
        Key of the flow that the action belongs to: the session's ``flow_id``, or the id that the flow was
        transferred to or invoked by.
    action_id, type
        The action's Identifier and Type.
    parameters
        Its parameters with attribute references resolved.
    branch
        ``NextAction``, the operand of the condition that matched (``2``), an error type
        (``NoMatchingError``), or ``Terminal`` where none follows.
    next_action
        Identifier of the action that runs next; None at an end.
    results
        What came of it: ``{"digits": "2"}``, a function's answer, a reason.
    logged
        True when flow logging was on as the action ran.
    """

    flow_id: str
    action_id: str
    type: str
    parameters: Mapping[str, Any]
    branch: str
    next_action: str | None
    results: Mapping[str, Any]
    logged: bool
