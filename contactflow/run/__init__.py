"""Run flows: a session turns a flow and a contact into effects that a host answers.

See :mod:`contactflow.run.effects` for what a host has to do.
"""

from contactflow.run.contact import ContactState
from contactflow.run.effects import Effect, Result, StepTaken
from contactflow.run.errors import RunError, SessionOverError, SessionStateError, UnexpectedResultError
from contactflow.run.session import Session

__all__ = [
    "ContactState",
    "Effect",
    "Result",
    "RunError",
    "Session",
    "SessionOverError",
    "SessionStateError",
    "StepTaken",
    "UnexpectedResultError",
]
