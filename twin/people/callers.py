"""Callers who behave: they know why they call, press keys, wait as long as they can, and talk."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from twin.connect.call import Call
from twin.connect.callback import Callback
from twin.connect.desk import Desk
from twin.connect.moments import SecondClock
from twin.connect.parties import Caller, Prompt
from twin.contracts import Studio, Timer
from twin.people.conversation import Conversation, plan_conversation, plan_message
from twin.people.draw import draw
from twin.people.habits import Messages
from twin.people.scenario import Reason, Scenario

_WRONG_KEY = "9"
_LINGER_SECONDS = 2
_DATA = re.compile(r"\{([a-z_]+)\}")
_UNKNOWN_DATA = "0000"


@dataclass(frozen=True)
class Surroundings:
    """What all callers of one scenario share."""

    scenario: Scenario
    clock: SecondClock
    studio: Studio
    gave_up: Callable[[ScenarioCaller], None]


@dataclass
class ScenarioCaller(Caller):
    """One caller of a scenario, for one call. All that is random comes from ``chance``."""

    number: str
    language: str
    reason_name: str
    chance: Random
    around: Surroundings
    conversation: Conversation | None = None
    _keys: list[str] = field(default_factory=list)
    _pressed: dict[str, str] = field(default_factory=dict)
    _answers: list[str] = field(default_factory=list)
    _intention: Timer | None = None
    _talked: bool = False

    def __post_init__(self) -> None:
        self._keys = [self._data(one) for one in self.reason.keys]
        habits, chance = self.around.scenario.callers, self.chance
        self._barges_in = chance.random() < habits.barges_in_share
        self._hangs_up_in_menu = chance.random() < habits.hangs_up_in_menu_share
        self._errs = chance.random() < habits.wrong_key_share
        self._presses_nothing = chance.random() < habits.no_key_share
        patience = chance.expovariate(1 / habits.patience_mean_seconds)
        self._patience_seconds = max(habits.patience_least_seconds, round(patience))

    @property
    def reason(self) -> Reason:
        """Return why this caller calls."""
        return self.around.scenario.reasons[self.reason_name]

    @property
    def keys_to_press(self) -> list[str]:
        """Return the keys for the menus and questions that are still to come."""
        return list(self._keys)

    def hears(self, call: Call, prompt: Prompt) -> None:
        """Press the key for what is wanted, or lose patience with the machine."""
        if call.phase in {"queued", "ringing", "whisper"}:
            self._hears_in_queue(call, prompt)
            return
        if call.phase == "connected":
            return
        self._stay()
        if self._may_speak(prompt):
            self._leave_message(call, prompt)
        elif self._served:
            self._leave(call, _LINGER_SECONDS if prompt.listens != "nothing" else prompt.seconds + _LINGER_SECONDS)
        elif prompt.listens == "nothing":
            return
        elif self._talked:
            self._answer_survey(call, prompt)
        else:
            self._choose(call, prompt)

    def waits(self, call: Call) -> None:
        """Wait in the queue, but not for ever."""
        self._leave(call, self._patience_seconds)

    def speaks(self, call: Call, desk: Desk) -> None:
        """Talk to the agent, to the end of the dialogue."""
        self._stay()
        self._talked = True
        scenario = self.around.scenario
        dialogue = self.chance.choice(scenario.dialogues_of(self.reason_name)[self.language])
        self.conversation = plan = plan_conversation(
            dialogue, self.language, studio=self.around.studio, habits=scenario.agents, chance=self.chance
        )
        call.converse(plan.utterances)
        later = self.around.clock.later
        if plan.hold is not None:
            start, length = plan.hold
            later(start, lambda: desk.hold(call))
            later(start + length, lambda: desk.resume(call))
        later(plan.seconds, (lambda: desk.hang_up(call)) if plan.agent_hangs_up else call.hang_up)

    def is_called(self, call: Callback) -> None:
        """Be called back, as agreed: pick up after some seconds, or miss it."""
        habits = self.around.scenario.callbacks
        if self.chance.random() < habits.answers_share:
            self.around.clock.later(draw(self.chance, habits.answers_seconds), call.pick_up)

    def is_put_through(self, call: Call) -> None:
        """Talk to somebody outside, until that party hangs up."""
        del call
        self._stay()

    def is_left(self, call: Call) -> None:
        """Consider calling again, if nobody helped."""
        self._stay()
        if call.facts.outcome in {"abandoned", "ended_in_menu"} and not self.reason.self_service:
            self.around.gave_up(self)

    def _data(self, keys: str | Sequence[str]) -> str:
        """Return the keys to press, drawn from several, with what callers from this number know."""
        chosen = keys if isinstance(keys, str) else self.chance.choice(keys)
        known = self.around.scenario.known.get(self.number, {})
        return _DATA.sub(lambda match: known.get(match[1], _UNKNOWN_DATA), chosen)

    def _hears_in_queue(self, call: Call, prompt: Prompt) -> None:
        """Wait on, or take what is offered instead; an offer that came to nothing is waited out again."""
        if prompt.listens == "nothing":
            return
        if self._may_speak(prompt):
            self._leave_message(call, prompt)
            return
        for offer in self.around.scenario.offers:
            if any(words in prompt.text for words in offer.words):
                self._answers = list(offer.keys) if self.chance.random() < offer.share else []
        if self._answers:
            key = self._answers.pop(0)
            self._stay()
            self.around.clock.later(self._moment_to_press(prompt), lambda: call.press(key))
            self._leave(call, prompt.seconds + self._patience_seconds)

    def _may_speak(self, prompt: Prompt) -> bool:
        messages = self.around.scenario.messages
        return messages is not None and any(words in prompt.text for words in messages.words)

    def _leave_message(self, call: Call, prompt: Prompt) -> None:
        """Speak after the tone, then press a key or just hang up."""
        scenario, chance, later = self.around.scenario, self.chance, self.around.clock.later
        messages = scenario.messages
        self._stay()
        if messages is None or chance.random() >= messages.share:
            self._leave(call, prompt.seconds + _LINGER_SECONDS)
            return
        text = chance.choice(messages.texts[self.language])
        said, seconds = plan_message(
            text, self.language, studio=self.around.studio, habits=scenario.agents, chance=chance
        )
        later(prompt.seconds, lambda: call.leave_message(said))
        self._intention = later(prompt.seconds + seconds, self._end_of_message(call, messages))

    def _end_of_message(self, call: Call, messages: Messages) -> Callable[[], None]:
        if self.chance.random() < messages.key_share:
            return lambda: call.press(messages.key)
        return call.hang_up

    @property
    def _served(self) -> bool:
        return self.reason.self_service and not self._keys and not self._talked

    def _choose(self, call: Call, prompt: Prompt) -> None:
        if self._hangs_up_in_menu:
            self._leave(call, self._moment_to_press(prompt))
        elif self._presses_nothing:
            self._presses_nothing = False
        elif self._errs:
            self._errs = False
            self._press(call, prompt, _WRONG_KEY)
        elif any(words in prompt.text for words in self.around.scenario.language_menu):
            self._press(call, prompt, self.around.scenario.languages[self.language].key)
        elif prompt.text in self._pressed or self._keys:
            key = self._pressed.get(prompt.text) or self._keys.pop(0)
            self._pressed[prompt.text] = key
            self._press(call, prompt, key)
        else:
            self._leave(call, prompt.seconds + _LINGER_SECONDS)

    def _answer_survey(self, call: Call, prompt: Prompt) -> None:
        habits = self.around.scenario.callers
        if any(words in prompt.text for words in habits.resolved_words):
            self._press(call, prompt, "1" if self.chance.random() < habits.resolved_share else "2")
        elif self.chance.random() < habits.answers_survey_share:
            scores, weights = list(habits.survey_weights), list(habits.survey_weights.values())
            self._press(call, prompt, str(self.chance.choices(scores, weights)[0]))
        else:
            self._leave(call, self.chance.randint(1, prompt.seconds + _LINGER_SECONDS))

    def _press(self, call: Call, prompt: Prompt, key: str) -> None:
        self._stay()
        self._intention = self.around.clock.later(self._moment_to_press(prompt), lambda: call.press(key))

    def _moment_to_press(self, prompt: Prompt) -> int:
        thinking = draw(self.chance, self.around.scenario.callers.press_seconds)
        if self._barges_in:
            return min(max(1, prompt.seconds // 2) + thinking, prompt.seconds + thinking)
        return prompt.seconds + thinking

    def _leave(self, call: Call, seconds: int) -> None:
        self._stay()
        self._intention = self.around.clock.later(seconds, call.hang_up)

    def _stay(self) -> None:
        """Drop what was about to be done: something else is heard now."""
        if self._intention is not None:
            self._intention.cancel()
            self._intention = None
