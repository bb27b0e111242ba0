"""How the twin creates resources of each CloudFormation type."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from twin.contracts import Created, Resource

if TYPE_CHECKING:
    from twin.cloud.cloud import LocalCloud

Provider = Callable[["LocalCloud", Resource], Created]


@lru_cache(maxsize=1)
def builtin_providers() -> dict[str, Provider]:
    """Return the providers of all types that the cloud creates by itself."""
    from twin.cloud.resources import (
        analytics,
        automation,
        buckets,
        custom,
        functions,
        identity,
        inert,
        messaging,
        stores,
        tables,
        watching,
        web,
    )

    modules = (
        *(identity, tables, buckets, analytics, messaging, functions, automation),
        *(web, stores, custom, watching, inert),
    )
    return {name: provider for module in modules for name, provider in module.PROVIDERS.items()}
