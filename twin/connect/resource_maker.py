"""What makers of Amazon Connect's CloudFormation types share."""

from __future__ import annotations

from typing import Any

from twin.connect.registry import Registry
from twin.contracts import Cloud, ResourceProvider


class ResourceMaker:
    """Creates some of the types ``AWS::Connect::*``, named by :meth:`providers`.

    ``Ref`` and ``Fn::GetAtt`` give what CloudFormation gives.

    **Source**: AWS CloudFormation User Guide, "Amazon Connect resource type reference" (the section "Return
    values" of each type).
    """

    def __init__(self, cloud: Cloud, registry: Registry) -> None:
        self._cloud = cloud
        self._registry = registry

    def providers(self) -> dict[str, ResourceProvider]:
        """Return the maker of each type, by the type's last name."""
        raise NotImplementedError

    def register(self) -> None:
        """Let the cloud create these types here."""
        for name, provider in self.providers().items():
            self._cloud.provide_resource(f"AWS::Connect::{name}", provider)

    def _new_arn(self, instance_arn: str, path: str) -> str:
        return f"{instance_arn}/{path}/{self._cloud.new_id('connect.resources')}"

    def _regional_arn(self, path: str) -> str:
        return f"arn:aws:connect:{self._cloud.region}:{self._cloud.account}:{path}"


def is_true(value: Any) -> bool:
    """Return whether a template's boolean, which may be written as text, is true."""
    return value is True or str(value).lower() == "true"
