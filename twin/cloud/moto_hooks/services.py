"""Which services moto offers."""

from __future__ import annotations

from functools import lru_cache

import moto.backend_index


@lru_cache(maxsize=1)
def _backends() -> frozenset[str]:
    return frozenset(service for service, _ in moto.backend_index.backend_url_patterns)


def is_offered(service: str) -> bool:
    """Return whether moto offers the service, by its boto3 name."""
    return service.replace("-", "") in _backends() or service in _backends()
