"""boto3 clients of the cloud, each made once for a service and a principal."""

from __future__ import annotations

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
            client = boto3.client(
                service,  # type: ignore[call-overload]
                region_name=self._region,
                config=Config(retries={"total_max_attempts": 1}, inject_host_prefix=False),
            )
            client._twin_principal = principal
            self._clients[key] = client
        return self._clients[key]
