"""Spoken lines kept on disk: a line is synthesised once, not once a call."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path

import numpy as np

from .companding import Samples

_DIGEST_BYTES = 32


def default_directory() -> Path:
    """Return ``$XDG_CACHE_HOME/trunkline/speech`` where that is set, else ``.cache/speech`` here."""
    base = os.environ.get("XDG_CACHE_HOME")
    return Path(base) / "trunkline" / "speech" if base else Path(".cache") / "speech"


class ClipCache:
    """Sound by what makes it: engine, voice and text.

    A file is its checksum followed by its samples; one that is damaged counts as missing. Files appear under
    their name only when complete, so that several processes can share a directory.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def get(self, engine: str, voice: str, text: str) -> Samples | None:
        """Return the sound, or nothing where it is not there or is damaged."""
        try:
            content = self._path(engine, voice, text).read_bytes()
        except OSError:
            return None
        digest, sound = content[:_DIGEST_BYTES], content[_DIGEST_BYTES:]
        if hashlib.sha256(sound).digest() != digest:
            return None
        return np.frombuffer(sound, "<i2")

    def put(self, engine: str, voice: str, text: str, clip: Samples) -> None:
        """Keep a sound."""
        path = self._path(engine, voice, text)
        path.parent.mkdir(parents=True, exist_ok=True)
        sound = clip.astype("<i2").tobytes()
        handle, part = tempfile.mkstemp(prefix=path.name, suffix=".part", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(sound).digest() + sound)
            Path(part).replace(path)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise

    def _path(self, engine: str, voice: str, text: str) -> Path:
        key = hashlib.sha256(json.dumps([engine, voice, text]).encode()).hexdigest()
        return self._directory / key[:2] / f"{key}.clip"
