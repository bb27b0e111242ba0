"""What an exploration finds, and the way that leads there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from contactflow.run.effects import Result


@dataclass(frozen=True, slots=True)
class WitnessStep:
    """One action on the way: which it is, the branch that it takes, and what a host answers where it is asked.

    The steps of a witness are those of :attr:`contactflow.run.Session.trace`, one for one.
    """

    flow_id: str
    action_id: str
    branch: str
    result: Result | None = None


@dataclass(frozen=True, slots=True)
class Witness:
    """The shortest way to a finding.

    Attributes
    ----------
    steps
        What happens, to be read: ``presses 3``, ``function route_call fails``.
    contact
        Attributes that the contact has to start with, by reference such as ``$.Channel``.
    path
        Every action from the start on, to be run again with :class:`contactflow.run.Session`.
    round
        For a loop: the actions of one more round, which can follow any number of times.
    certain
        False where the exploration had to forget values, or cannot solve a condition: the way may be impossible.
    """

    steps: tuple[str, ...]
    contact: Mapping[str, str] = field(default_factory=dict)
    path: tuple[WitnessStep, ...] = ()
    round: tuple[WitnessStep, ...] = ()
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Unreachable:
    """An action that nothing leads to, and why."""

    action: str
    type: str
    why: str


@dataclass(frozen=True, slots=True)
class DeadEnd:
    """A branch that leads nowhere: the line goes dead there."""

    action: str
    type: str
    branch: str
    why: str
    witness: Witness


@dataclass(frozen=True, slots=True)
class EndlessLoop:
    """Actions that go round for ever.

    Attributes
    ----------
    kind
        ``spins`` where no time passes and nobody is heard: the service would stop the flow; ``traps`` where a
        caller who does nothing never gets out but by hanging up.
    actions
        The actions of one round, in their order.
    """

    kind: Literal["spins", "traps"]
    actions: tuple[str, ...]
    why: str
    witness: Witness


@dataclass(frozen=True, slots=True)
class Silence:
    """A place where a caller hears nothing.

    Attributes
    ----------
    kind
        ``cut off`` where the line goes dead without a word, ``waits`` where it is quiet for long.
    """

    kind: Literal["cut off", "waits"]
    action: str
    type: str
    why: str
    witness: Witness


@dataclass(frozen=True, slots=True)
class Exploration:
    """What came of walking a flow.

    Attributes
    ----------
    actions
        How many the flow has.
    reached
        Identifiers of the actions that some call gets to, in the order of the flow.
    unreachable
        All the others.
    branches
        How many the flow has: an action with the name of one way out of it.
    covered
        How many of these some call takes.
    uncovered
        The others, as action and branch.
    states
        How many places with what is known there were told apart.
    bounded
        Which bounds were hit; empty where the exploration is complete.
    """

    actions: int
    reached: tuple[str, ...]
    unreachable: tuple[Unreachable, ...]
    branches: int
    covered: int
    uncovered: tuple[tuple[str, str], ...]
    dead_ends: tuple[DeadEnd, ...]
    endless_loops: tuple[EndlessLoop, ...]
    silences: tuple[Silence, ...]
    states: int
    bounded: tuple[str, ...]
