"""Which way a flow goes from an action: conditions, errors, and what happens without either.

**Source**: Amazon Connect API Reference, "Actions in the Amazon Connect Flow language" (Transitions).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from contactflow.model import ACTION_TYPES, NO_MATCHING_CONDITION, NO_MATCHING_ERROR
from contactflow.model.references import Source
from contactflow.run.outcomes import Compared, Failure, Next
from contactflow.run.program import Step


class Branch(NamedTuple):
    """A way out of an action: its name in the trace, the action that follows, and what came of it."""

    name: str
    next_action: str | None
    results: Mapping[str, Any]


def choose_branch(step: Step, outcome: Next | Compared | Failure, source: Source) -> Branch:
    """Return the way that an outcome takes out of a step; no action follows where there is none.

    References in the operands of conditions are looked up in ``source``.
    """
    if isinstance(outcome, Next):
        return Branch("NextAction", step.next_action, outcome.results)
    if isinstance(outcome, Compared):
        return _compare(step, outcome, source)
    return _fail(step, outcome)


def _compare(step: Step, outcome: Compared, source: Source) -> Branch:
    found = None if outcome.value is None else step.match(outcome.value, source)
    if found is not None:
        return Branch(*found, outcome.results)
    otherwise = step.errors.get(NO_MATCHING_CONDITION)
    if otherwise is not None:
        return Branch(NO_MATCHING_CONDITION, otherwise, outcome.results)
    return Branch("NextAction", step.next_action, outcome.results)


def _fail(step: Step, failure: Failure) -> Branch:
    results = {"error": failure.error, "reason": failure.reason}
    for name in (failure.error, failure.fallback, NO_MATCHING_ERROR):
        if name in step.errors:
            return Branch(name, step.errors[name], results)
    following = step.next_action if failure.implemented and _may_go_on(step.type) else None
    return Branch(failure.error, following, results)


def _may_go_on(action_type: str) -> bool:
    """Return whether a flow goes on after such an action failed without a branch for it.

    True of settings (the language names them all ``Update...``) that a flow may be published with no error branch of.
    """
    kind = ACTION_TYPES.get(action_type)
    return kind is not None and action_type.startswith("Update") and not kind.needed_errors
