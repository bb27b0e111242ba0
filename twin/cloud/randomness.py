"""Everything random follows one seed: named streams, and what handlers and moto draw from the process."""

from __future__ import annotations

import random
import uuid
from random import Random
from typing import Any
from uuid import UUID


class SeededStreams:
    """Random streams by name, each of them independent of how much the others are drawn from."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._streams: dict[str, Random] = {}

    def random(self, name: str) -> Random:
        """Return the stream called ``name``; the same stream for the same name."""
        if name not in self._streams:
            self._streams[name] = Random(f"{self._seed}:{name}")
        return self._streams[name]

    def new_id(self, name: str) -> str:
        """Return the next UUID of the stream ``id:<name>``."""
        return str(UUID(int=self.random(f"id:{name}").getrandbits(128), version=4))


class _SeededOs:
    """Stands in for the module ``os`` inside :mod:`uuid`, with seeded ``urandom``."""

    def __init__(self, real: Any, source: Random) -> None:
        self._real = real
        self._source = source

    def urandom(self, count: int) -> bytes:
        """Return seeded bytes."""
        return self._source.randbytes(count)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


class SeededIds:
    """Makes the process's random identifiers follow a seed.

    Parameters
    ----------
    source
        Seeded stream that identifiers come from.
    """

    def __init__(self, source: Random) -> None:
        self._source = source
        self._saved: tuple[Any, Any] | None = None

    def install(self) -> None:
        """Seed ``uuid.uuid4`` and ``random``."""
        self._saved = (uuid.os, random.getstate())  # type: ignore[attr-defined]
        uuid.os = _SeededOs(uuid.os, self._source)  # type: ignore[attr-defined]
        random.seed(self._source.getrandbits(64))

    def remove(self) -> None:
        """Make identifiers random again."""
        if self._saved is not None:
            uuid.os, state = self._saved  # type: ignore[attr-defined]
            random.setstate(state)
            self._saved = None
