"""Marks: how far a counter item has counted each shard of a change stream, in few bytes."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

_PREFIX = "@"
_NAME_BYTES = 6
_HOUR_BYTES = 3
_RETIRED_AFTER_HOURS = 36
"""A stream keeps changes for 24 hours: what a mark keeps from being counted again has left it by then."""


@dataclass(frozen=True)
class Mark:
    """The last change of a shard that an item has counted.

    Attributes
    ----------
    sequence
        Its sequence number.
    hour
        When it was made, in hours since 1970; 0 is unknown.

    Examples
    --------
    >>> mark = Mark(10**39, 490_000)
    >>> len(mark.encode()), Mark.decode(mark.encode()) == mark
    (20, True)
    """

    sequence: int
    hour: int = 0

    def encode(self) -> bytes:
        """Write the mark in half the bytes of its digits."""
        length = (self.sequence.bit_length() + 7) // 8
        return self.hour.to_bytes(_HOUR_BYTES, "big") + self.sequence.to_bytes(length, "big")

    @classmethod
    def decode(cls, data: bytes) -> Mark:
        """Read what ``encode`` wrote."""
        return cls(int.from_bytes(data[_HOUR_BYTES:], "big"), int.from_bytes(data[:_HOUR_BYTES], "big"))


def mark_name(shard_id: str) -> str:
    """Return the attribute in which a counter item keeps its mark of a shard.

    Parameters
    ----------
    shard_id
        Names the shard among those of all streams that are counted in the table.
    """
    return _PREFIX + urlsafe_b64encode(blake2b(shard_id.encode(), digest_size=_NAME_BYTES).digest()).decode()


def is_mark(name: str) -> bool:
    """Tell whether an attribute of a counter item is a mark."""
    return name.startswith(_PREFIX)


def find_retired(item: Mapping[str, Any], hour: int) -> Iterator[str]:
    """Yield the marks that nothing needs any more when a change is counted that was made in an hour.

    Parameters
    ----------
    item
        The counter item.
    hour
        In hours since 1970.

    Notes
    -----
    **Source**: Amazon DynamoDB developer guide, "Change data capture for DynamoDB Streams" (records are removed
    after 24 hours).
    """
    for name, value in item.items():
        if is_mark(name) and 0 < Mark.decode(value).hour < hour - _RETIRED_AFTER_HOURS:
            yield name
