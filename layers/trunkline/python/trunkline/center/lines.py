"""On which line of ``callcenter.yaml`` a key stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from .document import Document, read_document
from .errors import write_key_path
from .load import read_text


class KeyLines(Mapping[str, int]):
    """Lines by key path, counted from 1, such as ``lines["ivr.menus.main.prompt.en"]``.

    A path that is not in the file has the line of the nearest part around it that is; only a path that is
    there is ``in`` the mapping.
    """

    def __init__(self, document: Document) -> None:
        self._lines = {write_key_path(path): line for path, line in document.lines.items() if path}

    def __getitem__(self, path: str) -> int:
        """Return the line of a key path."""
        while path and path not in self._lines:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self._lines.get(path, 1)

    def __contains__(self, path: object) -> bool:
        """Return whether the file has this very key."""
        return path in self._lines

    def __iter__(self) -> Iterator[str]:
        """Yield every key path of the file."""
        return iter(self._lines)

    def __len__(self) -> int:
        """Return the number of keys and list items."""
        return len(self._lines)


def locate_keys(path: str | Path) -> KeyLines:
    """Return the line of each key of a call centre's file, right or wrong.

    Raises
    ------
    CenterUnreadableError
        Where the file is missing or is not UTF-8 text.
    """
    return KeyLines(read_document(read_text(Path(path)), str(path)))
