"""The ways out of an action, as frozen values that lose nothing between parsing and serialising.

**Source**: Amazon Connect API Reference, "Actions in the Amazon Connect Flow language" (Transitions).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from contactflow.model.reading import Reader, unknown_fields


@dataclass(frozen=True)
class Condition:
    """How an action's result is compared: an operator such as ``Equals`` and its operands."""

    operator: str
    operands: tuple[Any, ...]
    unknown: Mapping[str, Any] = field(default_factory=dict)

    def serialise(self) -> dict[str, Any]:
        """Return the object as JSON-compatible values."""
        return {"Operator": self.operator, "Operands": list(self.operands), **self.unknown}


@dataclass(frozen=True)
class ConditionalBranch:
    """Where to go when a condition holds."""

    next_action: str
    condition: Condition
    unknown: Mapping[str, Any] = field(default_factory=dict)

    def serialise(self) -> dict[str, Any]:
        """Return the object as JSON-compatible values."""
        return {"NextAction": self.next_action, "Condition": self.condition.serialise(), **self.unknown}


@dataclass(frozen=True)
class ErrorBranch:
    """Where to go when an error of a type occurs."""

    error_type: str
    next_action: str
    unknown: Mapping[str, Any] = field(default_factory=dict)

    def serialise(self) -> dict[str, Any]:
        """Return the object as JSON-compatible values."""
        return {"ErrorType": self.error_type, "NextAction": self.next_action, **self.unknown}


@dataclass(frozen=True)
class Transitions:
    """The ways out of an action. ``None`` means that the flow's text leaves the field out."""

    next_action: str | None = None
    conditions: tuple[ConditionalBranch, ...] | None = None
    errors: tuple[ErrorBranch, ...] | None = None
    unknown: Mapping[str, Any] = field(default_factory=dict)

    def serialise(self) -> dict[str, Any]:
        """Return the object as JSON-compatible values."""
        written: dict[str, Any] = {}
        if self.next_action is not None:
            written["NextAction"] = self.next_action
        if self.conditions is not None:
            written["Conditions"] = [branch.serialise() for branch in self.conditions]
        if self.errors is not None:
            written["Errors"] = [branch.serialise() for branch in self.errors]
        return {**written, **self.unknown}

    def targets(self) -> tuple[str, ...]:
        """Return the identifiers of all actions that may follow, in the order of the text."""
        following = [] if self.next_action is None else [self.next_action]
        following += [branch.next_action for branch in self.conditions or ()]
        following += [branch.next_action for branch in self.errors or ()]
        return tuple(following)


def read_transitions(reader: Reader) -> Transitions:
    """Read a ``Transitions`` object."""
    fields = reader.mapping()
    has_next = fields.get("NextAction") is not None
    names = ("NextAction", "Conditions", "Errors") if has_next else ("Conditions", "Errors")
    unknown = unknown_fields(fields, names)
    return Transitions(
        reader.text("NextAction") if has_next else None,
        tuple(_read_conditional(item) for item in reader.children("Conditions")) if "Conditions" in fields else None,
        tuple(_read_error(item) for item in reader.children("Errors")) if "Errors" in fields else None,
        unknown,
    )


def _read_conditional(reader: Reader) -> ConditionalBranch:
    unknown = unknown_fields(reader.mapping(), ("NextAction", "Condition"))
    return ConditionalBranch(reader.text("NextAction"), _read_condition(reader.required("Condition")), unknown)


def _read_condition(reader: Reader) -> Condition:
    unknown = unknown_fields(reader.mapping(), ("Operator", "Operands"))
    return Condition(reader.text("Operator"), tuple(reader.items("Operands")), unknown)


def _read_error(reader: Reader) -> ErrorBranch:
    unknown = unknown_fields(reader.mapping(), ("NextAction", "ErrorType"))
    return ErrorBranch(reader.text("ErrorType"), reader.text("NextAction"), unknown)
