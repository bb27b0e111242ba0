"""Folders as they are uploaded: without caches and tests, and with the centre's document.

An asset's hash is the hash of its content, so the same sources always give the same template.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
"""Root of the project's sources."""

_LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc", "tests", ".*")


class FunctionMissingError(Exception):
    """A function is declared whose folder or handler does not exist."""


def stage_folder(source: Path) -> Path:
    """Copy a folder to a temporary place that lasts as long as this process."""
    target = Path(tempfile.mkdtemp(dir=_staging_area())) / source.name
    shutil.copytree(source, target, ignore=_LEFT_OUT)
    return target


def stage_function(function: str, center_document: str, files: Mapping[str, str] | None = None) -> Path:
    """Copy ``functions/<function>`` and put the centre's document beside the handler.

    Parameters
    ----------
    files
        Further texts to put there, by their path from the handler's folder.

    Raises
    ------
    FunctionMissingError
        If there is no handler.
    """
    source = PROJECT / "functions" / function
    if not (source / "handler.py").is_file():
        raise FunctionMissingError(f"functions/{function}/handler.py does not exist; every function has a handler")
    target = stage_folder(source)
    for name, text in {"center.json": center_document, **(files or {})}.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_text(text, encoding="utf-8")
    return target


@cache
def _staging_area() -> Path:
    area = Path(tempfile.mkdtemp(prefix="trunkline-"))
    atexit.register(shutil.rmtree, area, ignore_errors=True)
    return area
