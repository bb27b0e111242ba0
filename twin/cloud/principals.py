"""Who is acting: the role or service in whose name the running code calls AWS."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_acting: ContextVar[str | None] = ContextVar("twin_principal", default=None)
_handlers: list[str] = []


def current_principal() -> str | None:
    """Return the acting role ARN or service principal; None for the twin itself."""
    return _acting.get() or (_handlers[-1] if _handlers else None)


@contextmanager
def acting_as(principal: str | None) -> Iterator[None]:
    """Let everything inside act as ``principal``; None is the twin itself."""
    token = _acting.set(principal)
    try:
        yield
    finally:
        _acting.reset(token)


@contextmanager
def running_handler(role: str) -> Iterator[None]:
    """Let a handler act as its role, together with the threads that it starts.

    New threads begin with an empty context, so that the innermost running handler stands in.
    """
    _handlers.append(role)
    try:
        with acting_as(role):
            yield
    finally:
        _handlers.pop()


def is_service(principal: str) -> bool:
    """Return whether ``principal`` is an AWS service rather than a role."""
    return principal.endswith(".amazonaws.com")
