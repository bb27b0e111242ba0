"""People for tests: they do what they are told."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.twin.connect.fakes import HeapClock
from twin.connect.call import Call
from twin.connect.callback import Callback
from twin.connect.desk import Desk
from twin.connect.parties import AgentPerson, Caller, Prompt
from twin.contracts import Utterance


@dataclass
class PlainCaller(Caller):
    """Presses ``keys`` in turn ``key_delay`` seconds into each prompt; hangs up after the given times.

    Picks up ``answers`` seconds after being called back (None: never), and leaves ``message`` where asked for one.
    """

    clock: HeapClock
    keys: list[str] = field(default_factory=lambda: ["1"])
    key_delay: int = 2
    patience: int | None = None
    talk: int | None = None
    number: str = "+12065550101"
    heard: list[Prompt] = field(default_factory=list)
    left: bool = False
    answers: int | None = 5
    called: list[Callback] = field(default_factory=list)
    message: tuple[Utterance, ...] = ()
    lines: tuple[Utterance, ...] = (
        Utterance("agent", "en", "Good morning.", 1, 3),
        Utterance("customer", "en", "My bumper is damaged.", 3, 6),
        Utterance("agent", "en", "I am sorry.", 7, 900),
    )

    def hears(self, call: Call, prompt: Prompt) -> None:
        self.heard.append(prompt)
        if prompt.listens == "keys" and "message" in prompt.text:
            self.clock.call_later(prompt.seconds, lambda: call.leave_message(self.message))
        elif prompt.listens == "keys" and self.keys:
            key = self.keys.pop(0)
            self.clock.call_later(self.key_delay, lambda: call.press(key))

    def waits(self, call: Call) -> None:
        if self.patience is not None:
            self.clock.call_later(self.patience, lambda: None if call.phase == "connected" else call.hang_up())

    def speaks(self, call: Call, desk: Desk) -> None:
        call.converse(self.lines)
        if self.talk is not None:
            self.clock.call_later(self.talk, call.hang_up)

    def is_called(self, call: Callback) -> None:
        self.called.append(call)
        if self.answers is not None:
            self.clock.call_later(self.answers, call.pick_up)

    def is_left(self, call: Call) -> None:
        self.left = True


@dataclass
class PlainAgent(AgentPerson):
    """Accepts after ``ring`` seconds (None: never), may hang up after ``talk``, wraps up for ``after``."""

    clock: HeapClock
    ring: int | None = 4
    talk: int | None = None
    after: int = 30
    holds: tuple[tuple[int, int], ...] = ()

    def is_rung(self, desk: Desk, call: Call) -> None:
        if self.ring is not None:
            self.clock.call_later(self.ring, lambda: desk.accept(call))

    def speaks(self, desk: Desk, call: Call) -> None:
        for start, seconds in self.holds:
            self.clock.call_later(start, lambda: desk.hold(call))
            self.clock.call_later(start + seconds, lambda: desk.resume(call))
        if self.talk is not None:
            self.clock.call_later(self.talk, lambda: desk.hang_up(call))

    def wraps_up(self, desk: Desk, call: Call) -> None:
        self.clock.call_later(self.after, lambda: desk.finish_after_contact_work(call))

    def is_missed(self, desk: Desk) -> None:
        self.clock.call_later(10, desk.clear_missed)
