"""Turns a written dialogue into a conversation in time: who speaks when, holds included."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from twin.contracts import Studio, Utterance
from twin.people.habits import AgentHabits
from twin.people.scenario import Line

_BEGIN_SECONDS, _END_SECONDS = 1.0, 1.5


@dataclass(frozen=True)
class Conversation:
    """A conversation as it would go if nobody leaves early.

    Attributes
    ----------
    seconds
        Whole seconds from the connection to the first to hang up, hold included.
    hold
        When the caller is put on hold and for how long, in whole seconds; None without hold.
    agent_hangs_up
        True when the agent ends the call, so that the caller may be asked for satisfaction.
    """

    utterances: tuple[Utterance, ...]
    seconds: int
    hold: tuple[int, int] | None
    agent_hangs_up: bool


def plan_conversation(
    dialogue: Sequence[Line], language: str, *, studio: Studio, habits: AgentHabits, chance: Random
) -> Conversation:
    """Lay ``dialogue`` out in time; the same ``chance`` gives the same conversation."""
    hold_before = _hold_position(dialogue, habits, chance)
    now, hold, utterances = _BEGIN_SECONDS, None, []
    for position, line in enumerate(dialogue):
        if position == hold_before:
            length = chance.randint(habits.hold_seconds.least, habits.hold_seconds.most)
            hold = (math.ceil(now), length)
            now = float(math.ceil(now) + length)
        end = now + studio.seconds(line.text, language, line.speaker)
        utterances.append(Utterance(line.speaker, language, line.text, round(now, 2), round(end, 2)))
        now = end + chance.randint(habits.gap_tenths.least, habits.gap_tenths.most) / 10
    seconds = math.ceil(utterances[-1].end_seconds + _END_SECONDS)
    return Conversation(tuple(utterances), seconds, hold, chance.random() < habits.hangs_up_first_share)


def plan_message(
    lines: Sequence[str], language: str, *, studio: Studio, habits: AgentHabits, chance: Random
) -> tuple[tuple[Utterance, ...], int]:
    """Lay out what a caller says without an agent; return it, and the whole seconds until the end."""
    now, utterances = _BEGIN_SECONDS, []
    for line in lines:
        end = now + studio.seconds(line, language, "customer")
        utterances.append(Utterance("customer", language, line, round(now, 2), round(end, 2)))
        now = end + chance.randint(habits.gap_tenths.least, habits.gap_tenths.most) / 10
    return tuple(utterances), math.ceil(utterances[-1].end_seconds + _END_SECONDS)


def _hold_position(dialogue: Sequence[Line], habits: AgentHabits, chance: Random) -> int | None:
    """Return the agent's line before which the caller is on hold: the agent looks something up."""
    places = [position for position, line in enumerate(dialogue) if position > 1 and line.agent is not None]
    if not places or chance.random() >= habits.holds_share:
        return None
    return chance.choice(places)
