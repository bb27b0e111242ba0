"""A legacy export as values: modules, their branches and parameters.

**Source**: Administrator Guide, "Import and export flows" (the format itself is not documented; this is what the
console's sample flows look like when exported).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from contactflow.model.reading import Reader


@dataclass(frozen=True)
class Branch:
    """A way out of a module: ``Success``, ``Error``, or ``Evaluate`` with what is compared."""

    condition: str
    transition: str | None
    operator: str | None = None
    value: Any = None


@dataclass(frozen=True)
class Parameter:
    """A setting of a module.

    Attributes
    ----------
    namespace
        Where ``value`` is looked up; None where it stands for itself.
    key
        Which of several parameters of the same name it is, such as the attribute that is set.
    resource
        Name of the queue, prompt or flow that ``value`` is the ARN of.
    """

    name: str
    value: Any
    namespace: str | None = None
    key: str | None = None
    resource: str | None = None


@dataclass(frozen=True)
class LegacyModule:
    """One block of a legacy flow; ``target`` says which kind of a type such as ``Transfer`` it is."""

    identifier: str
    type: str
    branches: tuple[Branch, ...]
    parameters: tuple[Parameter, ...]
    target: str | None
    metadata: Mapping[str, Any]
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class LegacyExport:
    """A whole legacy flow."""

    start: str
    modules: tuple[LegacyModule, ...]
    type: str | None
    metadata: Mapping[str, Any]


def read_export(document: Mapping[str, Any]) -> LegacyExport:
    """Read a legacy export.

    Raises
    ------
    FlowSyntaxError
        Where a field is missing or of another kind, with its JSON path.
    """
    reader = Reader(document)
    kind = document.get("type")
    return LegacyExport(
        reader.text("start"),
        tuple(_read_module(item) for item in reader.children("modules")),
        kind if isinstance(kind, str) else None,
        reader.optional_mapping("metadata") or {},
    )


def _read_module(reader: Reader) -> LegacyModule:
    identifier = reader.text("id")
    named = reader.for_action(identifier)
    return LegacyModule(
        identifier,
        named.text("type"),
        tuple(_read_branch(item) for item in _optional_children(named, "branches")),
        tuple(_read_parameter(item) for item in _optional_children(named, "parameters")),
        _optional_text(named, "target"),
        named.optional_mapping("metadata") or {},
        named.mapping(),
    )


def _read_branch(reader: Reader) -> Branch:
    return Branch(
        reader.text("condition"),
        _optional_text(reader, "transition"),
        _optional_text(reader, "conditionType"),
        reader.mapping().get("conditionValue"),
    )


def _read_parameter(reader: Reader) -> Parameter:
    return Parameter(
        reader.text("name"),
        reader.mapping().get("value"),
        _optional_text(reader, "namespace"),
        _optional_text(reader, "key"),
        _optional_text(reader, "resourceName"),
    )


def _optional_children(reader: Reader, name: str) -> list[Reader]:
    return list(reader.children(name)) if reader.mapping().get(name) is not None else []


def _optional_text(reader: Reader, name: str) -> str | None:
    value = reader.mapping().get(name)
    return value if isinstance(value, str) and value else None
