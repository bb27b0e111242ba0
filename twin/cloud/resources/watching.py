"""CloudWatch alarms, in the twin itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twin.cloud.alarms import read_alarm
from twin.cloud.resources.naming import physical_name
from twin.contracts import Created, Resource

if TYPE_CHECKING:
    from twin.cloud.cloud import LocalCloud


def create_alarm(cloud: LocalCloud, resource: Resource) -> Created:
    """Create an alarm that is evaluated in virtual time."""
    name = physical_name(resource, "AlarmName", longest=255)
    arn = f"arn:aws:cloudwatch:{cloud.region}:{cloud.account}:alarm:{name}"
    cloud.alarms.add(read_alarm(name, arn, resource.properties))
    return Created(name, {"Arn": arn})


PROVIDERS = {"AWS::CloudWatch::Alarm": create_alarm}
