"""DynamoDB tables in moto."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from twin.cloud.resources.naming import physical_name, tag_list
from twin.contracts import Created, Resource

if TYPE_CHECKING:
    from twin.cloud.cloud import LocalCloud

_INDEX_MEMBERS = ("IndexName", "KeySchema", "Projection", "ProvisionedThroughput")


def create_table(cloud: LocalCloud, resource: Resource) -> Created:
    """Create a table with its indexes, stream, time to live and point-in-time recovery."""
    properties = resource.properties
    name = physical_name(resource, "TableName", longest=255)
    request: dict[str, Any] = {
        "TableName": name,
        "KeySchema": properties["KeySchema"],
        "AttributeDefinitions": properties["AttributeDefinitions"],
        "BillingMode": properties.get("BillingMode", "PROVISIONED"),
    }
    for source, target in (("GlobalSecondaryIndexes", "GlobalSecondaryIndexes"), ("LocalSecondaryIndexes",) * 2):
        if properties.get(source):
            members = [{k: v for k, v in index.items() if k in _INDEX_MEMBERS} for index in properties[source]]
            request[target] = members
    if request["BillingMode"] == "PROVISIONED":
        throughput = properties.get("ProvisionedThroughput", {"ReadCapacityUnits": 5, "WriteCapacityUnits": 5})
        request["ProvisionedThroughput"] = {key: int(value) for key, value in throughput.items()}
    view = properties.get("StreamSpecification", {}).get("StreamViewType")
    if view:
        request["StreamSpecification"] = {"StreamEnabled": True, "StreamViewType": view}
    if tag_list(resource):
        request["Tags"] = tag_list(resource)
    client = cloud.client("dynamodb")
    table = client.create_table(**request)["TableDescription"]
    _set_options(client, name, properties)
    attributes = {"Arn": table["TableArn"], "TableId": cloud.new_id("table")}
    return Created(name, attributes | ({"StreamArn": table["LatestStreamArn"]} if view else {}))


def create_global_table(cloud: LocalCloud, resource: Resource) -> Created:
    """Create the replica of a global table that lies in this region."""
    properties = dict(resource.properties)
    replicas = properties.pop("Replicas")
    here = next((replica for replica in replicas if replica["Region"] == cloud.region), replicas[0])
    return create_table(cloud, Resource(resource.logical_id, resource.type, {**here, **properties}, resource.stack))


def _set_options(client: Any, name: str, properties: Any) -> None:
    lifetime = properties.get("TimeToLiveSpecification")
    if lifetime and lifetime.get("Enabled"):
        specification = {"Enabled": True, "AttributeName": lifetime["AttributeName"]}
        client.update_time_to_live(TableName=name, TimeToLiveSpecification=specification)
    if properties.get("PointInTimeRecoverySpecification", {}).get("PointInTimeRecoveryEnabled"):
        specification = {"PointInTimeRecoveryEnabled": True}
        client.update_continuous_backups(TableName=name, PointInTimeRecoverySpecification=specification)


PROVIDERS = {"AWS::DynamoDB::Table": create_table, "AWS::DynamoDB::GlobalTable": create_global_table}
