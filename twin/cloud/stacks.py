"""AWS CloudFormation, as far as somebody asks what a loaded stack holds.

**Source**: AWS CloudFormation API reference, "ListStackResources".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from twin.cloud.clock import VirtualClock
from twin.cloud.loader import StackLoader
from twin.contracts import ServiceError


class StackApi:
    """Tells which resources stand in which stack.

    Parameters
    ----------
    loader
        Has loaded them.
    clock
        Gives the moment of their last update, which is when they are asked for: nothing changes after loading.
    """

    def __init__(self, loader: StackLoader, clock: VirtualClock) -> None:
        self._loader = loader
        self._clock = clock

    def list_resources(self, parameters: Mapping[str, Any], caller: str) -> dict[str, Any]:
        """Answer ListStackResources, on one page."""
        del caller
        name, updated = parameters["StackName"], self._clock.now()
        found = [
            {
                "LogicalResourceId": resource.logical_id,
                "PhysicalResourceId": self._loader.created[key].ref,
                "ResourceType": resource.type,
                "LastUpdatedTimestamp": updated,
                "ResourceStatus": "CREATE_COMPLETE",
            }
            for key, resource in self._loader.resources.items()
            if resource.stack == name and key in self._loader.created
        ]
        if not found:
            raise ServiceError("ValidationError", f"Stack with id {name} does not exist")
        return {"StackResourceSummaries": found}
