"""Reads typed fields out of parsed JSON and knows where it is, so that errors can say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from contactflow.model.errors import FlowSyntaxError


@dataclass(frozen=True)
class Reader:
    """A place in a document."""

    value: Any
    path: str = "$"
    action_id: str | None = None

    def for_action(self, action_id: str) -> Reader:
        """Return this place, its errors naming the action that it belongs to."""
        return replace(self, action_id=action_id)

    def mapping(self) -> Mapping[str, Any]:
        """Return the value as an object."""
        if not isinstance(self.value, Mapping):
            raise self._wrong("an object")
        return self.value

    def text(self, name: str) -> str:
        """Return a required field that is a string."""
        reader = self.required(name)
        if not isinstance(reader.value, str):
            raise reader._wrong("a string")
        return reader.value

    def items(self, name: str) -> Sequence[Any]:
        """Return a required field that is a list."""
        reader = self.required(name)
        if not isinstance(reader.value, list | tuple):
            raise reader._wrong("a list")
        return reader.value

    def children(self, name: str) -> Iterator[Reader]:
        """Yield the places of a required list's elements."""
        for index, value in enumerate(self.items(name)):
            yield Reader(value, f"{self.path}.{name}[{index}]", self.action_id)

    def child(self, name: str) -> Reader | None:
        """Return the place of an optional field, None where the field is absent."""
        fields = self.mapping()
        return Reader(fields[name], f"{self.path}.{name}", self.action_id) if name in fields else None

    def required(self, name: str) -> Reader:
        """Return the place of a field that has to be there."""
        reader = self.child(name)
        if reader is None:
            raise FlowSyntaxError(
                f"The field {name} is missing",
                path=self.path,
                action_id=self.action_id,
                mend="Add it: without it this cannot be read as a flow.",
            )
        return reader

    def optional_mapping(self, name: str) -> Mapping[str, Any] | None:
        """Return an optional field that is an object."""
        reader = self.child(name)
        return None if reader is None else reader.mapping()

    def _wrong(self, wanted: str) -> FlowSyntaxError:
        return FlowSyntaxError(
            f"Expected {wanted}, found {type(self.value).__name__}",
            path=self.path,
            action_id=self.action_id,
            mend=f"Write {wanted} here.",
        )


def unknown_fields(fields: Mapping[str, Any], known: tuple[str, ...]) -> Mapping[str, Any]:
    """Return the fields of an object that are not in ``known``."""
    return {name: value for name, value in fields.items() if name not in known}
