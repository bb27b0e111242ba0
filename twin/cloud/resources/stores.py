"""Log groups, secrets and parameters."""

from __future__ import annotations

import json
import string
from typing import TYPE_CHECKING

from twin.cloud.resources.naming import physical_name
from twin.contracts import Created, Resource

if TYPE_CHECKING:
    from twin.cloud.cloud import LocalCloud


def create_log_group(cloud: LocalCloud, resource: Resource) -> Created:
    """Create a log group."""
    name = physical_name(resource, "LogGroupName", longest=512)
    cloud.logs.group(name).retention_days = resource.properties.get("RetentionInDays")
    return Created(name, {"Arn": f"arn:aws:logs:{cloud.region}:{cloud.account}:log-group:{name}:*"})


def create_log_stream(cloud: LocalCloud, resource: Resource) -> Created:
    """Create a log stream."""
    name = physical_name(resource, "LogStreamName", longest=512)
    cloud.logs.group(resource.properties["LogGroupName"]).streams.setdefault(name, 0)
    return Created(name)


def set_log_retention(cloud: LocalCloud, resource: Resource) -> Created:
    """Do what CDK's log retention handler does."""
    name = resource.properties["LogGroupName"]
    cloud.logs.group(name).retention_days = int(resource.properties.get("RetentionInDays", 0)) or None
    return Created(name, {"LogGroupName": name})


def create_secret(cloud: LocalCloud, resource: Resource) -> Created:
    """Create a secret; a generated one is drawn from the seed."""
    properties = resource.properties
    name = physical_name(resource, "Name", longest=512)
    value = properties.get("SecretString")
    if value is None:
        wanted = properties.get("GenerateSecretString", {})
        drawn = "".join(cloud.random("secrets").choices(string.ascii_letters + string.digits, k=32))
        key = wanted.get("GenerateStringKey")
        value = json.dumps({**json.loads(wanted.get("SecretStringTemplate", "{}")), key: drawn}) if key else drawn
    arn = cloud.client("secretsmanager").create_secret(Name=name, SecretString=value)["ARN"]
    return Created(arn, {"Id": arn})


def create_parameter(cloud: LocalCloud, resource: Resource) -> Created:
    """Create an SSM parameter."""
    properties = resource.properties
    name = physical_name(resource, "Name", longest=512)
    kind = properties.get("Type", "String")
    cloud.client("ssm").put_parameter(Name=name, Value=str(properties["Value"]), Type=kind, Overwrite=True)
    return Created(name, {"Type": kind, "Value": properties["Value"]})


PROVIDERS = {
    "AWS::Logs::LogGroup": create_log_group,
    "AWS::Logs::LogStream": create_log_stream,
    "Custom::LogRetention": set_log_retention,
    "AWS::SecretsManager::Secret": create_secret,
    "AWS::SSM::Parameter": create_parameter,
}
