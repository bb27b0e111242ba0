"""A telephone, a queue and functions for one flow: answers what a session asks, and tells what happens."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from cli.flow.call_events import CallEvent, Listener
from cli.flow.callers import AGENT, FAILS, HANG_UP, KEYS, SILENCE, Caller
from cli.flow.phone_words import press, word_message, word_question, word_setting
from contactflow.model.names import name_function, name_resource
from contactflow.run import effects as fx

FIGURES: Mapping[str, float] = {
    "NumberOfAgentsAvailable": 1,
    "NumberOfAgentsStaffed": 1,
    "NumberOfAgentsOnline": 1,
    "NumberOfContactsInQueue": 0,
    "OldestContactInQueueAgeSeconds": 0,
}
FAILURES = ("error", "timeout", "denied")
METRICS: Mapping[str, Any] = {
    "Queue": {"Size": 0, "OldestContactAge": 0, "EstimatedWaitTime": 60},
    "Agents": {name: {"Count": 1} for name in ("Online", "Available", "Staffed")},
    "Contact": {"PositionInQueue": 1, "EstimatedWaitTime": 60},
}


@dataclass
class Phone:
    """Answers effects the way a good day would, except where it was told otherwise.

    Attributes
    ----------
    functions
        What each Lambda function answers, by its ARN, the name in it, or a placeholder's name; a string that names a
        failure (``error``, ``timeout``, ``denied``) fails that way. A function that is not here fails.
    is_open
        What hours of operation answer.
    """

    caller: Caller
    listener: Listener
    functions: Mapping[str, Any] = field(default_factory=dict)
    is_open: bool = True

    def answer(self, effect: fx.Effect) -> fx.Result:
        """Make an effect happen, and return its result."""
        known = _ANSWERS.get(type(effect))
        if known is not None:
            return known(self, effect)
        self.tell("sets", word_setting(effect))
        return fx.Done()

    def tell(self, kind: str, text: str, **details: Any) -> None:
        """Let the listener know."""
        self.listener.hear(CallEvent(kind, text, details))

    def _say(self, say: fx.Say) -> fx.Result:
        self._speak("says", say)
        return fx.Done()

    def _speak(self, kind: str, say: fx.Say | None) -> None:
        if say is not None:
            self.tell(kind, word_message(say), ssml=say.ssml, voice=say.voice, language=say.language_locale)

    def _collect(self, collect: fx.Collect) -> fx.Result:
        self._speak("asks", collect.prompt)
        typed = self.caller.answer(word_question(collect))
        if typed == HANG_UP:
            return self._hang_up()
        keys = press(collect, typed) if KEYS.fullmatch(typed) else ""
        if not keys:
            return self._stay_silent()
        if collect.encryption is not None:
            self.tell("caller", f"enters {len(keys)} keys, which are encrypted: the flow never sees them")
            return fx.EncryptedDigits(f"encrypted:{len(keys)}-digits")
        self.tell("caller", f"presses {keys}", keys=keys)
        return fx.Digits(keys)

    def _converse(self, converse: fx.Converse) -> fx.Result:
        self._speak("asks", converse.prompt)
        typed = self.caller.answer(f"to the bot {converse.bot_alias_arn.rsplit('/', 1)[-1]}")
        if typed == HANG_UP:
            return self._hang_up()
        if typed == SILENCE:
            return self._stay_silent()
        if KEYS.fullmatch(typed):
            self.tell("caller", f"presses {typed}", keys=typed)
            return fx.Digits(typed)
        name, *slots = typed.split(":")
        self.tell("caller", f"means {typed}", intent=name)
        return fx.Intent(name, dict(slot.split("=", 1) for slot in slots), confidence=1.0)

    def _play_loop(self, loop: fx.PlayLoop) -> fx.Result:
        for say, _ in groupby(loop.messages):
            self._speak("says", say)
        seconds = loop.interrupt_after_seconds
        choices = (AGENT,) if seconds is None else (SILENCE, AGENT)
        hint = "a: an agent answers" if seconds is None else f"Enter: {seconds:g} s pass, a: an agent answers"
        return self._end_wait(
            self.caller.wait(hint, choices, AGENT),
            {SILENCE: ("waits", f"{seconds or 0:g} seconds pass", fx.Interrupted())},
        )

    def _wait(self, wait: fx.Wait) -> fx.Result:
        self.tell("waits", f"{wait.seconds:g} seconds pass", seconds=wait.seconds)
        return fx.Done()

    def _third_party(self, transfer: fx.TransferToThirdParty) -> fx.Result:
        self.tell("goes", f"{transfer.number} is called", number=transfer.number)
        hint = "Enter: they answer and talk, t: nobody answers, f: the call fails"
        answered = self.caller.wait(hint, ("", SILENCE, FAILS), "")
        return self._end_wait(
            answered,
            {
                "": ("goes", f"{transfer.number} answers", fx.Done()),
                SILENCE: ("goes", "Nobody answers", fx.Timeout()),
                FAILS: ("goes", "The call fails", fx.CallFailed("the line is busy")),
            },
        )

    def _to_agent(self, transfer: fx.TransferToAgent) -> fx.Result:
        self.tell("goes", f"to the agent {transfer.agent_id or 'of the transfer'}")
        return fx.Done()

    def _end_wait(self, word: str, endings: Mapping[str, tuple[str, str, fx.Result]]) -> fx.Result:
        if word == HANG_UP:
            return self._hang_up()
        if word not in endings:
            self.tell("goes", "An agent answers")
            return fx.Dequeued()
        kind, text, result = endings[word]
        self.tell(kind, text)
        return result

    def _invoke(self, effect: fx.InvokeFunction) -> fx.Result:
        name = name_function(effect.arn)
        if effect.asynchronous:
            self.tell("function", f"{name} is started, nobody waits", name=name, parameters=dict(effect.parameters))
            return fx.Done()
        answer = self.functions.get(effect.arn, self.functions.get(name))
        if answer is None:
            reason = f"no answer was given for it: --function {name}='{{...}}'"
            return self._function_fails(name, effect, reason, "error")
        if isinstance(answer, str) and answer in FAILURES:
            return self._function_fails(name, effect, "as you asked", answer)
        shown = json.dumps(answer, ensure_ascii=False)
        self.tell("function", f"{name} answers {shown}", name=name, parameters=dict(effect.parameters), answer=answer)
        return fx.FunctionResult(answer)

    def _function_fails(self, name: str, effect: fx.InvokeFunction, reason: str, kind: Any) -> fx.Result:
        self.tell("function", f"{name} fails ({kind})", name=name, parameters=dict(effect.parameters), failure=kind)
        return fx.FunctionFailed(reason, kind)

    def _check_hours(self, effect: fx.CheckHours) -> fx.Result:
        self.tell("checks", f"hours of operation: {'open' if self.is_open else 'closed'}", hours=effect.hours_id)
        return fx.InHours(self.is_open)

    def _check_metric(self, effect: fx.CheckMetrics) -> fx.Result:
        value = FIGURES.get(effect.metric)
        if value is None:
            return fx.Failed(f"{effect.metric} is not a metric of a queue")
        self.tell("checks", f"{effect.metric}: {value:g}", metric=effect.metric, value=value)
        return fx.MetricValue(value)

    def _get_metrics(self, _effect: fx.GetMetrics) -> fx.Result:
        self.tell("checks", "figures of the queue: one agent available, nobody waiting")
        return fx.Metrics(METRICS)

    def _check_progress(self, _effect: fx.CheckCallProgress) -> fx.Result:
        self.tell("checks", "a person answered the call")
        return fx.CallProgress("CallAnswered")

    def _select_queue(self, effect: fx.SetTargetQueue) -> fx.Result:
        if effect.queue_id is None:
            return fx.Done()
        return fx.QueueSelected(effect.queue_id, name_resource(effect.queue_id))

    def _queue(self, effect: fx.QueueContact | fx.RequeueContact) -> fx.Result:
        name = name_resource(effect.queue_arn or effect.agent_id or "")
        self.tell("goes", f"into the queue {name}, priority {effect.priority}", queue=name, priority=effect.priority)
        return fx.Queued()

    def _call_back(self, effect: fx.CreateCallback) -> fx.Result:
        where = name_resource(effect.queue_arn or effect.agent_id or "")
        self.tell("goes", f"{effect.number} will be called back from the queue {where}", number=effect.number)
        return fx.Done()

    def _hang_up(self) -> fx.Result:
        self.tell("caller", "hangs up")
        return fx.Hangup()

    def _stay_silent(self) -> fx.Result:
        self.tell("caller", "says nothing")
        return fx.Timeout()


_ANSWERS: Mapping[type[fx.Effect], Callable[[Phone, Any], fx.Result]] = {
    fx.Say: Phone._say,
    fx.Collect: Phone._collect,
    fx.Converse: Phone._converse,
    fx.PlayLoop: Phone._play_loop,
    fx.Wait: Phone._wait,
    fx.TransferToThirdParty: Phone._third_party,
    fx.TransferToAgent: Phone._to_agent,
    fx.InvokeFunction: Phone._invoke,
    fx.CheckHours: Phone._check_hours,
    fx.CheckMetrics: Phone._check_metric,
    fx.GetMetrics: Phone._get_metrics,
    fx.CheckCallProgress: Phone._check_progress,
    fx.SetTargetQueue: Phone._select_queue,
    fx.QueueContact: Phone._queue,
    fx.RequeueContact: Phone._queue,
    fx.CreateCallback: Phone._call_back,
}
