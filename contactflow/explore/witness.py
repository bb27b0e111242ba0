"""Turns a way through the flows into something to read, and something to run again.

The way is walked a second time without forgetting anything, so that every value that it depends on is known at its
end: what a function has to answer, which keys to press, what the contact has to start with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from contactflow.explore.findings import Witness, WitnessStep
from contactflow.explore.liveness import READ_PARAMETERS
from contactflow.explore.memory import COMPOSED, Memory
from contactflow.explore.places import Atlas, Spot
from contactflow.explore.states import State, Way
from contactflow.explore.steps import Stepper
from contactflow.explore.values import KEYED, NOTHING_KNOWN, Facts, Origin, Path, Unknown, domain_of, find_value
from contactflow.model.names import name_function
from contactflow.model.references import find_references
from contactflow.model.values import as_fields
from contactflow.run.effects import Digits, EncryptedDigits, FunctionResult, Intent, Metrics, Result

PHONE_NUMBER = ("2065550123",)
NUMBER = ("1",)
PREFERRED: Mapping[str, tuple[str, ...]] = {
    "CallbackNumber": PHONE_NUMBER,
    "LexV2Bot": (),
    "ThirdPartyPhoneNumber": ("+12065550123",),
    "QueuePriority": NUMBER,
    "QueueTimeAdjustmentSeconds": NUMBER,
    "LoopCount": NUMBER,
    "TimeLimitSeconds": NUMBER,
    "TimeoutSeconds": NUMBER,
}
"""What a parameter that refers to an attribute should come to, for the action to succeed."""

Plan = Sequence[tuple[State, Way]]


@dataclass(slots=True)
class _Taken:
    """A step that was walked again."""

    spot: Spot
    way: Way
    birth: int


@dataclass(slots=True)
class _Trail:
    taken: list[_Taken] = field(default_factory=list)
    facts: dict[Origin, Facts] = field(default_factory=dict)
    wishes: dict[Origin, tuple[str, ...]] = field(default_factory=dict)
    certain: bool = True


class Historian:
    """Writes witnesses."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self._stepper = Stepper(atlas, forgets=False)

    def tell(self, plan: Plan, rounds: Plan = (), *, last: str = "") -> Witness:
        """Return the witness of a way, with the rounds of a loop at its end, and a last word on it.

        A round is walked three times: what is answered in it may be looked at in the next one only.
        """
        trail = self._retrace([*plan, *rounds, *rounds, *rounds])
        values = _solve(trail)
        once, twice = len(plan) + len(rounds), len(plan) + 2 * len(rounds)
        steps = _read(trail.taken[:once], trail, values)
        start = {path: value for (birth, path), value in values.items() if birth == 0 and value is not None}
        return Witness(
            (*steps, last) if last else (*steps,),
            {"$." + ".".join(path): value for path, value in start.items()},
            tuple(step for taken in trail.taken[:once] for step in _record(taken, values)),
            tuple(step for taken in trail.taken[once:twice] for step in _record(taken, values)),
            trail.certain,
        )

    def _retrace(self, plan: Plan) -> _Trail:
        trail = _Trail()
        state: State | None = plan[0][0] if plan else None
        for number, (planned_from, planned) in enumerate(plan, start=1):
            state = state or planned_from
            spot = self._atlas.spot(planned_from.place)
            if spot is None or state.place != planned_from.place:
                trail.certain = False
                break
            way = _find_again(self._stepper.list_ways(state, number), planned)
            trail.certain = trail.certain and way is not None and not planned_from.widened
            _note(trail, spot, state.memory, way or planned)
            trail.taken.append(_Taken(spot, way or planned, number))
            state = (way or planned).after
        return trail


def _find_again(ways: Iterable[Way], planned: Way) -> Way | None:
    """Return the way that is the planned one, now that more is known."""
    alike = [way for way in ways if way.branch == planned.branch and way.end == planned.end]
    answer = planned.answer
    for way in alike:
        if way.answer.kind == answer.kind and way.answer.words == answer.words:
            return way
    return next((way for way in alike if type(way.answer.result) is type(answer.result)), None)


def _note(trail: _Trail, spot: Spot, memory: Memory, way: Way) -> None:
    if way.answer.learned is not None:
        origin, facts = way.answer.learned
        trail.facts[origin] = trail.facts.get(origin, NOTHING_KNOWN) | facts
        trail.certain = trail.certain and origin[0] != COMPOSED
    deciding = (*READ_PARAMETERS.get(spot.action.type, ()), *PREFERRED)
    for name in deciding:
        for path in find_references(spot.parameters.get(name)):
            value = memory.look_up(path)
            if isinstance(value, Unknown):
                trail.wishes[value.origin] = PREFERRED.get(name) or trail.wishes.get(value.origin, ())


def _solve(trail: _Trail) -> Mapping[Origin, str | None]:
    values: dict[Origin, str | None] = {}
    for origin in {**trail.wishes, **trail.facts}:
        facts = trail.facts.get(origin, NOTHING_KNOWN)
        preferred = trail.wishes.get(origin, ())
        if domain_of(origin) == KEYED:
            preferred = next((_list_inputs(taken) for taken in trail.taken if taken.birth == origin[0]), ())
        found = find_value(facts, domain_of(origin), preferred)
        trail.certain = trail.certain and bool(found)
        values[origin] = found[0] if found else None
    return values


def _list_inputs(taken: _Taken) -> tuple[str, ...]:
    """Return keys that a question takes."""
    validation = as_fields(taken.spot.parameters.get("InputValidation"))
    if "PhoneNumberValidation" in validation:
        return PHONE_NUMBER
    longest = str(as_fields(validation.get("CustomValidation")).get("MaximumLength", "4"))
    return ("1234567890"[: int(longest)],) if longest.isdigit() else ("1234",)


def _read(told: Iterable[_Taken], trail: _Trail, values: Mapping[Origin, str | None]) -> Iterator[str]:
    for taken in told:
        answer = taken.way.answer
        if answer.learned is not None:
            birth, path = answer.learned[0]
            if answer.words and (birth <= 0 or path[0] != "External"):
                yield answer.words
        elif answer.fills == "External":
            learned = {
                ".".join(path[1:]): values[birth, path]
                for birth, path in trail.facts
                if birth == taken.birth and path[0] == "External"
            }
            name = name_function(str(taken.spot.parameters.get("LambdaFunctionARN")))
            yield from (f"function {name} answers {_list(learned)}",) if learned else ()
        elif answer.fills == "StoredCustomerInput":
            yield f"enters {_filled(taken, values).value}"
        elif answer.words:
            yield answer.words


def _list(values: Mapping[str, str | None]) -> str:
    return ", ".join(f"no {name}" if value is None else f"{name}={value or repr('')}" for name, value in values.items())


def _record(taken: _Taken, values: Mapping[Origin, str | None]) -> Iterator[WitnessStep]:
    place, answer = taken.spot.place, taken.way.answer
    result = _fill(taken, values) if answer.fills else answer.result
    yield WitnessStep(place.flow_id, place.action_id, taken.way.branch, result)
    if taken.way.returned is not None:
        back, branch = taken.way.returned
        yield WitnessStep(back.flow_id, back.action_id, branch)


def _fill(taken: _Taken, values: Mapping[Origin, str | None]) -> Result | None:
    """Return the answer with the values that the way depends on."""
    brought = {path: value for (birth, path), value in values.items() if birth == taken.birth and value is not None}
    match taken.way.answer.fills:
        case "External":
            return FunctionResult(_nest(brought))
        case "Metrics":
            return Metrics(_nest(brought))
        case "Lex" if isinstance(taken.way.answer.result, Intent):
            lex = _nest(brought)
            return Intent(taken.way.answer.result.name, lex.get("Slots", {}), lex.get("SessionAttributes", {}))
        case "StoredCustomerInput":
            return _filled(taken, values)
        case _:
            return taken.way.answer.result


def _filled(taken: _Taken, values: Mapping[Origin, str | None]) -> Digits | EncryptedDigits:
    wanted = values.get((taken.birth, ("StoredCustomerInput",)))
    if "InputEncryption" in taken.spot.parameters:
        return EncryptedDigits(wanted or "MTIzNA==")
    return Digits(wanted or _list_inputs(taken)[0])


def _nest(values: Mapping[Path, str]) -> dict[str, Any]:
    """Return values by path as objects within objects, without the root."""
    nested: dict[str, Any] = {}
    for path, value in values.items():
        at = nested
        for name in path[1:-1]:
            at = at.setdefault(name, {})
        at[path[-1]] = value
    return nested
