"""Loading ``callcenter.yaml``: everything that is wrong with it is told at once."""

from __future__ import annotations

from pathlib import Path

from .document import Document, read_document
from .errors import CenterError, CenterUnreadableError, Problem
from .model import Center
from .references import check_references
from .shapes import check_shapes, show_value
from .sounds import check_sounds


def load_center(path: str | Path) -> Center:
    """Read and check a call centre.

    Parameters
    ----------
    path
        The file, usually ``callcenter.yaml``.

    Raises
    ------
    CenterUnreadableError
        Where the file is missing or is not UTF-8 text.
    CenterError
        Where something is wrong with its content; ``problems`` has all of it, in order of lines.
    """
    document = read_document(read_text(Path(path)), str(path))
    check_sounds(document, Path(path).parent)
    return _accept(document)


def parse_center(text: str, file: str = "callcenter.yaml") -> Center:
    """Check a call centre given as YAML text; ``file`` is the name used in problems.

    Recordings are not looked for: text alone stands in no folder.
    """
    return _accept(read_document(text, file))


def _accept(document: Document) -> Center:
    center = _check(document)
    if document.problems or center is None:
        problems = dict.fromkeys(document.problems)
        raise CenterError(sorted(problems, key=lambda problem: (problem.line, problem.key)))
    return center


def _check(document: Document) -> Center | None:
    if not isinstance(document.data, dict):
        if not document.problems:
            expected = "the keys of a call centre: name, alias, time_zone, …"
            document.add((), show_value(document.data), expected)
        return None
    center = check_shapes(document)
    check_references(document)
    return center


def read_text(path: Path) -> str:
    """Return a text file's content; raise :class:`CenterUnreadableError` where there is none."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        found = f"bytes that are not UTF-8 (at byte {error.start})"
        raise CenterUnreadableError([Problem(str(path), 1, "the file", found, "UTF-8 text")]) from error
    except OSError as error:
        found = (error.strerror or type(error).__name__).lower()
        problem = Problem(str(path), 1, "the file", found, "a readable YAML file, such as callcenter.yaml")
        raise CenterUnreadableError([problem]) from error
