"""What came of a test case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal, TypeAlias

from contactflow.run.effects import StepTaken


@dataclass(frozen=True, slots=True)
class Place:
    """An action of a flow: the flow's name (or the id that it is referred to by) and the action's identifier."""

    flow: str
    action_id: str


HappeningKind: TypeAlias = Literal["message", "keys", "words", "action", "note"]


@dataclass(frozen=True, slots=True)
class Happening:
    """What the caller heard, pressed, said or met, when, and which action of the flow it came from.

    ``kind`` is ``message``, ``keys``, ``words``, ``action`` (an action of the flow started) or ``note``.
    """

    kind: HappeningKind
    what: str
    seconds: float
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a case failed.

    Attributes
    ----------
    observation
        Identifier of the observation concerned.
    kind
        ``observation`` (its event did not occur), ``assertion``, ``usage`` (too often) or ``case`` (the case as a
        whole, such as an entry that is no flow).
    expected, found
        What the case wants, and what there was instead.
    action
        Identifier of the test case's own action, for an assertion.
    place
        The flow's action that was there instead, None where there was none.
    mend
        What might help, empty where nothing is known.
    """

    observation: str
    kind: Literal["observation", "assertion", "usage", "case"]
    expected: str
    found: str
    action: str | None = None
    place: Place | None = None
    mend: str = ""


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What came of running a case.

    Attributes
    ----------
    name
        The case's name.
    passed
        Whether every observation was met and every assertion held.
    met
        Identifiers of the observations that were met, in the case's order.
    failures
        Why it failed, the cause first.
    heard
        Everything that happened between the caller and the line, in order.
    logged
        What LogData wrote: text by label.
    trace
        The actions that ran, in all flows.
    ended
        How the call ended: ``end_test``, ``failed`` (at an assertion, or an event that occurred too often),
        ``disconnect``, ``hung_up``, ``transferred``, ``ended``, ``time_limit``, ``no_next_action``, ``endless``, or
        ``not_started``.
    seconds
        Virtual seconds that the call took.
    """

    __test__: ClassVar[bool] = False

    name: str
    passed: bool
    met: tuple[str, ...]
    failures: tuple[Failure, ...]
    heard: tuple[Happening, ...]
    trace: tuple[StepTaken, ...]
    ended: str
    seconds: float
    logged: Mapping[str, str] = field(default_factory=dict)
