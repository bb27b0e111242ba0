"""Walking a document that may be wrong anywhere, without stumbling."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .document import Document
from .errors import KeyPath, list_names, suggest_name
from .shapes import show_value


@dataclass(frozen=True)
class Place:
    """A value of the document and where it stands; what is missing or misshapen is simply empty."""

    document: Document
    path: KeyPath
    value: Any

    def __getitem__(self, key: str) -> Place:
        """Return the place under ``key``."""
        value = self.value.get(key) if isinstance(self.value, dict) else None
        return Place(self.document, (*self.path, key), value)

    def entries(self) -> Iterator[tuple[str, Place]]:
        """Yield each key with its place."""
        for key in self.value if isinstance(self.value, dict) else ():
            yield key, self[key]

    def items(self) -> Iterator[Place]:
        """Yield the place of each list item."""
        for index, value in enumerate(self.value if isinstance(self.value, list) else ()):
            yield Place(self.document, (*self.path, index), value)

    @property
    def text(self) -> str | None:
        """The value where it is text."""
        return self.value if isinstance(self.value, str) else None

    @property
    def number(self) -> int | None:
        """The value where it is a whole number."""
        return self.value if isinstance(self.value, int) and not isinstance(self.value, bool) else None

    def names(self) -> list[str] | None:
        """Return the keys of a mapping or the texts of a list; nothing where it is neither."""
        if isinstance(self.value, dict):
            return list(self.value)
        if isinstance(self.value, list):
            return [item for item in self.value if isinstance(item, str)]
        return None

    def refer(self, names: Iterable[str] | None, what: str) -> bool:
        """Note a problem where the text is none of ``names``; say whether it is one."""
        if self.text is None or names is None:
            return False
        known = list(names)
        if self.text in known:
            return True
        expected = f"{what}: {list_names(known) or 'there is none'}"
        self.blame(self.text, expected, suggest_name(self.text, known))
        return False

    def blame(self, found: str | None, expected: str, suggestion: str | None = None) -> None:
        """Note a problem at this place."""
        self.document.add(self.path, found or show_value(self.value), expected, suggestion)
