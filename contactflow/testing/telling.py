"""A failed case in words: what was expected, what there was instead, where, and all that was heard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import TypeAlias

from contactflow.testing.results import CaseResult, Failure, Place

Locate: TypeAlias = Callable[[Place], str]
"""Tells where an action of a flow comes from, such as ``callcenter.yaml:92  ivr.menus.main.prompt.en``."""

_MARKS = {"message": "", "keys": "pressed ", "words": "said ", "action": "· ", "note": "! "}


def name_place(place: Place) -> str:
    """Return an action's name, for flows without known sources."""
    return f"{place.action_id} of {place.flow}"


def write_failure(failure: Failure, locate: Locate = name_place) -> list[str]:
    """Return a failure as labelled lines."""
    lines = {
        "observation": failure.observation + (f", {failure.action}" if failure.action else ""),
        "expected": failure.expected,
        "found": failure.found,
        "at": locate(failure.place) if failure.place else "",
        "help": failure.mend,
    }
    return [f"{label + ':':<13}{text}" for label, text in lines.items() if text]


def write_details(result: CaseResult, locate: Locate = name_place) -> str:
    """Return a case's failures, everything that was heard, and how the call ended."""
    lines = [line for failure in result.failures for line in write_failure(failure, locate)]
    if result.heard:
        lines.append("the call:")
        lines += list(_tell_call(result))
    return "\n".join([*lines, f"ended:       {result.ended}"])


def _tell_call(result: CaseResult) -> Iterator[str]:
    """Yield a line for each thing that happened, one for what repeats at once."""
    for (kind, what), repeated in groupby(result.heard, lambda one: (one.kind, one.what)):
        first, *more = repeated
        times = f"  ({1 + len(more)} times)" if more else ""
        yield f"  {first.seconds:6.1f} s  {_MARKS[kind]}{what}{times}"
