"""Text and the objects around a flow: encodings, JSON, and what the service's API wraps a flow in.

**Source**: Amazon Connect API Reference, DescribeContactFlow and DescribeContactFlowModule (``Content`` is the flow
as a string).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from contactflow.model.errors import FlowSyntaxError

ANSWERS = ("ContactFlow", "ContactFlowModule")
JSON_MEND = "Export the flow again, or fix the text."
MAX_DEPTH = 100
"""Levels of objects and lists: several times what a flow nests, and far from what Python's stack holds."""


@dataclass(frozen=True)
class FlowDocument:
    """A flow's JSON object, with the name and type that the service gave beside it, empty where it did not."""

    content: Mapping[str, Any]
    name: str = ""
    type: str = ""


def read_document(source: str | bytes) -> Mapping[str, Any]:
    """Read a JSON object from text in UTF-8, UTF-16 or UTF-32, with or without a byte order mark.

    Raises
    ------
    FlowSyntaxError
        For text that is in another encoding, or no JSON, or JSON but no object.
    """
    document = read_json(source)
    if not isinstance(document, Mapping):
        raise FlowSyntaxError("The text is not a JSON object", mend="A flow is an object with Actions.")
    return document


def read_json(source: str | bytes) -> Any:
    """Read any JSON value, as :func:`read_document` does."""
    text = source.removeprefix("\ufeff") if isinstance(source, str) else _decode(source)
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except RecursionError:
        raise _nested_too_deeply() from None
    except ValueError as error:
        raise FlowSyntaxError(f"The text is not JSON: {error}", mend=JSON_MEND) from error
    if _is_deep(value):
        raise _nested_too_deeply()
    return value


def unwrap_document(value: Any) -> FlowDocument:
    """Find the flow in what DescribeContactFlow answers, in its ``Content``, or in an export.

    Parameters
    ----------
    value
        JSON value: the flow itself, the answer around it, or the flow as a JSON string.

    Raises
    ------
    FlowSyntaxError
        Where there is no object in it.
    """
    if isinstance(value, str):
        return FlowDocument(read_document(value))
    if not isinstance(value, Mapping):
        raise FlowSyntaxError("The text is not a JSON object", mend="A flow is an object with Actions.")
    kind = next((name for name in ANSWERS if isinstance(value.get(name), Mapping)), None)
    if kind is not None:
        return _read_answer(value[kind], f"$.{kind}")
    return _read_answer(value, "$") if "Content" in value and "Actions" not in value else FlowDocument(value)


def _read_answer(answer: Mapping[str, Any], path: str) -> FlowDocument:
    content = answer.get("Content")
    if isinstance(content, str):
        content = read_document(content)
    if not isinstance(content, Mapping):
        raise FlowSyntaxError(
            "The answer has no flow in Content",
            path=f"{path}.Content",
            mend="Save the whole answer of DescribeContactFlow.",
        )
    return FlowDocument(content, str(answer.get("Name", "")), str(answer.get("Type", "")))


def _decode(source: bytes) -> str:
    encoding = json.detect_encoding(source)
    try:
        return source.decode(encoding)
    except UnicodeDecodeError as error:
        raise FlowSyntaxError(
            f"The text is not {encoding.upper()}: byte {error.start} does not belong there",
            mend="Save the file as UTF-8.",
        ) from error


def _is_deep(value: Any) -> bool:
    level = [value]
    for _ in range(MAX_DEPTH):
        inner = [one for one in level if isinstance(one, dict | list)]
        if not inner:
            return False
        level = [part for one in inner for part in (one.values() if isinstance(one, dict) else one)]
    return True


def _nested_too_deeply() -> FlowSyntaxError:
    return FlowSyntaxError(
        "The text is nested too deeply", mend=f"A flow nests a few levels, at most {MAX_DEPTH}: fix the text."
    )


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON value")
