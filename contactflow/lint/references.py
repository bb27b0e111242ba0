"""Where a flow's parameters read attributes, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contactflow.model.references import find_references

REFERENCE = re.compile(r"`?\$(?:\.[A-Za-z_][\w-]*|\.?\[(?:'[^']+'|\"[^\"]+\"|\d+)\])+`?")
"""An attribute reference, wherever it stands."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A place that reads an attribute: ``names`` such as ``("Attributes", "language")``, ``path`` its JSON path."""

    names: tuple[str, ...]
    path: str

    @property
    def root(self) -> str:
        """The namespace that it reads, such as ``Attributes``."""
        return self.names[0]

    def __str__(self) -> str:
        """Return it as it is written in a flow."""
        return "$." + ".".join(self.names)


def list_texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Yield the JSON path and the text of every string in a parameter's value, names of fields included."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for name, item in value.items():
            if "$" in name:
                yield path, name
            yield from list_texts(item, f"{path}.{name}")
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from list_texts(item, f"{path}[{index}]")


def list_references(value: Any, path: str) -> Iterator[Reference]:
    """Yield every attribute reference in a parameter's value."""
    for where, text in list_texts(value, path):
        if "$" in text:
            yield from (Reference(names, where) for names in find_references(text))


def is_reference(value: Any) -> bool:
    """Return whether a value is one attribute reference and nothing else.

    Examples
    --------
    >>> is_reference("$.External.text"), is_reference("Hello $.External.name")
    (True, False)
    """
    return isinstance(value, str) and REFERENCE.fullmatch(value.strip()) is not None
