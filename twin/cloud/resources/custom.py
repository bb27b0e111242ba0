"""CDK's AwsCustomResource: one SDK call, made under the role of its handler.

**Source**: CDK API reference, ``aws-cdk-lib.custom_resources.AwsCustomResource``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from botocore import xform_name

from twin.cloud.errors import NotOfferedError
from twin.contracts import Created, Resource

if TYPE_CHECKING:
    from twin.cloud.cloud import LocalCloud

_SERVICE_NAMES = {
    "sfn": "stepfunctions",
    "cloudwatchlogs": "logs",
    "eventbridge": "events",
    "cognitoidentityserviceprovider": "cognito-idp",
}


def run_create_call(cloud: LocalCloud, resource: Resource) -> Created:
    """Run the Create (or Update) call; its answer's members become attributes."""
    text = resource.properties.get("Create") or resource.properties.get("Update")
    if not text:
        return Created(resource.logical_id)
    call = json.loads(text) if isinstance(text, str) else text
    role = cloud.functions.find(resource.properties["ServiceToken"]).role
    client = cloud.client(_service_name(call["service"]), role)
    method = getattr(client, xform_name(_pascal(call["action"].removesuffix("Command"))), None)
    if method is None:
        raise NotOfferedError(f"no operation {call['action']} in the service {call['service']}")
    answer = dict(method(**call.get("parameters", {})))
    answer.pop("ResponseMetadata", None)
    flat = dict(_flatten(answer))
    identity = call.get("physicalResourceId", {})
    ref = identity.get("id") or flat.get(str(identity.get("responsePath")), resource.logical_id)
    return Created(str(ref), flat)


def _service_name(name: str) -> str:
    plain = name.rsplit("/", 1)[-1].removeprefix("client-").lower()
    return _SERVICE_NAMES.get(plain, plain)


def _pascal(action: str) -> str:
    return action[0].upper() + action[1:]


def _flatten(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    members = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else None
    if members is None:
        yield path, value
        return
    for name, member in members:
        yield from _flatten(member, f"{path}.{name}" if path else str(name))


PROVIDERS = {"Custom::AWS": run_create_call}
