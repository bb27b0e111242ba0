"""What moto keeps of objects: their bodies in memory, and every model that it ever made."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import moto.s3.models as s3
from moto.core.common_models import BaseModel

from twin.cloud.spool import Spool


class ForgettingModels:
    """Lets bodies lie in a spool, and lets what was deleted go.

    moto lists every model of every service for its own console, which the twin does not have: deleted objects
    and messages would stay for ever.
    """

    def __init__(self) -> None:
        self._saved: list[tuple[Any, str, Any]] = []

    def install(self, spool: Spool) -> None:
        """Keep the bodies of objects in ``spool`` from now on."""
        self._replace(s3, "tempfile", SimpleNamespace(SpooledTemporaryFile=spool.body))
        self._replace(BaseModel, "__new__", staticmethod(_make))

    def remove(self) -> None:
        """Give moto its own insides back."""
        while self._saved:
            owner, name, value = self._saved.pop()
            setattr(owner, name, value)

    def _replace(self, owner: Any, name: str, value: Any) -> None:
        self._saved.append((owner, name, owner.__dict__[name]))
        setattr(owner, name, value)


def _make(cls: type, *_: Any, **__: Any) -> Any:
    return object.__new__(cls)
