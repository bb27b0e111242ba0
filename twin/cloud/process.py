"""What an open cloud borrows from the process: its time, its boto3, its environment, its chance."""

from __future__ import annotations

from functools import partial
from random import Random
from typing import ClassVar

from twin.cloud.errors import CloudError
from twin.cloud.fibers import FiberEvent
from twin.cloud.moto_hooks import MotoSession
from twin.cloud.randomness import SeededIds
from twin.cloud.services import CloudServices
from twin.cloud.surroundings import Surroundings


class ProcessLoan:
    """Puts the process under a cloud and gives it back; one cloud at a time.

    Parameters
    ----------
    seed
        Fixes what moto draws.
    ids
        Stream that the process's random identifiers come from.

    Raises
    ------
    CloudError
        When another cloud has the process.
    """

    _holder: ClassVar[ProcessLoan | None] = None

    def __init__(self, seed: int, ids: Random) -> None:
        if ProcessLoan._holder is not None:
            raise CloudError("a local cloud is open in this process already; close it first (it owns time and boto3)")
        self._surroundings = Surroundings()
        self._moto = MotoSession(seed)
        self._ids = SeededIds(ids)

    def take(self, services: CloudServices) -> None:
        """Let the process see the cloud's time and services from now on."""
        ProcessLoan._holder = self
        clock = services.clock
        self._surroundings.install(services.region)
        clock.start()
        self._moto.start(services.spool)
        self._ids.install()
        services.gate.open()
        event = partial(FiberEvent, clock)
        services.interpreter.install(
            sleep=services.workflows.sleep, event=event, now=clock.timestamp, invoke_http=services.workflows.invoke_http
        )

    def give_back(self, services: CloudServices) -> None:
        """Give the process its own back; nothing happens the second time."""
        if ProcessLoan._holder is not self:
            return
        services.close_runners()
        services.interpreter.remove()
        services.gate.close()
        self._ids.remove()
        self._moto.stop()
        services.spool.close()
        services.clock.stop()
        self._surroundings.remove()
        ProcessLoan._holder = None
