"""Sizes and capacity units by AWS's rules.

**Source**: DynamoDB developer guide, "Read and write operations" and "Item sizes and formats".
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Item = Mapping[str, Any]

WRITE_UNIT_BYTES = 1024
READ_UNIT_BYTES = 4096
FIREHOSE_ROUNDING_BYTES = 5 * 1024
KINESIS_UNIT_BYTES = 25 * 1024
EVENT_UNIT_BYTES = 64 * 1024


@dataclass(frozen=True)
class IndexProjection:
    """What a secondary index holds: its key attributes, and the others (None: all)."""

    keys: tuple[str, ...]
    attributes: tuple[str, ...] | None

    @classmethod
    def of_definition(
        cls, definition: Mapping[str, Any], keys: tuple[str, ...], table_keys: tuple[str, ...]
    ) -> IndexProjection:
        """Read what an index holds from its definition in a CreateTable request."""
        projection = definition.get("Projection", {})
        kind = projection.get("ProjectionType", "ALL")
        if kind == "ALL":
            return cls(keys, None)
        others = projection.get("NonKeyAttributes", ()) if kind == "INCLUDE" else ()
        return cls(keys, tuple(dict.fromkeys((*keys, *table_keys, *others))))

    def project(self, item: Item | None) -> Item | None:
        """Return the item's entry in the index, or None when it has none."""
        if item is None or any(key not in item for key in self.keys):
            return None
        if self.attributes is None:
            return item
        return {name: item[name] for name in self.attributes if name in item}


def item_bytes(item: Item | None) -> int:
    """Return the size of an item in DynamoDB's JSON, names included.

    >>> item_bytes({"id": {"S": "a"}, "count": {"N": "12"}})
    10
    """
    return _members_bytes(item) if item else 0


def write_units(old: Item | None, new: Item | None, *, transaction: bool = False) -> int:
    """Return write units for changing ``old`` into ``new``: the larger of both, at least 1.

    >>> write_units(None, {"id": {"S": "x" * 1100}})
    2
    """
    size = max(item_bytes(old), item_bytes(new))
    return max(1, math.ceil(size / WRITE_UNIT_BYTES)) * (2 if transaction else 1)


def index_write_units(index: IndexProjection, old: Item | None, new: Item | None) -> int:
    """Return write units that a secondary index takes for a change of its table's item."""
    before, after = index.project(old), index.project(new)
    if before is None and after is None:
        return 0
    if before is None or after is None:
        return write_units(before, after)
    if any(before.get(key) != after.get(key) for key in index.keys):
        return write_units(before, None) + write_units(None, after)
    return write_units(before, after) if before != after else 0


def read_units(size_bytes: float, *, consistent: bool, transaction: bool = False) -> float:
    """Return read units: half of one for each 4 KB, a whole when consistent, twice in a transaction.

    >>> read_units(100, consistent=False)
    0.5
    """
    units = max(1, math.ceil(size_bytes / READ_UNIT_BYTES))
    return units * (2.0 if transaction else 1.0 if consistent else 0.5)


def _members_bytes(members: Item) -> int:
    size = 0
    for name, value in members.items():
        for kind, content in value.items():
            size += _text_bytes(name) + _SIZES[kind](content)
    return size


def _list_bytes(values: Sequence[Mapping[str, Any]]) -> int:
    return 3 + len(values) + sum(_SIZES[kind](content) for value in values for kind, content in value.items())


def _text_bytes(content: str) -> int:
    return len(content) if content.isascii() else len(content.encode())


def _number_bytes(content: str) -> int:
    digits = len(content.lstrip("-").replace(".", "").strip("0"))
    return (digits + 1) // 2 + 1 + content.startswith("-")


def _map_bytes(content: Mapping[str, Any]) -> int:
    return 3 + len(content) + _members_bytes(content)


_SIZES: dict[str, Callable[[Any], int]] = {
    "S": _text_bytes,
    "N": _number_bytes,
    "BOOL": lambda _: 1,
    "NULL": lambda _: 1,
    "M": _map_bytes,
    "L": _list_bytes,
    "B": len,
    "SS": lambda content: sum(map(_text_bytes, content)),
    "NS": lambda content: sum(map(_number_bytes, content)),
    "BS": lambda content: sum(map(len, content)),
}


def json_bytes(value: Any) -> int:
    """Return the length of ``value`` as compact JSON in UTF-8."""
    return len(json.dumps(value, separators=(",", ":"), ensure_ascii=False, default=str).encode())
