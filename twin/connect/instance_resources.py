"""Creates the instance, its numbers, flows, storage and integrations.

**Source**: AWS CloudFormation User Guide, "Amazon Connect resource type reference".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from twin.connect.registry import AgentStatus, FlowResource, Instance, PhoneNumber, StorageConfig
from twin.connect.resource_maker import ResourceMaker, is_true
from twin.contracts import Cloud, Created, Resource, ResourceProvider, ServiceError

# Types that nobody telephones with: they get an identity, and nothing acts on them.
_INERT = {
    "SecurityProfile": "security-profile",
    "QuickConnect": "transfer-destination",
    "Prompt": "prompt",
    "View": "view",
    "Rule": "rule",
    "EvaluationForm": "evaluation-form",
    "TaskTemplate": "task-template",
    "TestCase": "test-case",
    "UserHierarchyGroup": "agent-group",
}

_MOST_SECURITY_KEYS = 2


class InstanceResources(ResourceMaker):
    """Creates what belongs to the instance as a whole."""

    def providers(self) -> dict[str, ResourceProvider]:
        """Return the maker of each type, by the type's last name."""
        return {
            "Instance": self._instance,
            "InstanceStorageConfig": self._storage,
            "PhoneNumber": self._number,
            "ContactFlow": self._flow,
            "ContactFlowModule": self._module,
            "ContactFlowVersion": self._version,
            "IntegrationAssociation": self._integration,
            "SecurityKey": self._security_key,
            "PredefinedAttribute": self._predefined_attribute,
            **{name: self._inert(path) for name, path in _INERT.items()},
        }

    def _instance(self, resource: Resource) -> Created:
        properties = resource.properties
        identity = self._cloud.new_id("connect.resources")
        arn = self._regional_arn(f"instance/{identity}")
        attributes = properties.get("Attributes", {})
        created_at = self._cloud.clock.now()
        self._registry.instances.put(
            Instance(
                arn,
                properties.get("InstanceAlias", identity),
                is_true(attributes.get("ContactflowLogs")),
                created_at,
            )
        )
        for name, kind in (("Available", "ROUTABLE"), ("Offline", "OFFLINE")):
            self._registry.statuses.put(AgentStatus(self._new_arn(arn, "agent-state"), name, kind))
        attributes_out = {
            "Arn": arn,
            "Id": identity,
            "CreatedTime": created_at.isoformat(),
            "InstanceStatus": "ACTIVE",
            "ServiceRole": f"arn:aws:iam::{self._cloud.account}:role/aws-service-role/connect.amazonaws.com/"
            "AWSServiceRoleForAmazonConnect",
        }
        return Created(arn, attributes_out)

    def _storage(self, resource: Resource) -> Created:
        properties = resource.properties
        association = self._cloud.new_id("connect.resources")
        bucket = properties.get("S3Config", {})
        self._registry.storage.append(
            StorageConfig(
                association,
                properties["ResourceType"],
                properties["StorageType"],
                bucket=bucket.get("BucketName"),
                prefix=bucket.get("BucketPrefix"),
                firehose_arn=properties.get("KinesisFirehoseConfig", {}).get("FirehoseArn"),
                stream_arn=properties.get("KinesisStreamConfig", {}).get("StreamArn"),
            )
        )
        ref = f"{properties['InstanceArn']}|{association}|{properties['ResourceType']}"
        return Created(ref, {"AssociationId": association})

    def _number(self, resource: Resource) -> Created:
        properties = resource.properties
        arn = self._regional_arn(f"phone-number/{self._cloud.new_id('connect.resources')}")
        country, kind = properties.get("CountryCode", "US"), properties.get("Type", "DID")
        address = _new_address(self._cloud, country, kind)
        while self._registry.number_of(address):
            address = _new_address(self._cloud, country, kind)
        self._registry.numbers.put(
            PhoneNumber(arn, address, kind, country, properties["TargetArn"], properties.get("Description", ""))
        )
        return Created(arn, {"PhoneNumberArn": arn, "Address": address})

    def _flow(self, resource: Resource) -> Created:
        arn = self._put_flow(resource.properties, "contact-flow", resource.properties["Type"])
        return Created(arn, {"ContactFlowArn": arn})

    def _module(self, resource: Resource) -> Created:
        arn = self._put_flow(resource.properties, "flow-module", "MODULE")
        return Created(arn, {"ContactFlowModuleArn": arn, "Status": "PUBLISHED"})

    def _put_flow(self, properties: Mapping[str, Any], path: str, kind: str) -> str:
        arn = self._new_arn(properties["InstanceArn"], path)
        description = properties.get("Description", "")
        self._registry.flows.put(FlowResource(arn, properties["Name"], kind, properties["Content"], description))
        return arn

    def _version(self, resource: Resource) -> Created:
        arn = f"{resource.properties['ContactFlowId']}:1"
        return Created(arn, {"ContactFlowVersionARN": arn, "Version": 1})

    def _integration(self, resource: Resource) -> Created:
        properties = resource.properties
        kind, target = properties["IntegrationType"], properties["IntegrationArn"]
        if kind == "LAMBDA_FUNCTION":
            self._registry.functions.add(target)
        elif kind == "LEX_BOT":
            self._registry.bot_aliases.add(target)
        association = self._cloud.new_id("connect.resources")
        return Created(f"{properties['InstanceId']}|{kind}|{target}", {"IntegrationAssociationId": association})

    def _security_key(self, resource: Resource) -> Created:
        """Upload a key for encrypted input; an instance takes two."""
        keys = self._registry.security_keys
        if len(keys) == _MOST_SECURITY_KEYS:
            raise ServiceError("ServiceQuotaExceededException", "an instance takes two security keys at once", 402)
        association = self._cloud.new_id("connect.resources")
        keys[association] = str(resource.properties["Key"])
        return Created(f"{resource.properties['InstanceId']}|{association}", {"AssociationId": association})

    def _predefined_attribute(self, resource: Resource) -> Created:
        return Created(f"{resource.properties['InstanceArn']}|{resource.properties['Name']}")

    def _inert(self, path: str) -> ResourceProvider:
        def create(resource: Resource) -> Created:
            arn = self._new_arn(resource.properties["InstanceArn"], path)
            attribute = f"{resource.type.rsplit('::', 1)[-1]}Arn"
            return Created(arn, {attribute: arn})

        return create


def _new_address(cloud: Cloud, country: str, kind: str) -> str:
    """Claim a number of the fictional ranges (555-01xx in the United States)."""
    digits = cloud.random("connect.numbers")
    if country == "US":
        area = "888" if kind == "TOLL_FREE" else str(digits.randrange(201, 989))
        return f"+1{area}55501{digits.randrange(100):02d}"
    prefix = {"KR": "+82", "GB": "+44", "JP": "+81", "DE": "+49", "FR": "+33", "CA": "+1", "AU": "+61"}.get(
        country, "+999"
    )
    return f"{prefix}{digits.randrange(10**8, 10**9)}"
