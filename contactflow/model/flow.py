"""The Flow language as frozen values that lose nothing between parsing and serialising.

**Source**: Amazon Connect API Reference, "Amazon Connect Flow language" and "Actions in the Amazon
Connect Flow language".
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from contactflow.model.document import read_document
from contactflow.model.errors import FlowSyntaxError, LegacyFlowError
from contactflow.model.reading import Reader, unknown_fields

VERSION = "2019-10-30"


@dataclass(frozen=True)
class Condition:
    """How an action's result is compared: an operator such as ``Equals`` and its operands."""

    operator: str
    operands: tuple[Any, ...]
    unknown: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, reader: Reader) -> Condition:
        """Read one ``Condition`` object."""
        unknown = unknown_fields(reader.mapping(), ("Operator", "Operands"))
        return cls(reader.text("Operator"), tuple(reader.items("Operands")), unknown)

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


@dataclass(frozen=True)
class Action:
    """One step of a flow."""

    identifier: str
    type: str
    parameters: Mapping[str, Any] | None
    transitions: Transitions | None
    unknown: Mapping[str, Any] = field(default_factory=dict)

    def serialise(self) -> dict[str, Any]:
        """Return the action as JSON-compatible values."""
        written: dict[str, Any] = {"Identifier": self.identifier, "Type": self.type}
        if self.parameters is not None:
            written["Parameters"] = copy.deepcopy(dict(self.parameters))
        if self.transitions is not None:
            written["Transitions"] = self.transitions.serialise()
        return {**written, **self.unknown}


@dataclass(frozen=True, eq=False)
class Flow:
    """A contact flow or flow module. Two flows are the same flow only if they are the same object.

    Attributes
    ----------
    start_action
        Identifier of the first action.
    actions
        The actions in the order of the text.
    metadata
        The console's drawing and names, verbatim; None where there is none.
    unknown
        Fields beside these, verbatim, such as a module's ``Settings``.
    """

    start_action: str
    actions: tuple[Action, ...]
    metadata: Mapping[str, Any] | None = None
    version: str = VERSION
    unknown: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def parse(cls, source: str | bytes | Mapping[str, Any]) -> Flow:
        """Read a flow from JSON text, or from values parsed from it.

        Raises
        ------
        LegacyFlowError
            For the export format with ``modules``.
        FlowSyntaxError
            For anything else that is not the Flow language.
        """
        document = source if isinstance(source, Mapping) else read_document(source)
        _refuse_legacy(document)
        reader = Reader(document)
        unknown = unknown_fields(document, ("Version", "StartAction", "Actions", "Metadata"))
        metadata = reader.optional_mapping("Metadata")
        actions = tuple(_read_action(item) for item in reader.children("Actions"))
        _refuse_duplicates(actions)
        return cls(reader.text("StartAction"), actions, metadata, reader.text("Version"), unknown)

    @cached_property
    def by_identifier(self) -> Mapping[str, Action]:
        """The actions by their identifier."""
        return {action.identifier: action for action in self.actions}

    def serialise(self) -> dict[str, Any]:
        """Return the flow as JSON-compatible values, equal to what was parsed."""
        written: dict[str, Any] = {"Version": self.version, "StartAction": self.start_action}
        if self.metadata is not None:
            written["Metadata"] = copy.deepcopy(dict(self.metadata))
        written["Actions"] = [action.serialise() for action in self.actions]
        return {**written, **copy.deepcopy(dict(self.unknown))}


def _refuse_legacy(document: Mapping[str, Any]) -> None:
    if "modules" not in document:
        return
    if "Actions" in document:
        raise FlowSyntaxError(
            "This mixes two formats: it has both Actions and the legacy format's modules",
            path="$.modules",
            mend="Keep the one that is current, and delete the other.",
        )
    raise LegacyFlowError(
        "This is an export in the console's legacy format",
        path="$.modules",
        mend="Convert it with contactflow.model.convert_legacy, or import it in the console and read it back with "
        f"DescribeContactFlow, which answers in the Flow language {VERSION}.",
    )


def _refuse_duplicates(actions: tuple[Action, ...]) -> None:
    seen: set[str] = set()
    for index, action in enumerate(actions):
        if action.identifier in seen:
            raise FlowSyntaxError(
                "Two actions have the same identifier",
                path=f"$.Actions[{index}].Identifier",
                action_id=action.identifier,
                mend="Identifiers are unique within a flow: rename one.",
            )
        seen.add(action.identifier)


def _read_action(reader: Reader) -> Action:
    unknown = unknown_fields(reader.mapping(), ("Identifier", "Type", "Parameters", "Transitions"))
    identifier = reader.text("Identifier")
    named = reader.for_action(identifier)
    transitions = named.child("Transitions")
    return Action(
        identifier,
        named.text("Type"),
        named.optional_mapping("Parameters"),
        None if transitions is None else _read_transitions(transitions),
        unknown,
    )


def _read_transitions(reader: Reader) -> Transitions:
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
    return ConditionalBranch(reader.text("NextAction"), Condition.read(reader.required("Condition")), unknown)


def _read_error(reader: Reader) -> ErrorBranch:
    unknown = unknown_fields(reader.mapping(), ("NextAction", "ErrorType"))
    return ErrorBranch(reader.text("ErrorType"), reader.text("NextAction"), unknown)
