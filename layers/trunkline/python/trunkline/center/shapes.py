"""Checking each value of ``callcenter.yaml`` against the schema, in the words of the file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from .document import Document
from .errors import KeyPath, list_names, suggest_name
from .model import Center
from .words import EXPECTED_BY_PATTERN

_KINDS = {
    "string_type": "text (in quotes, if it looks like a number or a date)",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "keys with values",
    "model_type": "keys with values",
    "model_attributes_type": "keys with values",
    "date_type": "a date as YYYY-MM-DD",
    "date_from_datetime_inexact": "a date as YYYY-MM-DD",
    "date_from_datetime_parsing": "a date as YYYY-MM-DD",
}
_BOUNDS = {
    "greater_than": "a number above {gt}",
    "greater_than_equal": "a number of at least {ge}",
    "less_than_equal": "a number of at most {le}",
    "string_too_short": "at least {min_length} characters",
    "string_too_long": "at most {max_length} characters",
    "too_short": "at least {min_length} entries",
    "too_long": "at most {max_length} entries",
}


def check_shapes(document: Document) -> Center | None:
    """Return the centre, or nothing after noting every misshapen value in ``document``."""
    try:
        return Center.model_validate(document.data)
    except ValidationError as error:
        details = error.errors(include_url=False)
    meant = _note_unknown_keys(document, details)
    for detail in details:
        path = _path_of(detail)
        if detail["type"] == "extra_forbidden" or path in meant:
            continue
        document.add(path, _find(detail), *_expect(detail))
    return None


def _note_unknown_keys(document: Document, details: list[ErrorDetails]) -> set[KeyPath]:
    meant: set[KeyPath] = set()
    for detail in details:
        if detail["type"] != "extra_forbidden":
            continue
        path = _path_of(detail)
        allowed = _keys_allowed_at(path[:-1])
        suggestion = suggest_name(str(path[-1]), allowed)
        if suggestion:
            meant.add((*path[:-1], suggestion))
        document.add(path, f"the key {path[-1]}", f"one of the keys {list_names(allowed, 30)}", suggestion)
    return meant


def _path_of(detail: ErrorDetails) -> KeyPath:
    """Return where a value stands, without the steps that pydantic puts in for keys and forms of speech."""
    return tuple(step for step in detail["loc"] if not (isinstance(step, str) and step.startswith("[")))


def _find(detail: ErrorDetails) -> str:
    if detail["type"] == "missing":
        return "nothing"
    if detail["type"] == "rule":
        return str(detail["ctx"]["found"])
    return show_value(detail["input"])


def _expect(detail: ErrorDetails) -> tuple[str, str | None]:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "string_pattern_mismatch":
        return EXPECTED_BY_PATTERN[context["pattern"]], None
    if kind == "literal_error":
        names = _literals_at(_path_of(detail))
        return list_names(names), suggest_name(str(detail["input"]), names)
    if kind == "missing":
        return f"the key {detail['loc'][-1]}", None
    if kind == "rule":
        return context["expected"], None
    if kind in _BOUNDS:
        return _BOUNDS[kind].format(**{name: _round(bound) for name, bound in context.items()}), None
    return _KINDS.get(kind, detail["msg"]), None


def _round(bound: Any) -> Any:
    return int(bound) if isinstance(bound, float) and bound.is_integer() else bound


def show_value(value: Any) -> str:
    """Return a value as a message shows it: short, and as the file writes it."""
    if isinstance(value, Mapping):
        return "keys (" + list_names(map(str, value), 6) + ")" if value else "nothing"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    shown = str(value)
    return shown if len(shown) <= 60 else shown[:57] + "…"


@cache
def _schema() -> dict[str, Any]:
    return Center.model_json_schema(by_alias=True)


def _keys_allowed_at(path: KeyPath) -> list[str]:
    return list(_schema_at(path).get("properties", {}))


def _literals_at(path: KeyPath) -> list[str]:
    schema = _schema_at(path)
    return [str(name) for name in schema.get("enum", [schema.get("const", "")])]


def _schema_at(path: KeyPath) -> dict[str, Any]:
    """Walk the JSON Schema along a key path that pydantic reported."""
    schema = _resolve(_schema())
    for step in path:
        if isinstance(step, int):
            schema = _resolve(schema["items"])
        elif step in schema.get("properties", {}):
            schema = _resolve(schema["properties"][step])
        else:
            schema = _resolve(next(iter(schema["patternProperties"].values())))
    return schema


def _resolve(schema: dict[str, Any]) -> dict[str, Any]:
    if "anyOf" in schema:
        schema = next(choice for choice in schema["anyOf"] if choice.get("type") != "null")
    if "oneOf" in schema:
        schema = next(choice for choice in schema["oneOf"] if "$ref" in choice)
    if "$ref" in schema:
        return _resolve(_schema()["$defs"][schema["$ref"].removeprefix("#/$defs/")])
    return schema
