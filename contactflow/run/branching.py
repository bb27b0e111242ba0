"""Which way a flow goes from an action: conditions, errors, and what happens without either.

**Source**: Amazon Connect API Reference, "Actions in the Amazon Connect Flow language" (Transitions).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from contactflow.run.outcomes import Compared, Failure, Next
from contactflow.run.program import Step

SETTINGS_WITHOUT_ERRORS = frozenset(
    {
        "UpdateContactRecordingBehavior",
        "UpdateContactRoutingBehavior",
        "UpdateContactTextToSpeechVoice",
        "UpdateFlowLoggingBehavior",
    }
)
"""Actions that the language gives no error branch, or once gave none: a flow goes on when they fail."""


class Branch(NamedTuple):
    """A way out of an action: its name in the trace, the action that follows, and what came of it."""

    name: str
    next_action: str | None
    results: Mapping[str, Any]


def choose_branch(step: Step, outcome: Next | Compared | Failure) -> Branch:
    """Return the way that an outcome takes out of a step; no action follows where there is none."""
    if isinstance(outcome, Next):
        return Branch("NextAction", step.next_action, outcome.results)
    if isinstance(outcome, Compared):
        return _compare(step, outcome)
    return _fail(step, outcome)


def _compare(step: Step, outcome: Compared) -> Branch:
    found = None if outcome.value is None else step.match(outcome.value)
    if found is not None:
        return Branch(*found, outcome.results)
    otherwise = step.errors.get("NoMatchingCondition")
    if otherwise is not None:
        return Branch("NoMatchingCondition", otherwise, outcome.results)
    return Branch("NextAction", step.next_action, outcome.results)


def _fail(step: Step, failure: Failure) -> Branch:
    results = {"error": failure.error, "reason": failure.reason}
    for name in (failure.error, failure.fallback, "NoMatchingError"):
        if name in step.errors:
            return Branch(name, step.errors[name], results)
    following = step.next_action if step.type in SETTINGS_WITHOUT_ERRORS else None
    return Branch(failure.error, following, results)
