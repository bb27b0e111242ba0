"""Records that wait in a delivery stream.

**Source**: Amazon Data Firehose developer guide, "Understand buffering hints".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Arrival:
    """A record, and when it arrived."""

    record_id: str
    data: bytes
    arrived: datetime


@dataclass
class Buffer:
    """Records that wait for a size or an age."""

    seconds: float
    size_bytes: int
    records: list[Arrival] = field(default_factory=list)
    generation: int = 0

    def take(self) -> list[Arrival]:
        """Return what waits, and begin anew."""
        records, self.records = self.records, []
        self.generation += 1
        return records

    @property
    def full(self) -> bool:
        """Whether the size is reached."""
        return sum(len(record.data) for record in self.records) >= self.size_bytes
