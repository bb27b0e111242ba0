"""The line between a flow and the simulated caller: answers what a flow asks, from overrides and defaults."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from contactflow.run import ContactState
from contactflow.run.effects import (
    CheckHours,
    CheckMetrics,
    Collect,
    Converse,
    Dequeued,
    Digits,
    Done,
    Effect,
    EncryptedDigits,
    Failed,
    FunctionFailed,
    FunctionResult,
    GetMetrics,
    Hangup,
    InHours,
    Intent,
    Interrupted,
    InvokeFunction,
    Metrics,
    MetricValue,
    PlayLoop,
    QueueContact,
    Queued,
    QueueSelected,
    RequeueContact,
    Result,
    Say,
    SetTargetQueue,
    Timeout,
    TransferToThirdParty,
    Wait,
)
from contactflow.testing.caller import Caller, is_silence, time_message
from contactflow.testing.host import HostDefaults, read_intent
from contactflow.testing.language import Mock
from contactflow.testing.overrides import Overrides

FALLBACK_INTENT = "FallbackIntent"
_DONE = Done()
ENCRYPTED = base64.b64encode(b"digits, encrypted").decode()
"""What stands for encrypted keys: offline they are never kept, not even encrypted."""
TIME_LIMIT_SECONDS = 300.0
"""**Source**: Amazon Connect Administrator Guide, "Run test cases": a test lasts 5 minutes at most."""


class Audience(Protocol):
    """Who is told what happens on the line, and may act on it at once."""

    def hear(self, message: Say) -> None:
        """Be told that the caller hears a message."""

    def see_start(self, action_type: str, resource: str | None) -> None:
        """Be told that an action of the flow starts."""

    def note(self, what: str) -> None:
        """Be told something that helps to understand a failure."""


class Line:
    """Answers effects, and tells the audience what happens meanwhile.

    Attributes
    ----------
    agent_at
        Virtual second at which an agent answers; None where nobody does.
    failed_functions
        Functions that failed for want of an override.
    """

    def __init__(
        self, contact: ContactState, caller: Caller, overrides: Overrides, host: HostDefaults, audience: Audience
    ) -> None:
        self._contact = contact
        self._caller = caller
        self._overrides = overrides
        self._host = host
        self._audience = audience
        self.agent_at: float | None = None
        self.failed_functions: list[str] = []
        self._answers: Mapping[type[Effect], Callable[[Any], Result]] = {
            Say: self._say,
            Collect: self._collect,
            Converse: self._converse,
            PlayLoop: self._play_loop,
            Wait: self._wait,
            TransferToThirdParty: self._transfer,
            InvokeFunction: self._invoke,
            CheckHours: self._check_hours,
            CheckMetrics: lambda effect: MetricValue(self._host.metrics.get(effect.metric, 0)),
            GetMetrics: lambda _: Metrics(self._host.figures_of(self._contact.queue_arn, self._contact.queue_name)),
            SetTargetQueue: self._select_queue,
            QueueContact: lambda effect: self._queue(effect, "TransferContactToQueue"),
            RequeueContact: lambda effect: self._queue(effect, "DequeueAndTransferToQueue"),
        }

    def answer(self, effect: Effect) -> Result:
        """Return what a flow's effect comes to."""
        answer, caller = self._answers.get(type(effect)), self._caller
        result = _DONE if answer is None else answer(effect)
        if caller.gone or caller.seconds >= TIME_LIMIT_SECONDS:
            return Hangup()
        if self.agent_at is not None and not isinstance(result, Queued) and self._agent_is_there():
            return Dequeued()
        return result

    def _agent_is_there(self) -> bool:
        return self.agent_at is not None and self._caller.seconds >= self.agent_at

    def _hear(self, message: Say, *, listening: bool = False) -> None:
        """Play a message; what was pressed or said before it is lost unless the flow listens."""
        lost = "" if listening else self._caller.lose_input()
        if lost:
            self._audience.note(f'"{lost}" was lost: the flow was about to play a message that takes no input')
        self._caller.wait(time_message(message))
        if not is_silence(message) and self._caller.seconds < TIME_LIMIT_SECONDS:
            self._audience.hear(message)

    def _say(self, message: Say) -> Result:
        self._hear(message)
        return _DONE

    def _collect(self, collect: Collect) -> Result:
        if collect.prompt is not None:
            self._hear(collect.prompt, listening=True)
        digits, complete = self._caller.take_digits(collect)
        if not digits:
            self._stay_silent(0 if complete else collect.timeout_seconds)
            return Timeout()
        if not complete:
            self._caller.wait(collect.inter_digit_timeout_seconds)
        return Digits(digits) if collect.encryption is None else EncryptedDigits(ENCRYPTED)

    def _stay_silent(self, seconds: float) -> None:
        lost = self._caller.lose_input()
        if lost:
            self._audience.note(f'"{lost}" was lost: the flow takes keys only here')
        self._caller.wait(seconds)

    def _converse(self, effect: Converse) -> Result:
        self._audience.see_start("ConnectParticipantWithLexBot", effect.bot_alias_arn)
        bot, mock = self._overrides.use("ConnectParticipantWithLexBot", effect.bot_alias_arn)
        if effect.prompt is not None:
            self._hear(effect.prompt, listening=True)
        if mock is not None:
            self._caller.wait(mock.delay_seconds)
            intent = None if mock.error else read_intent(mock.value)
            return intent or Failed(f"The bot {bot} was made to fail", mock.error or "NoMatchingError")
        heard, pressed = self._caller.take_turn()
        if not heard:
            self._caller.wait(effect.timeout_seconds or 0)
            return Timeout()
        if self._host.bot is None:
            return Digits(heard) if pressed else self._no_bot(bot)
        return self._host.bot(heard, pressed, effect) or Intent(FALLBACK_INTENT)

    def _no_bot(self, bot: str | None) -> Result:
        self._audience.note(f"The bot {bot} is not there offline, and no override answers for it")
        return Failed(f"The bot {bot} is not there")

    def _play_loop(self, loop: PlayLoop) -> Result:
        ending = min(self._caller.seconds + (loop.interrupt_after_seconds or TIME_LIMIT_SECONDS), TIME_LIMIT_SECONDS)
        while self._caller.seconds < ending:
            for message in loop.messages:
                self._hear(message)
                if self._caller.gone or self._agent_is_there():
                    return Dequeued()
                if self._caller.seconds >= ending:
                    break
        self._caller.seconds = ending
        return Dequeued() if loop.interrupt_after_seconds is None else Interrupted()

    def _wait(self, wait: Wait) -> Result:
        self._caller.wait(wait.seconds)
        return Done()

    def _transfer(self, transfer: TransferToThirdParty) -> Result:
        self._audience.note(f"{transfer.number} answered, and hung up after {self._host.talk_seconds:g} s")
        self._caller.wait(self._host.talk_seconds)
        return Done()

    def _invoke(self, effect: InvokeFunction) -> Result:
        self._audience.see_start("InvokeLambdaFunction", effect.arn)
        name, mock = self._overrides.use("InvokeLambdaFunction", effect.arn)
        if mock is not None:
            return self._mock_function(mock, effect)
        if effect.asynchronous:
            return Done()
        function = self._host.functions.get(name or "")
        if function is None:
            self.failed_functions.append(str(name))
            reason = f"{name} is not there offline, and no override answers for it"
            self._audience.note(f"A function failed: {reason}")
            return FunctionFailed(reason)
        try:
            return FunctionResult(function(effect.parameters))
        except Exception as error:
            return FunctionFailed(f"{type(error).__name__}: {error}")

    def _mock_function(self, mock: Mock, effect: InvokeFunction) -> Result:
        self._caller.wait(min(mock.delay_seconds, effect.timeout_seconds))
        if mock.error == "TimeLimitExceeded" or mock.delay_seconds > effect.timeout_seconds:
            return FunctionFailed("The override lets it take too long", "timeout")
        if mock.error:
            return FunctionFailed("The override lets it fail")
        return Done() if effect.asynchronous else FunctionResult(mock.value)

    def _check_hours(self, effect: CheckHours) -> Result:
        self._audience.see_start("CheckHoursOfOperation", effect.hours_id)
        hours, mock = self._overrides.use("CheckHoursOfOperation", effect.hours_id)
        if mock is not None:
            return Failed("The override lets it fail", mock.error) if mock.error else InHours(mock.value)
        return InHours(self._host.hours.get(hours or "", self._host.is_open))

    def _select_queue(self, effect: SetTargetQueue) -> Result:
        queue = effect.queue_id
        return Done() if queue is None else QueueSelected(queue, self._host.name_queue(queue))

    def _queue(self, effect: QueueContact | RequeueContact, action_type: str) -> Result:
        self._audience.see_start(action_type, effect.queue_arn)
        queue, mock = self._overrides.use(action_type, effect.queue_arn)
        if mock is not None:
            return Failed("The override lets it fail", mock.error or "NoMatchingError")
        if queue != effect.queue_arn and queue is not None:
            self._contact.queue_arn, self._contact.queue_name = queue, self._host.name_queue(queue)
        if self._host.agent_answers_after_seconds is not None:
            self.agent_at = self._caller.seconds + self._host.agent_answers_after_seconds
        return Queued()
