"""Where a layer goes on the module path."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path


def divide_layers(layers: Iterable[Path]) -> tuple[list[str], list[str]]:
    """Return the layers' module folders that go first on the path, and those that go last.

    A layer with compiled modules is built for Lambda's machine, not for this one: what is installed
    here goes before it.
    """
    first: list[str] = []
    last: list[str] = []
    for layer in layers:
        for path in _module_folders(layer):
            (last if _has_compiled_modules(path) else first).append(str(path))
    return first, last


def _module_folders(layer: Path) -> list[Path]:
    folders = (layer / "python", *sorted(layer.glob("python/lib/python3*/site-packages")))
    return [path for path in folders if path.is_dir()]


@lru_cache(maxsize=64)
def _has_compiled_modules(folder: Path) -> bool:
    return next(folder.rglob("*.so"), None) is not None
