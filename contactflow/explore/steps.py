"""One step of a walk: from what is known at a place to everything that may come next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from contactflow.explore import answers_caller, answers_decisions, answers_service
from contactflow.explore.answers import Answer, View, answer_default
from contactflow.explore.liveness import LOCAL_ROOTS, NOTHING, find_live_values, list_assignments
from contactflow.explore.memory import ABSENT, Memory
from contactflow.explore.places import Atlas, Place, Spot
from contactflow.explore.states import Frame, Heard, State, Way
from contactflow.explore.values import Path, Value
from contactflow.run.branching import Branch, choose_branch
from contactflow.run.effects import Disconnect
from contactflow.run.outcomes import Compared, EnterFlow, Failure, Finish, LeaveModule, Next

HANDLERS: Mapping[str, Callable[[View], Iterator[Answer]]] = {
    **answers_caller.ANSWERS,
    **answers_decisions.ANSWERS,
    **answers_service.ANSWERS,
}


class Stepper:
    """Takes steps through the flows of an atlas, remembering only what they may still look at."""

    def __init__(self, atlas: Atlas, *, forgets: bool = True) -> None:
        self.atlas = atlas
        self.live = find_live_values(atlas) if forgets else {}
        self._forgets = forgets

    def list_ways(self, state: State, birth: int) -> list[Way]:
        """Return every way out of a state; ``birth`` is the number of the answer that is given here."""
        spot = self.atlas.spot(state.place)
        if spot is None:
            return []
        modules = tuple(frame.module_id for frame in state.frames)
        view = View(spot, state.memory, self.atlas, birth, modules)
        answers = list(HANDLERS.get(spot.action.type, answer_default)(view))
        branches = [choose(spot, answer) for answer in answers]
        well = {
            branch.next_action
            for answer, branch in zip(answers, branches, strict=True)
            if branch is not None and answer.kind != "failure"
        }
        return [
            self._take(state, spot, answer, branch, well, birth)
            for answer, branch in zip(answers, branches, strict=True)
        ]

    def keep(self, state: State) -> State:
        """Return a state without what is not looked at from there on."""
        if not self._forgets:
            return state
        if state.widened:
            return replace(state, memory=WIDENED)
        kept = state.memory.keep(self.live.get(state.place, NOTHING))
        return state if kept is state.memory else State(state.place, kept, state.frames, state.heard)

    def key(self, state: State) -> tuple[Any, ...]:
        """Return what tells a state from the others."""
        frames = tuple((frame.place, frame.local.key(self._local(frame))) for frame in state.frames)
        live = self.live.get(state.place, NOTHING)
        memory = () if state.widened else state.memory.key(live)
        return (state.place, memory, frames, state.heard, state.widened)

    def _local(self, frame: Frame) -> frozenset[Path]:
        live = self.live.get(frame.place, NOTHING)
        return frozenset(path for path in live if path[0] in LOCAL_ROOTS)

    def _take(
        self, state: State, spot: Spot, answer: Answer, branch: Branch | None, well: set[str | None], birth: int
    ) -> Way:
        memory = _remember(state.memory, spot, answer, birth)
        outcome = answer.outcome
        if isinstance(outcome, Finish):
            return Way(answer, "Terminal", end="disconnected" if isinstance(outcome.ending, Disconnect) else "ended")
        if isinstance(outcome, EnterFlow):
            return self._enter(_with(state, memory), spot, answer, outcome)
        if isinstance(outcome, LeaveModule):
            return self._leave_module(_with(state, memory), spot, answer, outcome, birth)
        if branch is None:
            return Way(answer, "Terminal", end="ended")
        heard = _hear(state.heard, answer, lost=branch.next_action not in well)
        return self._arrive(State(state.place, memory, state.frames, heard, state.widened), spot, answer, branch)

    def _arrive(self, state: State, spot: Spot, answer: Answer, branch: Branch) -> Way:
        if branch.next_action is None:
            return Way(answer, branch.name, end="dead end", why=_explain(spot, answer))
        place = Place(spot.place.flow_id, branch.next_action)
        if self.atlas.spot(place) is None:
            why = f"the branch {branch.name} leads to {branch.next_action!r}, which is no action of this flow"
            return Way(answer, branch.name, end="dead end", why=why)
        after = State(place, state.memory, state.frames, state.heard, state.widened)
        return Way(answer, branch.name, self.keep(after))

    def _enter(self, state: State, spot: Spot, answer: Answer, entered: EnterFlow) -> Way:
        start = self.atlas.start(entered.flow_id)
        if start is None:
            return Way(answer, "NextAction", end="elsewhere")
        if self.atlas.spot(start) is None:
            why = f"the flow {entered.flow_id} starts with {start.action_id!r}, which is no action of it"
            return Way(answer, "NextAction", end="dead end", why=why)
        if not entered.returns:
            memory = state.memory.renew("FlowAttributes", ABSENT)
            return Way(answer, "NextAction", self.keep(replace(state, place=start, memory=memory)))
        local, shared = _split(state.memory)
        kept = local.keep(self.live.get(spot.place, NOTHING)) if self._forgets else local
        frame = Frame(spot.place, entered.flow_id, kept)
        after = replace(state, place=start, memory=shared, frames=(*state.frames, frame))
        return Way(answer, "Module", self.keep(after))

    def _leave_module(self, state: State, spot: Spot, answer: Answer, left: LeaveModule, birth: int) -> Way:
        if not state.frames:
            return Way(answer, "Terminal", end="returned")
        frame = state.frames[-1]
        invoking = self.atlas.spot(frame.place)
        if invoking is None:
            return Way(answer, "Terminal", end="returned")
        memory = _join(state.memory, frame.local, spot, left.result, birth)
        outcome = Next() if left.result is None else Compared(left.result)
        branch = choose_branch(invoking.step, outcome, _Nothing())
        back = replace(state, place=frame.place, memory=memory, frames=state.frames[:-1])
        return replace(
            self._arrive(back, invoking, answer, branch), branch="Terminal", returned=(frame.place, branch.name)
        )


def choose(spot: Spot, answer: Answer) -> Branch | None:
    """Return the branch that an answer takes, None where the flow ends or another one begins."""
    outcome = answer.outcome
    if isinstance(outcome, Compared):
        if answer.condition is not None:
            return Branch(str(answer.condition.condition.operands[0]), answer.condition.next_action, {})
        return choose_branch(spot.step, Compared(None), _Nothing())
    return choose_branch(spot.step, outcome, _Nothing()) if isinstance(outcome, Next | Failure) else None


def _with(state: State, memory: Memory) -> State:
    return State(state.place, memory, state.frames, state.heard, state.widened)


def _hear(heard: Heard, answer: Answer, *, lost: bool) -> Heard:
    if answer.speaks and answer.kind != "failure":
        return "words"
    if answer.kind != "failure":
        return heard
    if not lost:
        return "words" if answer.speaks else heard
    return "failures" if answer.speaks or heard in ("one failure", "failures") else "one failure"


def _remember(memory: Memory, spot: Spot, answer: Answer, birth: int) -> Memory:
    if answer.change is not None:
        memory = answer.change(memory, birth)
    if answer.learned is not None:
        memory = memory.learn(*answer.learned)
    if not isinstance(answer.outcome, Next):
        return memory
    values = {path: _as_held(path, memory.evaluate(value, birth)) for path, value in list_assignments(spot)}
    return memory.assign(values) if values else memory


def _as_held(path: Path, value: Value) -> Value:
    return "" if value is None and path[0] == "Attributes" else value


def _split(memory: Memory) -> tuple[Memory, Memory]:
    """Return what belongs to the flow alone, and what a module sees."""
    local = {path: value for path, value in memory.known.items() if path[0] in LOCAL_ROOTS}
    births = {root: birth for root, birth in memory.births.items() if root in LOCAL_ROOTS}
    shared = {path: value for path, value in memory.known.items() if path[0] not in LOCAL_ROOTS}
    return Memory(local, births), Memory(shared, {**memory.births, **dict.fromkeys(LOCAL_ROOTS, ABSENT)})


def _join(memory: Memory, local: Memory, spot: Spot, result: str | None, birth: int) -> Memory:
    shared = {path: value for path, value in memory.known.items() if path[0] not in LOCAL_ROOTS}
    births = {root: birth for root, birth in memory.births.items() if root not in LOCAL_ROOTS}
    data = spot.parameters.get("ResultData")
    given = data if isinstance(data, dict) else {}
    answered: dict[Path, Value] = {
        ("Modules", "ResultData", str(name)): memory.evaluate(value, birth) for name, value in given.items()
    }
    answered["Modules", "Result"] = result
    return Memory({**shared, **local.known, **answered}, {**births, **local.births, "Modules": ABSENT})


def _explain(spot: Spot, answer: Answer) -> str:
    if isinstance(answer.outcome, Failure):
        return f"{answer.words or answer.outcome.reason}, and it has no branch for {answer.outcome.error}"
    if isinstance(answer.outcome, Compared):
        return "it has no branch for an answer that none of its conditions names"
    return f"no action follows, and {spot.action.type} does not end the flow"


class _Nothing:
    """Looks up nothing: conditions have been settled before."""

    def lookup(self, _path: tuple[str, ...]) -> Any:
        return None


WIDENED = Memory({}, {})
