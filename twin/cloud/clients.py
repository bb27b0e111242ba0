"""boto3 clients of the cloud, each made once for a service and a principal."""

from __future__ import annotations

from functools import cache
from typing import Any

import boto3
from botocore.config import Config


class Clients:
    """Makes and keeps boto3 clients.

    Parameters
    ----------
    region
        Where they call.
    """

    def __init__(self, region: str) -> None:
        self._region = region
        self._clients: dict[tuple[str, str | None], Any] = {}

    def client(self, service: str, principal: str | None = None) -> Any:
        """Return the client of ``service`` that acts as ``principal``; None is whoever runs."""
        key = (service, principal)
        if key not in self._clients:
            self._clients[key] = _act_as(principal, _make_client(service, self._region))
        return self._clients[key]


@cache
def _make_client(service: str, region: str) -> Any:
    """Return the client of a service that all twins of this process share: it holds nothing of theirs."""
    return boto3.client(
        service,  # type: ignore[call-overload]
        region_name=region,
        config=Config(retries={"total_max_attempts": 1}, inject_host_prefix=False),
    )


def _act_as(principal: str | None, client: Any) -> Any:
    """Return a client that differs from another only in who calls."""
    copied = object.__new__(type(client))
    vars(copied).update(vars(client), _twin_principal=principal)
    return copied
