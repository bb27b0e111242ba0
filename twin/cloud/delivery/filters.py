"""Filter criteria of event source mappings.

**Source**: Lambda developer guide, "Control which events Lambda sends to your function".
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from twin.cloud.delivery.patterns import compile_pattern

Accepts = Callable[[Mapping[str, Any]], bool]


def compile_filters(criteria: Mapping[str, Any] | None) -> Accepts:
    """Return what tells whether a record passes any of the filters (all pass when there is none)."""
    patterns = [json.loads(entry["Pattern"]) for entry in (criteria or {}).get("Filters", ())]
    if not patterns:
        return lambda _: True
    return _any_of([compile_pattern(pattern) for pattern in patterns])


def _any_of(tests: Sequence[Callable[[Mapping[str, Any]], bool]]) -> Accepts:
    def accepts(record: Mapping[str, Any]) -> bool:
        readable = _readable(record)
        return readable is not None and any(test(readable) for test in tests)

    return accepts


def _readable(record: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the record with its body decoded where it is JSON; None for binary Kinesis data."""
    if "kinesis" in record:
        try:
            return {**record["kinesis"], "data": _read_data(record["kinesis"]["data"])}
        except ValueError:
            return None
    if "body" in record:
        try:
            return {**record, "body": json.loads(record["body"])}
        except ValueError:
            return record
    return record


@lru_cache(maxsize=1)
def _read_data(data: str) -> Any:
    """Return what Kinesis data says: each mapping of a stream asks for the same record in turn."""
    return json.loads(base64.b64decode(data))
