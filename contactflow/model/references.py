"""Attribute references such as ``$.Attributes.language``, alone or inside a text.

A name is letters, digits, ``-`` and ``_``; any other stands in brackets and quotes (``$.Attributes.['two words']``).
An element of an array is reached by its number in brackets, in a text with backticks around the whole reference.

**Source**: Amazon Connect Administrator Guide, "How to reference contact attributes", "Create dynamic text strings in
Play prompt blocks" and "List of available contact attributes" (backticks around references into arrays).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Protocol

_WORD = r"(?:[A-Za-z0-9_][A-Za-z0-9_-]*|[^\W\x00-\x7f]\w*)"
_BRACKET = r"""\.?\[(?:'[^']+'|"[^"]+"|\d+)\]"""
_PATH = rf"\$(?:\.(?!\d){_WORD}|{_BRACKET})(?:\.{_WORD}|{_BRACKET})*"
_REFERENCE = re.compile(rf"`{_PATH}`|{_PATH}")
_NAME = re.compile(rf"""\.({_WORD})|\['([^']+)'\]|\["([^"]+)"\]|\[(\d+)\]""")


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


class _Fields:
    """An object with some fields that contain references."""

    __slots__ = ("dynamic", "given")

    def __init__(self, given: Mapping[str, Any], dynamic: Mapping[str, Template]) -> None:
        self.given = given
        self.dynamic = dynamic


def find_references(value: Any) -> tuple[tuple[str, ...], ...]:
    """Return the paths of all attribute references in a parameter's value.

    Examples
    --------
    >>> find_references({"Text": "Hi $.External.name, $['Attributes']['a b'], `$.External.cars[0].year`"})
    (('External', 'name'), ('Attributes', 'a b'), ('External', 'cars', '0', 'year'))
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
        dynamic = {name: part for name, part in parts.items() if part.dynamic}
        return _Fields(value, dynamic) if dynamic else None
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
    if isinstance(parts, _Fields):
        found = dict(parts.given)
        for name, part in parts.dynamic.items():
            found[name] = part.resolve(source)
        return found
    return [part.resolve(source) for part in parts]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else as_text(value)


def as_text(value: Any) -> str:
    """Return a value as a flow speaks or compares it; nothing for None, JSON for objects and arrays.

    Examples
    --------
    >>> as_text(3.0), as_text(True), as_text(None), as_text({"a": [1]})
    ('3', 'true', '', '{"a": [1]}')
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, bool | Mapping | list | tuple):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)
