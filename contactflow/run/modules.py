"""What a flow keeps to itself while a module of it runs, and what comes back.

**Source**: Amazon Connect Administrator Guide, "Flow modules for reusable functions" (limitations: a module cannot
override flow-local data of its caller - External, Lex, Customer Profiles, queue metrics, stored input; up to five
levels of nesting, recursion is stopped) and "List of available contact attributes" (``$.Modules``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contactflow.run.contact import ContactState
from contactflow.run.program import Program, Step

MAX_MODULE_DEPTH = 5
_LOCAL_FIELDS = ("external", "lex", "metrics", "flow_attributes", "loops", "modules", "stored_input")


@dataclass(frozen=True, slots=True)
class Caller:
    """Where the module ``module_id`` was invoked from, and what the invoking flow has to itself."""

    program: Program
    flow_id: str
    step: Step
    parameters: Mapping[str, Any]
    module_id: str
    local: tuple[Any, ...]


def enter_module(contact: ContactState, module_input: Mapping[str, Any]) -> tuple[Any, ...]:
    """Hide the caller's flow-local data from a module, and return it to be restored afterwards."""
    local = tuple(getattr(contact, name) for name in _LOCAL_FIELDS)
    forget_local(contact)
    contact.modules = {"Input": dict(module_input)} if module_input else {}
    return local


def leave_module(
    contact: ContactState, local: tuple[Any, ...], result: str | None, data: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Restore the caller's flow-local data, with what the module answered below ``$.Modules``; return that."""
    for name, value in zip(_LOCAL_FIELDS, local, strict=True):
        setattr(contact, name, value)
    answered = {"Result": result, "ResultData": dict(data)}
    contact.modules = {**{name: value for name, value in contact.modules.items() if name == "Input"}, **answered}
    return answered


def refuse_module(stack: Sequence[str], module_id: str) -> str | None:
    """Return why a module cannot be invoked from within those in ``stack``, None where it can."""
    if module_id in stack:
        circle = " > ".join((*stack[stack.index(module_id) :], module_id))
        return f"The modules invoke each other in a circle: {circle}"
    if len(stack) >= MAX_MODULE_DEPTH:
        return f"Modules nest deeper than {MAX_MODULE_DEPTH}: {' > '.join((*stack, module_id))}"
    return None


def forget_local(contact: ContactState) -> None:
    """Forget the data that belongs to one flow or module only."""
    contact.external, contact.lex, contact.metrics, contact.modules = {}, {}, {}, {}
    contact.flow_attributes, contact.loops, contact.stored_input = {}, {}, None
