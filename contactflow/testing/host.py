"""The world around an offline test: what functions, hours, queues, figures and bots answer without an override."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from contactflow.model.names import name_resource
from contactflow.model.values import as_fields
from contactflow.run.effects import Converse, Intent
from contactflow.testing.matching import includes, words_of

Bot = Callable[[str, bool, Converse], Intent | None]
"""Gets what the caller said, or pressed (second argument true), and the conversation; None is not understood."""

Function = Callable[[Mapping[str, Any]], Any]
"""Gets the flow's parameters and answers, as a Lambda function does; an exception is the function's error."""

METRICS: Mapping[str, float] = {
    "NumberOfAgentsAvailable": 1,
    "NumberOfAgentsStaffed": 1,
    "NumberOfAgentsOnline": 1,
    "OldestContactInQueueAgeSeconds": 0,
    "NumberOfContactsInQueue": 0,
}


@dataclass(frozen=True, kw_only=True)
class HostDefaults:
    """What everything answers that a case does not override: an open shop on a quiet day.

    A Lambda function that is neither here nor overridden fails, as the flow would see it; so does a bot.

    Attributes
    ----------
    is_open, hours
        Whether hours of operation are open, for those not in ``hours`` (by id, ARN or placeholder).
    functions
        Functions by ARN or placeholder.
    queue_names
        Names of queues by ARN; others are called by the last part of their ARN or placeholder.
    metrics
        Real-time figures of any queue, by MetricType.
    bot
        Understands what callers say and press to a bot.
    agent_answers_after_seconds
        How long a queued caller waits for an agent; None: nobody answers, and the queue flow goes on to the
        test's time limit. An agent talks for ``talk_seconds`` and hangs up first.
    caller_number, center_number
        Numbers of the two ends where the case gives none.
    """

    is_open: bool = True
    hours: Mapping[str, bool] = field(default_factory=dict)
    functions: Mapping[str, Function] = field(default_factory=dict)
    queue_names: Mapping[str, str] = field(default_factory=dict)
    metrics: Mapping[str, float] = field(default_factory=lambda: METRICS)
    bot: Bot | None = None
    agent_answers_after_seconds: float | None = None
    talk_seconds: float = 60.0
    caller_number: str = "+15550100"
    center_number: str = "+15550199"

    def name_queue(self, queue: str) -> str:
        """Return a queue's name.

        Examples
        --------
        >>> HostDefaults().name_queue("${queue.orders}")
        'orders'
        """
        return self.queue_names.get(queue) or name_resource(queue)

    def figures_of(self, queue_arn: str | None, queue_name: str | None) -> Mapping[str, Any]:
        """Return a queue's real-time figures, shaped as below ``$.Metrics``."""
        figures = self.metrics
        wait = figures.get("EstimatedWaitTime", 0)
        return {
            "Queue": {
                "Name": queue_name,
                "ARN": queue_arn,
                "Size": figures.get("NumberOfContactsInQueue", 0),
                "OldestContactAge": figures.get("OldestContactInQueueAgeSeconds", 0),
                "EstimatedWaitTime": wait,
            },
            "Agents": {
                name: {"Count": figures.get(f"NumberOfAgents{name}", 0)} for name in ("Available", "Staffed", "Online")
            },
            "Contact": {"PositionInQueue": figures.get("PositionInQueue", 1), "EstimatedWaitTime": wait},
        }


class PhraseBot:
    """A bot that knows phrases and keys by heart.

    Parameters
    ----------
    phrases
        Intent by phrase; the longest phrase that stands in what was said wins.
    keys
        Intent by key.

    Examples
    --------
    >>> bot = PhraseBot({"buy a part": "main_1", "a part": "main_2"}, {"1": "key_1"})
    >>> bot("I want to buy a part, please", False, None).name
    'main_1'
    """

    def __init__(self, phrases: Mapping[str, str], keys: Mapping[str, str] | None = None) -> None:
        longest_first = sorted(phrases, key=lambda phrase: -len(words_of(phrase)))
        self._phrases = [(phrase, phrases[phrase]) for phrase in longest_first]
        self._keys = dict(keys or {})

    def __call__(self, heard: str, pressed: bool, conversation: Converse) -> Intent | None:
        """Return the intent of what was said or pressed, None for nothing that it knows."""
        del conversation
        if pressed:
            name = self._keys.get(heard)
        else:
            name = next((intent for phrase, intent in self._phrases if includes(heard, phrase)), None)
        return None if name is None else Intent(name, confidence=1.0)


def read_intent(value: Any) -> Intent | None:
    """Return the intent that a mocked bot's answer holds, None where it holds none.

    The shape of the answer is not documented. Read are what ``$.Lex`` holds afterwards (IntentName, Slots,
    SessionAttributes) and what Amazon Lex V2 answers (``sessionState.intent``).
    """
    answer = as_fields(value)
    if "IntentName" in answer:
        return Intent(str(answer["IntentName"]), _texts(answer.get("Slots")), _texts(answer.get("SessionAttributes")))
    state = as_fields(answer.get("sessionState"))
    intent = as_fields(state.get("intent"))
    if "name" not in intent:
        return None
    slots = {
        name: as_fields(as_fields(slot).get("value")).get("interpretedValue")
        for name, slot in as_fields(intent.get("slots")).items()
    }
    return Intent(str(intent["name"]), _texts(slots), _texts(state.get("sessionAttributes")))


def _texts(values: Any) -> dict[str, str]:
    given = as_fields(values).items()
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in given if value is not None}
