"""Amazon Connect's own testing language, executed offline.

A test case observes what a caller hears and what flows do, presses keys, says words, lets functions, hours,
queues and bots answer as it likes, and asserts what the contact holds. The same document runs here and, as
``AWS::Connect::TestCase``, in an instance.

* :class:`TestCase` - a case: ``TestCase.parse(document)``;
* :func:`run_case` - runs one against flows and returns a :class:`CaseResult`;
* :class:`HostDefaults` - what answers where a case overrides nothing;
* :class:`Coverage` - which actions and branches of the flows the cases went through;
* :func:`write_case` - makes a case of what a caller heard, pressed and said.

**Source**: Amazon Connect Developer Guide, "Testing language".
"""

from contactflow.testing.case import TestCase, is_test_case
from contactflow.testing.coverage import Coverage
from contactflow.testing.errors import TestCaseError
from contactflow.testing.events import (
    CallEvent,
    FunctionAnswered,
    Heard,
    Held,
    HoursChecked,
    HungUp,
    Pressed,
    QueueEntered,
    Said,
)
from contactflow.testing.execution import run_case
from contactflow.testing.host import HostDefaults, PhraseBot
from contactflow.testing.library import FlowLibrary
from contactflow.testing.recording import write_case
from contactflow.testing.results import CaseResult, Failure, Happening, Place

__all__ = [
    "CallEvent",
    "CaseResult",
    "Coverage",
    "Failure",
    "FlowLibrary",
    "FunctionAnswered",
    "Happening",
    "Heard",
    "Held",
    "HostDefaults",
    "HoursChecked",
    "HungUp",
    "PhraseBot",
    "Place",
    "Pressed",
    "QueueEntered",
    "Said",
    "TestCase",
    "TestCaseError",
    "is_test_case",
    "run_case",
    "write_case",
]
