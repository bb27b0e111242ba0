"""IAM: the twin keeps policies for its own check; no other service reads them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from twin.cloud.resources.naming import physical_name
from twin.contracts import Created, Resource

if TYPE_CHECKING:
    from twin.cloud.cloud import LocalCloud


def create_role(cloud: LocalCloud, resource: Resource) -> Created:
    """Create a role with its inline and AWS managed policies."""
    name = physical_name(resource, "RoleName")
    arn = f"arn:aws:iam::{cloud.account}:role{resource.properties.get('Path', '/')}{name}"
    cloud.policies.add_role(arn)
    for policy in resource.properties.get("Policies", ()):
        cloud.policies.attach(arn, policy["PolicyName"], read_document(policy["PolicyDocument"]))
    for managed in resource.properties.get("ManagedPolicyArns", ()):
        if f":{cloud.account}:" in managed:
            cloud.policies.attach(arn, managed, cloud.inventory.managed_policies[managed])
        else:
            cloud.policies.attach_managed(arn, managed)
    cloud.inventory.role_names[name] = arn
    return Created(name, {"Arn": arn, "RoleId": f"AROA{resource.logical_id[:12].upper()}"})


def create_policy(cloud: LocalCloud, resource: Resource) -> Created:
    """Attach an inline policy to roles."""
    for name in resource.properties.get("Roles", ()):
        document = read_document(resource.properties["PolicyDocument"])
        cloud.policies.attach(cloud.inventory.role_names[name], resource.logical_id, document)
    return Created(str(resource.properties.get("PolicyName", resource.logical_id)))


def create_managed_policy(cloud: LocalCloud, resource: Resource) -> Created:
    """Keep a customer managed policy, and attach it to the roles that it names."""
    name = physical_name(resource, "ManagedPolicyName")
    arn = f"arn:aws:iam::{cloud.account}:policy{resource.properties.get('Path', '/')}{name}"
    cloud.inventory.managed_policies[arn] = read_document(resource.properties["PolicyDocument"])
    for role in resource.properties.get("Roles", ()):
        cloud.policies.attach(cloud.inventory.role_names[role], name, cloud.inventory.managed_policies[arn])
    return Created(arn, {"PolicyArn": arn})


def read_document(document: Any) -> Mapping[str, Any]:
    """Return a policy document, which templates give as an object or as JSON text."""
    return json.loads(document) if isinstance(document, str) else document  # type: ignore[no-any-return]


PROVIDERS = {
    "AWS::IAM::Role": create_role,
    "AWS::IAM::Policy": create_policy,
    "AWS::IAM::RolePolicy": create_policy,
    "AWS::IAM::ManagedPolicy": create_managed_policy,
}
