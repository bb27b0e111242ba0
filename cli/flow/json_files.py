"""Files of JSON that an option names: a coverage, a call's path, the answers of functions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cli.errors import UsageError
from contactflow.model import FlowSyntaxError
from contactflow.model.document import read_json


def read_json_file(path: Path, mend: str) -> Any:
    """Return the values in a file.

    Parameters
    ----------
    path
        The file.
    mend
        What should be in it, as a request.

    Raises
    ------
    UsageError
        Where it cannot be read, or is no JSON.
    """
    return parse_json(path, read_bytes(path, mend), mend)


def read_bytes(path: Path, mend: str) -> bytes:
    """Return what is in a file, raising :class:`UsageError` where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: it cannot be read: {error.strerror}.", mend) from error


def parse_json(path: Path, text: bytes, mend: str) -> Any:
    """Return the values in a text of the file ``path``, raising :class:`UsageError` where it is no JSON."""
    try:
        return read_json(text)
    except FlowSyntaxError as error:
        raise UsageError(f"{path}: {error.what}.", mend) from error
