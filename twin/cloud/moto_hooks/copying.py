"""What stands in for ``copy`` inside moto's interpreter, which copies its data at every step."""

from __future__ import annotations

import copy
from typing import Any

_UNCHANGING = frozenset((str, int, float, bool, type(None)))


class DataCopying:
    """Stands in for the module ``copy`` where nearly all is JSON."""

    def deepcopy(self, value: Any) -> Any:
        """Return a copy that shares nothing that can change; anything but JSON as :func:`copy.deepcopy` does."""
        kind = type(value)
        if kind in _UNCHANGING:
            return value
        if kind is dict:
            return {name: self.deepcopy(member) for name, member in value.items()}
        if kind is list:
            return [self.deepcopy(member) for member in value]
        return copy.deepcopy(value)
