"""EventBridge rules and schedules, and Step Functions state machines."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from twin.cloud.delivery.bus import read_pattern
from twin.cloud.delivery.cron import parse_schedule
from twin.cloud.delivery.schedules import Schedule
from twin.cloud.errors import NotOfferedError, TemplateError
from twin.cloud.executions import StateMachine
from twin.cloud.http_task import Connection
from twin.cloud.resources.naming import physical_name
from twin.contracts import Created, Resource

if TYPE_CHECKING:
    from twin.cloud.cloud import LocalCloud

_PLACEHOLDER = re.compile(r"\$\{([A-Za-z0-9_.-]+)\}")


def create_rule(cloud: LocalCloud, resource: Resource) -> Created:
    """Create a rule with its targets."""
    properties = resource.properties
    name = physical_name(resource, "Name")
    bus = str(properties.get("EventBusName", "default")).rsplit("/", 1)[-1]
    path = name if bus == "default" else f"{bus}/{name}"
    arn = f"arn:aws:events:{cloud.region}:{cloud.account}:rule/{path}"
    cloud.bus.add_rule(
        name=name,
        arn=arn,
        bus=bus,
        pattern=read_pattern(properties.get("EventPattern")),
        schedule=properties.get("ScheduleExpression"),
        targets=properties.get("Targets", ()),
        enabled=properties.get("State", "ENABLED") == "ENABLED",
    )
    return Created(name, {"Arn": arn})


def create_bus(cloud: LocalCloud, resource: Resource) -> Created:
    """Name a bus; buses exist as soon as a rule or an event names them."""
    name = str(resource.properties["Name"])
    return Created(name, {"Name": name, "Arn": f"arn:aws:events:{cloud.region}:{cloud.account}:event-bus/{name}"})


def create_schedule(cloud: LocalCloud, resource: Resource) -> Created:
    """Create an EventBridge Scheduler schedule."""
    properties = resource.properties
    name = physical_name(resource, "Name")
    zone = ZoneInfo(properties.get("ScheduleExpressionTimezone", "UTC"))
    following = parse_schedule(properties["ScheduleExpression"], zone)
    arn = f"arn:aws:scheduler:{cloud.region}:{cloud.account}:schedule/default/{name}"
    if properties.get("State", "ENABLED") == "ENABLED":
        cloud.scheduler.add(Schedule(arn, following, properties["Target"]))
    return Created(name, {"Arn": arn})


def create_machine(cloud: LocalCloud, resource: Resource) -> Created:
    """Create a state machine in moto, its definition's substitutions made."""
    properties = resource.properties
    name = physical_name(resource, "StateMachineName", longest=80)
    definition = _definition(cloud, properties)
    if '"JSONata"' in definition:
        raise NotOfferedError("the twin runs JSONPath state machines; this one has QueryLanguage JSONata")
    kind = properties.get("StateMachineType", "STANDARD")
    client = cloud.client("stepfunctions")
    answer = client.create_state_machine(name=name, definition=definition, roleArn=properties["RoleArn"], type=kind)
    arn = answer["stateMachineArn"]
    limit = float(json.loads(definition).get("TimeoutSeconds", "inf"))
    cloud.workflows.add(StateMachine(name, arn, properties["RoleArn"], kind == "EXPRESS", limit))
    return Created(arn, {"Arn": arn, "Name": name, "StateMachineRevisionId": "1"})


def create_connection(cloud: LocalCloud, resource: Resource) -> Created:
    """Create an EventBridge connection with an API key or a password, and the secret that keeps it.

    **Source**: EventBridge user guide, "Connections for HTTP endpoint targets"; CloudFormation template reference,
    ``AWS::Events::Connection``.
    """
    properties, name = resource.properties, physical_name(resource, "Name")
    kind, given = properties["AuthorizationType"], properties["AuthParameters"]
    if kind == "API_KEY":
        key = given["ApiKeyAuthParameters"]
        headers = {str(key["ApiKeyName"]): str(key["ApiKeyValue"])}
    elif kind == "BASIC":
        password = given["BasicAuthParameters"]
        encoded = base64.b64encode(f"{password['Username']}:{password['Password']}".encode()).decode()
        headers = {"Authorization": f"Basic {encoded}"}
    else:
        raise NotOfferedError(f"the twin opens connections with an API key or a password; this one has {kind}")
    more = given.get("InvocationHttpParameters", {})
    headers |= {one["Key"]: one["Value"] for one in more.get("HeaderParameters", ())}
    query = {one["Key"]: one["Value"] for one in more.get("QueryStringParameters", ())}
    path = f"{name}/{cloud.new_id('connection')}"
    arn = f"arn:aws:events:{cloud.region}:{cloud.account}:connection/{path}"
    secret = cloud.client("secretsmanager").create_secret(
        Name=f"events!connection/{path}", SecretString=json.dumps(headers)
    )["ARN"]
    cloud.http_tasks.add(Connection(arn, secret, headers, query))
    return Created(name, {"Arn": arn, "SecretArn": secret, "ArnForPolicy": arn.rsplit("/", 1)[0]})


def _definition(cloud: LocalCloud, properties: Mapping[str, Any]) -> str:
    if "DefinitionString" in properties:
        text = str(properties["DefinitionString"])
    elif "Definition" in properties:
        text = json.dumps(properties["Definition"])
    else:
        text = cloud.inventory.assets[properties["DefinitionS3Location"]["Key"]].path.read_text(encoding="utf-8")
    substitutions = properties.get("DefinitionSubstitutions", {})

    def replace(match: re.Match[str]) -> str:
        if match[1] not in substitutions:
            raise TemplateError(f"the definition says {match[0]}, which DefinitionSubstitutions does not hold")
        return str(substitutions[match[1]])

    return _PLACEHOLDER.sub(replace, text) if substitutions else text


PROVIDERS = {
    "AWS::Events::Connection": create_connection,
    "AWS::Events::Rule": create_rule,
    "AWS::Events::EventBus": create_bus,
    "AWS::Scheduler::Schedule": create_schedule,
    "AWS::StepFunctions::StateMachine": create_machine,
}
