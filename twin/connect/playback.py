"""Runs one flow for one contact in virtual time: what the flow asks becomes seconds, keys and answers.

**Source**: Amazon Connect API Reference, "TransferParticipantToThirdParty" (the flow goes on when the third party has
left, or where nobody answers in time); "TransferContactToAgent".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from contactflow.run.effects import (
    CallFailed,
    Collect,
    Converse,
    Digits,
    Done,
    Effect,
    Ending,
    Failed,
    InputEncryption,
    Instruction,
    Intent,
    Interaction,
    Interrupted,
    PlayLoop,
    Question,
    Result,
    Say,
    StepTaken,
    Timeout,
    TransferToAgent,
    TransferToThirdParty,
    Wait,
)
from contactflow.run.session import Session
from contactflow.testing.events import CallEvent, Heard, Pressed, Said
from twin.connect.moments import SecondClock
from twin.connect.outside import RING_SECONDS, OutsideCall
from twin.connect.parties import Prompt
from twin.connect.prompts import Prompter
from twin.contracts import Timer

SPEECH_TIMEOUT_SECONDS = 5
_DIGIT_GAP_SECONDS = 5


@dataclass(frozen=True)
class TimedStep:
    """An action that ran, and when."""

    at: datetime
    step: StepTaken


class FlowHost(Protocol):
    """What a running flow needs of its contact."""

    def answer(self, effect: Effect) -> Result:
        """Answer an instruction or a question at once."""

    def plays(self, prompt: Prompt) -> None:
        """Let the caller hear a prompt that begins now."""

    def notes(self, event: CallEvent) -> None:
        """Let whoever watches know what was heard, pressed or said."""

    def calls_outside(self, number: str) -> OutsideCall:
        """Call somebody outside of the centre; return what becomes of it."""

    def is_put_through(self, number: str) -> None:
        """Be connected with somebody outside of the centre."""

    def understands(self, bot_alias_arn: str, locale: str | None, words: str) -> Intent:
        """Return the intent that a bot sees in ``words``."""

    def encrypt(self, keys: str, encryption: InputEncryption) -> Result:
        """Return the keys as the flow may see them: encrypted, or ``Failed`` where that cannot be done."""

    def flow_ended(self, steps: Sequence[TimedStep]) -> None:
        """Learn what the flow did, once it is over: the moment to write logs."""


class FlowRun:
    """One session on its way.

    Attributes
    ----------
    outside_talk_seconds
        How long somebody outside talks, to whom the caller was given for good.
    """

    def __init__(
        self,
        session: Session,
        host: FlowHost,
        *,
        clock: SecondClock,
        prompter: Prompter,
        on_end: Callable[[Ending], None],
    ) -> None:
        self._session = session
        self._host = host
        self._clock = clock
        self._prompter = prompter
        self._on_end = on_end
        self.outside_talk_seconds = 0
        self._pending: Interaction | None = None
        self._timer: Timer | None = None
        self._keys = ""
        self._stopped_with: Result | None = None
        self._steps: list[TimedStep] = []

    def start(self) -> None:
        """Run until the flow first needs time."""
        self._perform(self._noted(self._session.start()))

    def stop(self, result: Result) -> None:
        """End the flow from outside, with ``Hangup`` or ``Dequeued``; nothing happens when it is over."""
        if self._pending is not None:
            self._clear()
            self._noted(self._session.resume(result))
            self._host.flow_ended(self._steps)
        elif not self._session.over:
            self._stopped_with = result

    def press(self, keys: str) -> None:
        """Take key presses; they are lost unless the flow collects them now."""
        pending = self._pending
        if isinstance(pending, Converse):
            self._host.notes(Pressed(keys))
            self._resume(Digits(keys))
        elif isinstance(pending, Collect):
            self._host.notes(Pressed(keys, secret=pending.encryption is not None))
            for key in keys:
                if self._pending is not pending:
                    return
                self._take_key(pending, key)

    def speak(self, words: str) -> None:
        """Take what the caller says; it is lost unless a bot listens."""
        if isinstance(self._pending, Converse):
            converse = self._pending
            self._host.notes(Said(words))
            self._resume(self._host.understands(converse.bot_alias_arn, converse.language_locale, words))

    def _perform(self, effect: Effect) -> None:
        while isinstance(effect, (Instruction, Question)):
            answer = self._host.answer(effect)
            effect = self._noted(self._session.resume(self._stopped_with or answer))
        if isinstance(effect, Interaction):
            self._begin(effect)
        elif isinstance(effect, Ending):
            self._host.flow_ended(self._steps)
            self._on_end(effect)
        else:
            raise TypeError(f"the flow asked for {type(effect).__name__}, which this host does not know")

    def _begin(self, effect: Interaction) -> None:
        self._pending, self._keys = effect, ""
        match effect:
            case Say():
                prompt = self._prompt(effect, "nothing")
                self._wait(prompt.seconds, Done())
                self._host.plays(prompt)
            case Collect():
                prompt = self._prompt(effect.prompt, "keys")
                self._wait(prompt.seconds + effect.timeout_seconds, Timeout())
                self._host.plays(prompt)
            case Converse():
                prompt = self._prompt(effect.prompt, "speech")
                self._wait(prompt.seconds + (effect.timeout_seconds or SPEECH_TIMEOUT_SECONDS), Timeout())
                self._host.plays(prompt)
            case PlayLoop():
                if effect.interrupt_after_seconds is not None:
                    self._wait(effect.interrupt_after_seconds, Interrupted())
                if effect.messages:
                    self._host.plays(self._prompt(effect.messages[0], "nothing"))
            case Wait():
                self._wait(effect.seconds, Done())
            case TransferToThirdParty():
                self._call_outside(effect)
            case TransferToAgent():
                self._resume(Failed("the twin's agents do not take contacts from flows: transfer to a queue"))
            case _:
                raise TypeError(f"the flow asked for {type(effect).__name__}, which this host does not know")

    def _call_outside(self, effect: TransferToThirdParty) -> None:
        limit = effect.timeout_seconds if effect.continues else None
        limit = RING_SECONDS if limit is None else limit
        call = self._host.calls_outside(effect.number)
        if call.outcome == "busy":
            self._wait(call.seconds, CallFailed("the number is busy or not in service"))
        elif call.outcome == "no_answer" or call.seconds > limit:
            self._wait(limit, Timeout())
        else:
            self._timer = self._clock.later(call.seconds, lambda: self._put_through(effect, call))

    def _put_through(self, effect: TransferToThirdParty, call: OutsideCall) -> None:
        self._host.is_put_through(effect.number)
        if effect.continues:
            self._wait(call.talk_seconds, Done())
        else:
            self.outside_talk_seconds = call.talk_seconds
            self._resume(Done())

    def _prompt(self, say: Say | None, listens: str) -> Prompt:
        if say is None:
            return Prompt("", "en", 0, listens)
        self._host.notes(Heard(say.ssml or say.text or "", say.prompt_id))
        words, language, seconds = self._prompter.measure(say)
        return Prompt(words, language, seconds, listens)

    def _take_key(self, collect: Collect, key: str) -> None:
        ended = key in (collect.terminator or "")
        if not ended:
            self._keys += key
        if self._keys and (ended or len(self._keys) >= collect.max_digits):
            self._resume(self._collected(collect))
        elif self._keys:
            self._wait(collect.inter_digit_timeout_seconds or _DIGIT_GAP_SECONDS, self._collected(collect))

    def _collected(self, collect: Collect) -> Result:
        if collect.encryption is None:
            return Digits(self._keys)
        return self._host.encrypt(self._keys, collect.encryption)

    def _wait(self, seconds: float, result: Result) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._clock.later(seconds, lambda: self._resume(result))

    def _resume(self, result: Result) -> None:
        self._clear()
        self._perform(self._noted(self._session.resume(result)))

    def _noted(self, effect: Effect) -> Effect:
        now = self._clock.now()
        self._steps += (TimedStep(now, step) for step in self._session.trace[len(self._steps) :])
        return effect

    def _clear(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer, self._pending = None, None
