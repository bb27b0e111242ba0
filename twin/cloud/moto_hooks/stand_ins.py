"""What stands in for ``time``, ``threading`` and ``boto3`` inside moto's interpreter."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import boto3


class SleepingTime:
    """Stands in for the module ``time`` where the interpreter only sleeps."""

    def __init__(self, sleep: Callable[[float], None]) -> None:
        self.sleep = sleep


class InlineThreading:
    """Stands in for the module ``threading``: threads run to their end when started."""

    def __init__(self, now: Callable[[], float]) -> None:
        class Thread:
            """Runs at once; seems alive afterwards only when it took longer than it was joined for."""

            native_id = 0

            def __init__(self, target: Callable[..., None], args: tuple[Any, ...] = (), **_: Any) -> None:
                self._work: Callable[[], None] | None = lambda: target(*args)
                self._seconds = 0.0
                self._late = False

            def start(self) -> None:
                begin = now()
                work, self._work = self._work, None
                assert work is not None
                work()
                self._seconds = now() - begin

            def join(self, timeout: float | None = None) -> None:
                self._late = timeout is not None and self._seconds > timeout

            def is_alive(self) -> bool:
                return self._late

        class Event(threading.Event):
            """A flag that was raised by an inline thread within the time, or was not."""

            def __init__(self) -> None:
                super().__init__()
                self._begin = now()

            def wait(self, timeout: float | None = None) -> bool:
                return self.is_set() and (timeout is None or now() - self._begin <= timeout)

        self.Thread = Thread
        self.Event = Event

    def __getattr__(self, name: str) -> Any:
        return getattr(threading, name)


class CachedClients:
    """Stands in for the module ``boto3``: making a client takes longer than a state does."""

    def __init__(self) -> None:
        self._clients: dict[tuple[str, str], Any] = {}
        self._make: Any = boto3.client

    def client(self, service_name: str, region_name: str, **kwargs: Any) -> Any:
        """Return the client of a service, made at its first use."""
        key = (service_name, region_name)
        if key not in self._clients:
            self._clients[key] = self._make(service_name, region_name=region_name, **kwargs)
        return self._clients[key]
