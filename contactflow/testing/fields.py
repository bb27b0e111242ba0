"""Reading a test case's JSON, so that every error says where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from contactflow.testing.errors import TestCaseError


class Fields:
    """One JSON object of a test case, and its path."""

    def __init__(self, value: Any, path: str = "$") -> None:
        if not isinstance(value, Mapping):
            raise TestCaseError(f"This is {_kind(value)}, not an object", path=path)
        self.values: Mapping[str, Any] = value
        self.path = path

    def at(self, name: str) -> str:
        """Return the path of a field."""
        return f"{self.path}.{name}"

    def text(self, name: str, default: str | None = None) -> str:
        """Return a field's text; without a default, it has to be there."""
        value = self.values.get(name, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise TestCaseError(
                f"{name} is missing" if value is None else f"{name} is {_kind(value)}, not a text",
                path=self.at(name),
                mend=f"Give {name} a text.",
            )
        return value.strip() if default is None else value

    def choice(self, name: str, *known: str) -> str:
        """Return a field's text, which has to be one of ``known``."""
        value = self.text(name)
        if value not in known:
            raise TestCaseError(f"{value!r} is not a known {name}", path=self.at(name), mend=_use(known))
        return value

    def optional_text(self, name: str) -> str | None:
        """Return a field's text, None where there is none."""
        value = self.values.get(name)
        return None if value is None or value == "" else self.text(name)

    def child(self, name: str) -> Fields:
        """Return the object in a field; it has to be there."""
        if name not in self.values:
            raise TestCaseError(f"{name} is missing", path=self.path, mend=f"Add the object {name}.")
        return Fields(self.values[name], self.at(name))

    def optional_child(self, name: str) -> Fields:
        """Return the object in a field, an empty one where there is none."""
        return Fields(self.values.get(name) or {}, self.at(name))

    def children(self, name: str) -> Iterator[Fields]:
        """Yield the objects of the list in a field; no field is an empty list."""
        listed = self.values.get(name)
        if listed is None:
            return
        if not isinstance(listed, list):
            raise TestCaseError(f"{name} is {_kind(listed)}, not a list", path=self.at(name))
        for index, item in enumerate(listed):
            yield Fields(item, f"{self.at(name)}[{index}]")

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the list of texts in a field; no field is an empty list."""
        listed = self.values.get(name) or []
        if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
            raise TestCaseError(f"{name} is not a list of texts", path=self.at(name))
        return tuple(item for item in listed if item)

    def number(self, name: str, default: float) -> float:
        """Return a field's number, from 0."""
        value = self.values.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise TestCaseError(f"{name} is {value!r}, not a number from 0", path=self.at(name))
        return value


def refuse(fields: Fields, name: str, what: str, mend: str) -> TestCaseError:
    """Return the error about a field."""
    return TestCaseError(what, path=fields.at(name), mend=mend)


def _use(known: tuple[str, ...]) -> str:
    return f"Use {', '.join(known[:-1])} or {known[-1]}." if len(known) > 1 else f"Use {known[0]}."


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    names = {str: "a text", bool: "a truth value", list: "a list", dict: "an object"}
    return names.get(type(value), "a number")
