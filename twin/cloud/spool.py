"""Large bodies on disk: in a temporary folder that lives as long as the twin."""

from __future__ import annotations

import itertools
from pathlib import Path
from tempfile import TemporaryDirectory

LARGEST_IN_MEMORY_BYTES = 2048


class Spool:
    """A temporary folder for bodies; ``TMPDIR`` says where it is made."""

    def __init__(self) -> None:
        self._directory = TemporaryDirectory(prefix="trunkline-twin-", ignore_cleanup_errors=True)
        self._numbers = itertools.count()

    @property
    def folder(self) -> Path:
        """Where the bodies lie."""
        return Path(self._directory.name)

    def body(self, max_size: int = 0) -> SpooledBody:  # noqa: ARG002
        """Return an empty body; takes the argument of ``tempfile.SpooledTemporaryFile``, which it stands in for."""
        return SpooledBody(self.folder / f"{next(self._numbers)}")

    def close(self) -> None:
        """Remove the folder and all that lies in it."""
        self._directory.cleanup()


class SpooledBody:
    """A file as moto's S3 uses one: written as a whole, read as a whole or in blocks.

    A small one stays in memory. A large one lies on disk, and is open only while it is written or read: there
    are more of them than a process may have open files.
    """

    __slots__ = ("_at", "_content", "_on_disk", "_path")

    def __init__(self, path: Path) -> None:
        self._path = path
        self._content = b""
        self._on_disk = False
        self._at = 0

    def seek(self, at: int) -> None:
        """Go on from the byte ``at``."""
        self._at = at

    def truncate(self) -> None:
        """Drop everything."""
        self._content = b""
        if self._on_disk:
            self._path.unlink(missing_ok=True)
            self._on_disk = False

    def write(self, content: bytes) -> None:
        """Keep the whole of the body."""
        self.truncate()
        self._on_disk = len(content) > LARGEST_IN_MEMORY_BYTES
        if self._on_disk:
            self._path.write_bytes(content)
        else:
            self._content = bytes(content)

    def read(self, size: int = -1) -> bytes:
        """Return the next ``size`` bytes, or all that follow."""
        if not self._on_disk:
            end = None if size < 0 else self._at + size
            part = self._content[self._at : end]
        else:
            with self._path.open("rb") as file:
                file.seek(self._at)
                part = file.read(size)
        self._at += len(part)
        return part

    def close(self) -> None:
        """Drop everything; the space on disk is free again."""
        self.truncate()
