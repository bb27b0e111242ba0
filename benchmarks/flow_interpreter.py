"""How many scripted menu calls a second one core runs through the flow interpreter.

A call here is everything that a compiled inbound flow does: greeting, identification, language menu, a
wrong key, a submenu, routing, transfer. Run: ``python -m benchmarks.flow_interpreter [calls]``.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping

from contactflow.compile import (
    IvrDocument,
    IvrResources,
    Language,
    LanguageMenu,
    Menu,
    Option,
    ToMenu,
    ToQueue,
    compile_inbound,
)
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
)

KEYS = ("2", "3", "9", "2")
ANSWERS = {
    "identify": {"known": "false", "customer_id": "", "language": "", "vip": "false", "announcement": ""},
    "route": {"queue": "technical", "priority": "5", "expected_wait_seconds": "12", "reasons": "shortest"},
}
DONE, IN_HOURS, QUEUED = Done(), InHours(True), Queued()
REPLIES: Mapping[type[Effect], Callable[[Effect], Result]] = {
    CheckHours: lambda _: IN_HOURS,
    QueueContact: lambda _: QUEUED,
    InvokeFunction: lambda effect: FunctionResult(ANSWERS[effect.arn]),  # type: ignore[attr-defined]
}


def both(text: str) -> dict[str, str]:
    """Return a text in two languages."""
    return {"en": text, "ko": text}


def build_document() -> IvrDocument:
    """Return an IVR with two languages and two menus."""
    technical = Menu("technical", both("cars"), (Option("2", ToQueue("technical")),), ToQueue("technical"))
    main = Menu(
        "main",
        both("departments"),
        (Option("1", ToQueue("orders")), Option("3", ToMenu("technical"))),
        ToQueue("orders"),
    )
    return IvrDocument(
        languages=(Language("en", "en-US", "Joanna"), Language("ko", "ko-KR", "Seoyeon")),
        greeting=both("welcome"),
        entry="main",
        menus=(main, technical),
        closed=both("closed"),
        unavailable=both("busy"),
        invalid_choice=both("pardon"),
        recording_notice=both("recorded"),
        language_menu=LanguageMenu(both("language"), {"1": "en", "2": "ko"}),
    )


def run_call(session: Session) -> int:
    """Play a caller who presses ``KEYS``; return how many actions ran."""
    keys = iter(KEYS)
    effect = session.start()
    while not isinstance(effect, Ending):
        kind = type(effect)
        if kind is Collect:
            result: Result = Digits(next(keys))
        else:
            reply = REPLIES.get(kind)
            result = DONE if reply is None else reply(effect)
        effect = session.resume(result)
    if effect != End("queued"):
        raise SystemExit(f"The call ended with {effect}, not in a queue.")
    return len(session.trace)


def main(calls: int) -> None:
    """Run ``calls`` calls and print what they took."""
    resources = IvrResources(
        functions={"identify_caller": "identify", "route_call": "route"},
        queues={"orders": "orders", "technical": "technical"},
        hours="hours",
    )
    flow = compile_inbound(build_document(), resources).parse()
    started_cpu, started = time.process_time(), time.perf_counter()
    actions = sum(run_call(Session(flow, ContactState(f"contact-{number}"))) for number in range(calls))
    cpu_seconds, wall_seconds = time.process_time() - started_cpu, time.perf_counter() - started
    print(f"{calls} calls, {actions} actions: {cpu_seconds:.2f} s CPU, {wall_seconds:.2f} s elapsed")
    print(f"{calls / cpu_seconds:,.0f} calls and {actions / cpu_seconds:,.0f} actions a CPU second")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
