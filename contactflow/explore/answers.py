"""What an answer to an action is, and those that every type of action can get."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from contactflow.explore.memory import Memory
from contactflow.explore.places import Atlas, Spot
from contactflow.explore.values import NOTHING_KNOWN, Case, Domain, Facts, Origin, Unknown, Value, list_cases
from contactflow.model import (
    ACTION_TYPES,
    INPUT_TIME_LIMIT_EXCEEDED,
    NO_MATCHING_CONDITION,
    NO_MATCHING_ERROR,
    TIME_LIMIT_EXCEEDED,
    Condition,
    ConditionalBranch,
    list_needed_errors,
)
from contactflow.run.effects import Done, EventOccurred, Failed, Result
from contactflow.run.outcomes import Compared, EnterFlow, Failure, Finish, LeaveModule, Next

Kind = Literal["goes on", "answer", "caller", "silence", "failure"]
"""Who makes an action go this way: nobody, something that was asked, the caller, one who does nothing, a failure."""

TIME_LIMITS = (INPUT_TIME_LIMIT_EXCEEDED, TIME_LIMIT_EXCEEDED)


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing that may come of an action.

    Attributes
    ----------
    words
        How a report tells it; empty for what is to be expected.
    result
        What the interpreter's host answers; None where the interpreter does not ask.
    change
        What becomes known by it, given the number of the answer.
    fills
        Root of the attributes whose values the result brings, to be filled in once they are known.
    condition
        For a comparison: the condition that holds, None where none does.
    learned
        What a comparison tells of an unknown value.
    doubtful
        True where it may be impossible, as too little is remembered to know.
    passes_time
        Whether the caller hears or does something meanwhile, or waits for a set time.
    speaks
        Whether the flow says something to the caller, or at least tries to.
    """

    outcome: Next | Compared | Failure | Finish | EnterFlow | LeaveModule
    kind: Kind = "goes on"
    words: str = ""
    result: Result | None = None
    change: Callable[[Memory, int], Memory] | None = None
    fills: str | None = None
    condition: ConditionalBranch | None = None
    learned: tuple[Origin, Facts] | None = None
    doubtful: bool = False
    passes_time: bool = False
    speaks: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """An action and what is known where it stands."""

    spot: Spot
    memory: Memory
    atlas: Atlas
    birth: int = 0
    modules: tuple[str, ...] = ()

    def value(self, name: str) -> Value:
        """Return what a parameter comes to."""
        return self.memory.evaluate(self.spot.parameters.get(name), self.birth)

    def is_empty(self, *names: str) -> bool:
        """Return whether all of these parameters are known to be empty."""
        return all(self.is_blank(self.spot.parameters.get(name)) for name in names)

    def is_blank(self, raw: Any) -> bool:
        """Return whether a value as it is written is known to come to nothing."""
        value = self.memory.evaluate(raw, self.birth)
        return not isinstance(value, Unknown) and not (value or "").strip()

    def nested(self, *names: str) -> Any:
        """Return a parameter within a parameter, None where there is none."""
        found: Any = self.spot.parameters
        for name in names:
            found = found.get(name) if isinstance(found, dict) else None
        return found


def list_failures(view: View, words: Callable[[str], str], *, besides: Iterable[str] = ()) -> Iterator[Answer]:
    """Yield a failure for each error branch, and for each that the language asks for and the flow has not got."""
    skipped = {NO_MATCHING_CONDITION, *TIME_LIMITS, *besides}
    for error in dict.fromkeys((*view.spot.step.errors, *list_needed_errors(view.spot.action))):
        if error not in skipped:
            told = words(error)
            yield Answer(Failure(told, error), "failure", told, Failed(told, error))


def list_comparisons(
    view: View,
    domain: Domain = None,
    *,
    value: Unknown | None = None,
) -> Iterator[Case]:
    """Yield the ways in which an action's result, or ``value``, can meet the action's conditions."""
    written = view.spot.step.conditions
    settled = tuple(_settle(view, branch) for branch in written)
    facts: Facts = NOTHING_KNOWN if value is None else value.facts
    for case in list_cases(settled, facts, domain):
        place = next((index for index, branch in enumerate(settled) if branch is case.condition), None)
        yield case if place is None else case._replace(condition=written[place])


def answer_default(view: View) -> Iterator[Answer]:
    """Yield the answers of an action that the exploration knows no more of than the catalogue."""
    kind = ACTION_TYPES.get(view.spot.action.type)
    waits = kind is None or kind.waits_for_caller
    asks = bool(view.spot.step.conditions) or NO_MATCHING_CONDITION in view.spot.step.errors
    if asks:
        yield from _answer_anything(view, "caller" if waits else "answer", passes_time=waits)
    elif kind is None or not kind.ends:
        yield Answer(Next(), result=Done(), passes_time=waits)
    yield from list_time_limits(view)
    yield from list_failures(view, lambda error: describe_failure(view, error))


def list_time_limits(view: View) -> Iterator[Answer]:
    """Yield what comes of a caller who does nothing."""
    needed = list_needed_errors(view.spot.action)
    for error in TIME_LIMITS:
        if error in view.spot.step.errors or error in needed:
            yield Answer(
                Failure("The caller did nothing", error),
                "silence",
                "does nothing",
                Failed("The caller did nothing", error),
                passes_time=True,
            )


def describe_failure(view: View, error: str) -> str:
    """Return how a report tells that an action fails."""
    named = f"{view.spot.action.type} {view.spot.place.action_id!r} fails"
    return named if error == NO_MATCHING_ERROR else f"{named} ({error})"


def _answer_anything(view: View, kind: Kind, *, passes_time: bool) -> Iterator[Answer]:
    catalogued = ACTION_TYPES.get(view.spot.action.type)
    listed = catalogued.possible_answers if catalogued is not None and catalogued.answers == "listed" else None
    for case in list_comparisons(view, listed or None):
        answer = "something else" if case.condition is None else str(case.example)
        yield Answer(
            Compared(case.example),
            kind,
            f"{view.spot.action.type} {view.spot.place.action_id!r} answers {answer}",
            EventOccurred(str(case.example)),
            condition=case.condition,
            passes_time=passes_time,
        )


def _settle(view: View, branch: ConditionalBranch) -> ConditionalBranch:
    """Return the branch with an operand that refers to an attribute replaced by what is known of it."""
    operands = branch.condition.operands
    if not operands or not isinstance(operands[0], str) or "$." not in operands[0]:
        return branch
    value = view.memory.evaluate(operands[0], view.birth)
    known = (value,) if isinstance(value, str) else ()
    return ConditionalBranch(branch.next_action, Condition(branch.condition.operator, known), branch.unknown)
