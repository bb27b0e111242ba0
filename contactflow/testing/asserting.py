"""Comparing what the contact holds with what a case asserts.

**Source**: Amazon Connect Developer Guide, "Assertion" (supported operators); Administrator Guide, "Check block"
and "Observe block" (what a function or bot answered can be referred to once its completion was observed).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contactflow.model.conditions import as_result, holds
from contactflow.run import ContactState
from contactflow.testing.language import AssertValue
from contactflow.testing.reading import EXISTS

FUNCTION_RESULTS = ("External", "LambdaInvocation")
BOT_RESULTS = "Lex"


class CapturedResults:
    """The contact as a test case sees it: results of functions and bots only after their observed completion."""

    def __init__(self, contact: ContactState) -> None:
        self._contact = contact
        self._function: Mapping[str, Any] = {}
        self._bot: Mapping[str, Any] = {}

    def capture_function(self, answer: Mapping[str, Any]) -> None:
        """Keep what a function answered, in place of what one answered before."""
        self._function = answer

    def capture_bot(self) -> None:
        """Keep what the bot understood."""
        self._bot = self._contact.lex

    def lookup(self, path: tuple[str, ...]) -> Any:
        """Return the single value at a path; None for nothing, an object or a list."""
        match path:
            case ("External", *rest) | ("LambdaInvocation", "ResultData", *rest):
                found = _descend(self._function, rest)
            case ("Lex", *rest):
                found = _descend(self._bot, rest)
            case _:
                found = self._contact.lookup(path)
        return None if isinstance(found, Mapping | list | tuple) else found


def find_mismatch(wanted: AssertValue, source: CapturedResults) -> str | None:
    """Return what is there instead of what an assertion wants, None where the assertion holds."""
    value = as_result(source.lookup(wanted.path))
    if wanted.operator == EXISTS:
        return None if value not in {None, ""} else "nothing"
    if value is not None and holds(wanted.operator, (wanted.operand,), value):
        return None
    return "nothing" if value is None else repr(value)


def needs_completion(wanted: AssertValue) -> bool:
    """Return whether an assertion is about results that only an observed completion makes known."""
    return wanted.path[0] in {*FUNCTION_RESULTS, BOT_RESULTS}


def _descend(value: Any, names: list[str]) -> Any:
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value
