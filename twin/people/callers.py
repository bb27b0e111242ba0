"""Callers who behave: they know why they call, press keys, wait as long as they can, and talk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from twin.connect.call import Call
from twin.connect.desk import Desk
from twin.connect.moments import SecondClock
from twin.connect.parties import Prompt
from twin.contracts import Studio, Timer
from twin.people.conversation import Conversation, plan_conversation
from twin.people.scenario import Reason, Scenario, Seconds

_WRONG_KEY = "9"
_LINGER_SECONDS = 2


@dataclass(frozen=True)
class Surroundings:
    """What all callers of one scenario share."""

    scenario: Scenario
    clock: SecondClock
    studio: Studio
    gave_up: Callable[[ScenarioCaller], None]


@dataclass
class ScenarioCaller:
    """One caller of a scenario, for one call. All that is random comes from ``chance``."""

    number: str
    language: str
    reason_name: str
    chance: Random
    around: Surroundings
    conversation: Conversation | None = None
    _keys: list[str] = field(default_factory=list)
    _pressed: dict[str, str] = field(default_factory=dict)
    _intention: Timer | None = None
    _talked: bool = False

    def __post_init__(self) -> None:
        self._keys = list(self.reason.keys)
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

    def hears(self, call: Call, prompt: Prompt) -> None:
        """Press the key for what is wanted, or lose patience with the machine."""
        if call.phase in {"queued", "ringing", "whisper"}:
            return
        self._stay()
        if self._served:
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

    def is_left(self, call: Call) -> None:
        """Consider calling again, if nobody helped."""
        self._stay()
        if call.facts.outcome in {"abandoned", "ended_in_menu"} and not self.reason.self_service:
            self.around.gave_up(self)

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
        if self.chance.random() < habits.answers_survey_share:
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


def draw(chance: Random, span: Seconds) -> int:
    """Return a whole number of seconds from ``span``."""
    return chance.randint(span.least, span.most)
