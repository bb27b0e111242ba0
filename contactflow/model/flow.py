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
from contactflow.model.transitions import ConditionalBranch, ErrorBranch, Transitions, read_transitions

VERSION = "2019-10-30"


@dataclass(frozen=True)
class Action:
    """One step of a flow. ``None`` means that the flow's text leaves the field out."""

    identifier: str
    type: str
    parameters: Mapping[str, Any] | None
    transitions: Transitions | None
    unknown: Mapping[str, Any] = field(default_factory=dict)

    @property
    def next_action(self) -> str | None:
        """The action that follows where neither a condition nor an error chooses another."""
        return self.transitions.next_action if self.transitions else None

    @property
    def conditions(self) -> tuple[ConditionalBranch, ...]:
        """The conditional branches, none where the text leaves them out."""
        return (self.transitions.conditions if self.transitions else None) or ()

    @property
    def errors(self) -> tuple[ErrorBranch, ...]:
        """The error branches, none where the text leaves them out."""
        return (self.transitions.errors if self.transitions else None) or ()

    @property
    def error_targets(self) -> Mapping[str, str]:
        """The actions that follow errors, by the type of error; of two branches for a type, the first counts."""
        return {branch.error_type: branch.next_action for branch in reversed(self.errors)}

    def targets(self) -> tuple[str, ...]:
        """Return the identifiers of all actions that may follow, in the order of the text."""
        return self.transitions.targets() if self.transitions else ()

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
        None if transitions is None else read_transitions(transitions),
        unknown,
    )
