"""How many scripted menu calls a second one core runs through the flow interpreter.

    python -m benchmarks.flow_interpreter > benchmarks/results/flow_interpreter.md

The same call is played by the interpreter and by a bare Python generator that has its steps written out, in turns, so
that a busy machine slows both: the generator is what any interpreter could reach at best. Processor time, one core.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from statistics import median

from benchmarks.flow_interpreter_menu import ANSWERS, KEYS, build_flow, written_out
from contactflow.run import ContactState, Effect, Result, Session
from contactflow.run.effects import (
    CheckHours,
    Collect,
    Digits,
    Done,
    End,
    Ending,
    FunctionResult,
    InHours,
    InvokeFunction,
    QueueContact,
    Queued,
    Timeout,
)

ROUNDS = 20
CALLS_A_ROUND = 500
GOAL = 2000
DONE, IN_HOURS, QUEUED, SILENCE = Done(), InHours(True), Queued(), Timeout()
REPLIES: Mapping[type[Effect], Callable[[Effect], Result]] = {
    CheckHours: lambda _: IN_HOURS,
    QueueContact: lambda _: QUEUED,
    InvokeFunction: lambda effect: FunctionResult(ANSWERS[effect.arn]),  # type: ignore[attr-defined]
}


def main() -> int:
    """Print what both took; return 1 where the goal is missed or the two do not do the same."""
    flow = build_flow()
    ways: dict[str, Callable[[], list[Effect]]] = {
        "the interpreter": lambda: play_interpreted(Session(flow, ContactState("contact"))),
        "a generator with the same steps written out": lambda: play_written_out(ContactState("contact")),
    }
    effects = {name: play() for name, play in ways.items()}
    speeds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, play in ways.items():
            speeds[name].append(measure(play))
    interpreted, bare = (median(values) for values in speeds.values())
    ratios = [own / best for own, best in zip(*speeds.values(), strict=True)]
    session = Session(flow, ContactState("contact"))
    play_interpreted(session)
    print(
        f"A call of {len(session.trace)} actions and {len(effects['the interpreter'])} effects, "
        f"{ROUNDS} rounds of {CALLS_A_ROUND} calls each in turns; medians.\n"
    )
    print("| way | calls a second | actions a second |\n|---|---:|---:|")
    for name, value in (*zip(ways, (interpreted, bare), strict=True),):
        print(f"| {name} | {value:,.0f} | {value * len(session.trace):,.0f} |")
    print(f"\nThe interpreter reaches {median(ratios):.0%} of the generator ({min(ratios):.0%} to {max(ratios):.0%}).")
    same = len({tuple(map(repr, found)) for found in effects.values()}) == 1
    print(f"Both ask their host for {'the same effects' if same else 'DIFFERENT effects'}, in the same order.")
    print(f"\nGoal: at least {GOAL:,} calls a second a core. {'Met.' if interpreted >= GOAL else 'Not met.'}")
    return int(interpreted < GOAL or not same)


def measure(play: Callable[[], object]) -> float:
    """Return calls a second of processor time over one round."""
    started = time.process_time()
    for _ in range(CALLS_A_ROUND):
        play()
    return CALLS_A_ROUND / (time.process_time() - started)


def play_interpreted(session: Session) -> list[Effect]:
    """Play a caller who presses ``KEYS``; return what the session asked for."""
    keys = iter(KEYS)
    effect = session.start()
    effects = [effect]
    while not isinstance(effect, Ending):
        effect = session.resume(reply(effect, keys))
        effects.append(effect)
    return _queued(effects)


def play_written_out(contact: ContactState) -> list[Effect]:
    """Play the same caller to the generator."""
    keys = iter(KEYS)
    call = written_out(contact)
    effect = next(call)
    effects = [effect]
    try:
        while True:
            effect = call.send(reply(effect, keys))
            effects.append(effect)
    except StopIteration as ended:
        effects.append(ended.value)
    return _queued(effects)


def reply(effect: Effect, keys: Iterator[str | None]) -> Result:
    """Return what the scripted host answers."""
    kind = type(effect)
    if kind is Collect:
        key = next(keys)
        return SILENCE if key is None else Digits(key)
    answer = REPLIES.get(kind)
    return DONE if answer is None else answer(effect)


def _queued(effects: list[Effect]) -> list[Effect]:
    if effects[-1] != End("queued"):
        raise SystemExit(f"The call ended with {effects[-1]}, not in a queue.")
    return effects


if __name__ == "__main__":
    sys.exit(main())
