"""Explore flows: every branch that any caller, event or failure could take, without an account.

Attributes are remembered along the way, so that what two comparisons exclude together is not taken: the walk is over
places with what is known there (see :mod:`contactflow.explore.states`), and what nothing looks at any more is
forgotten (:mod:`contactflow.explore.liveness`), so that it comes to an end. Branches are chosen by the interpreter's
own rules (:mod:`contactflow.run.branching`), and each finding's witness can be run again with
:class:`contactflow.run.Session`.
"""

from contactflow.explore.exploring import explore_flow
from contactflow.explore.findings import (
    DeadEnd,
    EndlessLoop,
    Exploration,
    Silence,
    Unreachable,
    Witness,
    WitnessStep,
)
from contactflow.explore.walk import Bounds

__all__ = [
    "Bounds",
    "DeadEnd",
    "EndlessLoop",
    "Exploration",
    "Silence",
    "Unreachable",
    "Witness",
    "WitnessStep",
    "explore_flow",
]
