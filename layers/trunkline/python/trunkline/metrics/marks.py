"""Marks: how far a counter item has counted each shard of a change stream, all in one small attribute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

MARKS = "marks"
"""Attribute of a counter item."""

_SHARD_BYTES = 5  # a thousand shards at once would share a name in one item of two million
_TIME_BYTES = 3
_HEAD_BYTES = _TIME_BYTES + 1
_AGES = 8  # in half days; sequence numbers have forty digits at most, and with three bits more fill their bytes
_OLDEST, _UNKNOWN = _AGES - 2, _AGES - 1
_HOURS = 12
_RETIRED_AFTER = 3
"""Half days; a stream keeps changes for two: what a mark keeps from being counted again has left it by then."""


@dataclass(frozen=True)
class Mark:
    """The last change of a shard that an item has counted.

    Attributes
    ----------
    sequence
        Its sequence number.
    half_day
        When it was made, in half days since 1970; 0 is unknown.
    """

    sequence: int
    half_day: int = 0

    @classmethod
    def of(cls, sequence: int, hour: int) -> Mark:
        """Return the mark of a change that was made in an hour since 1970."""
        return cls(sequence, hour // _HOURS)


def name_shard(shard_id: str) -> bytes:
    """Return the few bytes by which marks know a shard.

    Parameters
    ----------
    shard_id
        Names the shard among those of all streams that are counted in the table.
    """
    return blake2b(shard_id.encode(), digest_size=_SHARD_BYTES).digest()


def pack_marks(marks: Mapping[bytes, Mark]) -> bytes:
    """Write marks by shard: the newest half day, a length, then of each shard its name, and number and age together.

    Examples
    --------
    >>> marks = {name_shard("a"): Mark(10**40 - 1, 40_833), name_shard("b"): Mark(7, 40_831), name_shard("c"): Mark(8)}
    >>> len(pack_marks(marks)), unpack_marks(pack_marks(marks)) == marks
    (70, True)

    Notes
    -----
    **Source**: Amazon DynamoDB Streams API reference, "StreamRecord" (``SequenceNumber``: 21 to 40 digits).
    """
    if not marks:
        return b""
    newest = max(mark.half_day for mark in marks.values())
    told = {shard: mark.sequence * _AGES + _age(mark, newest) for shard, mark in marks.items()}
    length = (max(told.values()).bit_length() + 7) // 8
    head = newest.to_bytes(_TIME_BYTES, "big") + length.to_bytes(1, "big")
    return head + b"".join(shard + number.to_bytes(length, "big") for shard, number in told.items())


def unpack_marks(data: bytes) -> dict[bytes, Mark]:
    """Read what ``pack_marks`` wrote; nothing is no mark."""
    if not data:
        return {}
    newest, length = int.from_bytes(data[:_TIME_BYTES], "big"), data[_TIME_BYTES]
    marks = {}
    for place in range(_HEAD_BYTES, len(data), _SHARD_BYTES + length):
        told = place + _SHARD_BYTES
        sequence, age = divmod(int.from_bytes(data[told : told + length], "big"), _AGES)
        marks[data[place:told]] = Mark(sequence, 0 if age == _UNKNOWN else newest - age)
    return marks


def move_mark(data: bytes, shard: bytes, mark: Mark) -> bytes:
    """Return packed marks with that of a shard moved, and without those that nothing needs any more.

    Notes
    -----
    **Source**: Amazon DynamoDB developer guide, "Change data capture for DynamoDB Streams" (records are removed
    after 24 hours).
    """
    latest = mark.half_day - _RETIRED_AFTER
    kept = {name: each for name, each in unpack_marks(data).items() if not 0 < each.half_day < latest}
    return pack_marks({**kept, shard: mark})


def _age(mark: Mark, newest: int) -> int:
    return min(newest - mark.half_day, _OLDEST) if mark.half_day else _UNKNOWN
