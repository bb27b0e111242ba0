"""Importing each function's code under names of its own, in one process."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from twin.cloud.functions.model import Function
from twin.cloud.functions.paths import divide_layers


class FunctionModules:
    """The modules of one function's code folder, present in ``sys.modules`` only while it runs.

    Modules of layers are shared by all functions, and by the process if it has imported them before.

    Parameters
    ----------
    function
        Whose code folder and layers are meant.
    """

    def __init__(self, function: Function) -> None:
        assert function.code is not None
        self._folder = function.code.resolve()
        self._first, self._last = divide_layers(function.layers)
        self._names = _top_level_names(self._folder)
        self._own: dict[str, ModuleType] = {}

    def load(self, handler: str) -> Any:
        """Import the handler ``module.attribute``.

        Raises
        ------
        ImportError, AttributeError
            As the code raises them.
        """
        module_name, _, attribute = handler.replace("/", ".").rpartition(".")
        return getattr(importlib.import_module(module_name), attribute)

    @contextmanager
    def present(self) -> Iterator[None]:
        """Let the function's own modules be importable, and take them away afterwards."""
        others = self._take_others()
        sys.modules.update(self._own)
        path = sys.path[:]
        sys.path[:0] = [str(self._folder), *self._first]
        sys.path += self._last
        count = len(sys.modules)
        try:
            yield
        finally:
            sys.path[:] = path
            if len(sys.modules) != count:
                self._own = self._find_named()
            for name in self._own:
                sys.modules.pop(name, None)
            sys.modules.update(others)

    def _take_others(self) -> dict[str, ModuleType]:
        if not any(name in sys.modules for name in self._names):
            return {}
        others = self._find_named()
        for name in others:
            del sys.modules[name]
        return others

    def _find_named(self) -> dict[str, ModuleType]:
        return {name: module for name, module in sys.modules.items() if name.split(".", 1)[0] in self._names}


def _top_level_names(folder: Path) -> frozenset[str]:
    files = {path.stem for path in folder.glob("*.py")}
    packages = {path.name for path in folder.iterdir() if path.is_dir() and path.name.isidentifier()}
    return frozenset(files | packages)
