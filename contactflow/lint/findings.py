"""What a rule finds, and what the linter makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]
"""``error``: the service refuses the flow, or a caller is lost or harmed. ``warning``: it goes wrong in a case that
will come. ``note``: it is right only if something holds that the flow does not show."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule found.

    Attributes
    ----------
    message
        What is wrong, as a sentence.
    action
        Identifier of the action concerned; None where it is the flow as a whole.
    path
        Where, as a JSON path such as ``$.Actions[3].Parameters.Text``.
    mend
        What to do about it; None for what the rule says in general.
    severity
        None for the severity of the rule.
    """

    message: str
    action: str | None = None
    path: str = "$"
    mend: str | None = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with a flow.

    Attributes
    ----------
    rule
        Identifier of the rule, such as ``dangling-reference``.
    action
        Identifier of the action concerned; None where it is the flow as a whole.
    message
        What is wrong, as a sentence.
    mend
        What to do about it.
    path
        Where, as a JSON path.
    """

    rule: str
    severity: Severity
    action: str | None
    message: str
    mend: str
    path: str
