"""Attribute references such as ``$.Attributes.language``, alone or inside a text.

**Source**: Amazon Connect Administrator Guide, "How to reference contact attributes" and "Create dynamic
text strings in Play prompt blocks".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Protocol

_REFERENCE = re.compile(r"""\$(?:\.[A-Za-z_][\w-]*|\[(?:'[^']+'|"[^"]+")\])+""")
_NAME = re.compile(r"""\.([A-Za-z_][\w-]*)|\['([^']+)'\]|\["([^"]+)"\]""")


class Source(Protocol):
    """Something that attribute references can be looked up in."""

    def lookup(self, path: tuple[str, ...]) -> Any:
        """Return the value at ``path``, None where there is none."""


class Template:
    """A parameter's value, with the attribute references in it found once, ahead of time.

    A string that is one reference becomes the value that it points to (None where there is none); in a
    longer string, each reference becomes text (nothing, where there is no value).

    Examples
    --------
    >>> class Attributes:
    ...     def lookup(self, path): return {"name": "Ada"}.get(path[-1])
    >>> Template("Hello $.Attributes.name.").resolve(Attributes())
    'Hello Ada.'
    """

    __slots__ = ("_parts", "_value", "dynamic")

    def __init__(self, value: Any) -> None:
        self._value = value
        self._parts = _compile(value)
        self.dynamic = self._parts is not None

    def resolve(self, source: Source) -> Any:
        """Return the value with its references looked up in ``source``."""
        return self._value if self._parts is None else _resolve(self._parts, source)


class _Path:
    __slots__ = ("names",)

    def __init__(self, text: str) -> None:
        self.names = tuple(next(group for group in found if group) for found in _NAME.findall(text))


def find_references(value: Any) -> tuple[tuple[str, ...], ...]:
    """Return the paths of all attribute references in a parameter's value.

    Examples
    --------
    >>> find_references({"Text": "Hi $.External.name, $['Attributes']['a b']"})
    (('External', 'name'), ('Attributes', 'a b'))
    """
    if isinstance(value, str):
        return tuple(_Path(text).names for text in _REFERENCE.findall(value))
    if isinstance(value, Mapping):
        return tuple(path for item in value.values() for path in find_references(item))
    if isinstance(value, list | tuple):
        return tuple(path for item in value for path in find_references(item))
    return ()


def _compile(value: Any) -> Any:
    """Return a structure to resolve, or None for a value without references."""
    if isinstance(value, str):
        return _compile_text(value)
    if isinstance(value, Mapping):
        parts = {name: Template(item) for name, item in value.items()}
        return parts if any(part.dynamic for part in parts.values()) else None
    if isinstance(value, list | tuple):
        items = [Template(item) for item in value]
        return items if any(item.dynamic for item in items) else None
    return None


def _compile_text(text: str) -> _Path | tuple[str | _Path, ...] | None:
    if "$" not in text:
        return None
    whole = _REFERENCE.fullmatch(text)
    if whole:
        return _Path(text)
    parts: list[str | _Path] = []
    end = 0
    for found in _REFERENCE.finditer(text):
        parts += [text[end : found.start()], _Path(found.group())]
        end = found.end()
    return (*parts, text[end:]) if parts else None


def _resolve(parts: Any, source: Source) -> Any:
    if isinstance(parts, _Path):
        return source.lookup(parts.names)
    if isinstance(parts, tuple):
        return "".join(part if isinstance(part, str) else _text(source.lookup(part.names)) for part in parts)
    if isinstance(parts, dict):
        return {name: part.resolve(source) for name, part in parts.items()}
    return [part.resolve(source) for part in parts]


def _text(value: Any) -> str:
    return "" if value is None else str(value)
