"""What an action comes to: how handlers tell the session where to go on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, NamedTuple, TypeAlias

from contactflow.model import NO_MATCHING_ERROR
from contactflow.run.contact import ContactState
from contactflow.run.effects import Effect, Ending, Result


@dataclass(frozen=True, slots=True)
class Next:
    """Go on with NextAction."""

    results: Mapping[str, Any] = field(default_factory=dict)


NEXT = Next()
"""Go on, and nothing to tell."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Compare the action's result with its conditions; None never matches."""

    value: str | None
    results: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failure:
    """Take an error branch: the one of this type, or else ``fallback``, or else NoMatchingError.

    ``implemented`` is False where this library does not know how to run the action.
    """

    reason: str
    error: str = NO_MATCHING_ERROR
    fallback: str = NO_MATCHING_ERROR
    implemented: bool = True


@dataclass(frozen=True, slots=True)
class Finish:
    """End the session."""

    ending: Ending
    results: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EnterFlow:
    """Go on at the start of another flow; come back afterwards where ``returns``, a module with ``module_input``."""

    flow_id: str
    returns: bool
    module_input: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LeaveModule:
    """Go back to the flow that invoked this module, with the branch ``result`` and the module's output."""

    result: str | None = None
    result_data: Mapping[str, Any] = field(default_factory=dict)


Outcome: TypeAlias = Next | Compared | Failure | Finish | EnterFlow | LeaveModule


class Ask(NamedTuple):
    """Ask the host for ``effect``; ``settle`` makes an outcome of its answer.

    ``accepts`` names the results that the host may answer, beside Failed, Hangup and Dequeued.
    """

    effect: Effect
    accepts: tuple[type[Result], ...]
    settle: Callable[[Any], Outcome]


@dataclass(slots=True)
class Scope:
    """What a handler may look at and change; ``random`` is None until somebody draws from it."""

    contact: ContactState
    random: Random | None
    loops: dict[tuple[str, str], int]
    flow_id: str = ""
    action_id: str = ""


Handler: TypeAlias = Callable[[Scope, Mapping[str, Any]], Outcome | Ask]
