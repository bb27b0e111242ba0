"""Where a walk is, what is known there, and the ways out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from contactflow.explore.answers import Answer
from contactflow.explore.memory import Memory
from contactflow.explore.places import Place

Heard = Literal["nothing", "words", "one failure", "failures"]
"""What the flow has said last: nothing since the call began or since something failed, or words."""

End = Literal["disconnected", "ended", "elsewhere", "returned", "dead end"]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a module was invoked, and what the invoking flow knows that the module cannot see."""

    place: Place
    module_id: str
    local: Memory


@dataclass(frozen=True, slots=True)
class State:
    """Where a contact is, and what is known of it.

    ``widened`` is True where the exploration gave up to tell values apart.
    """

    place: Place
    memory: Memory = field(default_factory=Memory)
    frames: tuple[Frame, ...] = ()
    heard: Heard = "nothing"
    widened: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """One way out of a state.

    Attributes
    ----------
    branch
        The branch of the action that it takes; ``Terminal`` at an end.
    after
        What follows; None at an end.
    end
        How the flow ends there, None where it goes on.
    why
        For a dead end, what is wrong.
    returned
        Where a module goes back to: the action that invoked it, and the branch that this one takes.
    """

    answer: Answer
    branch: str
    after: State | None = None
    end: End | None = None
    why: str = ""
    returned: tuple[Place, str] | None = None
