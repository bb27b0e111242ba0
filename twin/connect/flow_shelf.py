"""The deployed flows, parsed once, found by the id or ARN that a flow names another with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contactflow.model import Flow
from twin.connect.registry import FlowResource, Registry
from twin.contracts import ServiceError


class FlowShelf(Mapping[str, Flow]):
    """A mapping from a flow's ARN or id to the flow."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._parsed: dict[str, tuple[str, Flow]] = {}

    def __getitem__(self, reference: str) -> Flow:
        try:
            resource = self._registry.flows.find(reference, "flow")
        except ServiceError as error:
            raise KeyError(reference) from error
        return self._parse(resource)

    def __iter__(self) -> Iterator[str]:
        return iter(self._registry.flows)

    def __len__(self) -> int:
        return len(self._registry.flows)

    def _parse(self, resource: FlowResource) -> Flow:
        known = self._parsed.get(resource.arn)
        if known is None or known[0] != resource.content:
            known = self._parsed[resource.arn] = (resource.content, Flow.parse(resource.content))
        return known[1]
