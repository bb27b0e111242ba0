"""Creates what contacts are routed by: hours, queues, routing profiles, users and their statuses.

**Source**: AWS CloudFormation User Guide, "Amazon Connect resource type reference".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from twin.connect.distribution import QueueAssignment
from twin.connect.hours import HoursOfOperation, parse_override, parse_slices
from twin.connect.registry import AgentStatus, Queue, RoutingProfile, User
from twin.connect.resource_maker import ResourceMaker, is_true
from twin.contracts import Created, Resource, ResourceProvider


class RoutingResources(ResourceMaker):
    """Creates what decides who talks to whom."""

    def providers(self) -> dict[str, ResourceProvider]:
        """Return the maker of each type, by the type's last name."""
        return {
            "HoursOfOperation": self._hours,
            "Queue": self._queue,
            "RoutingProfile": self._profile,
            "User": self._user,
            "AgentStatus": self._status,
        }

    def _hours(self, resource: Resource) -> Created:
        properties = resource.properties
        arn = self._new_arn(properties["InstanceArn"], "operating-hours")
        overrides = tuple(parse_override(one) for one in properties.get("HoursOfOperationOverrides", ()))
        slices = parse_slices(properties["Config"])
        self._registry.hours.put(HoursOfOperation(arn, properties["Name"], properties["TimeZone"], slices, overrides))
        return Created(arn, {"HoursOfOperationArn": arn})

    def _queue(self, resource: Resource) -> Created:
        properties = resource.properties
        arn = self._new_arn(properties["InstanceArn"], "queue")
        limit = properties.get("MaxContacts")
        self._registry.queues.put(
            Queue(
                arn,
                properties["Name"],
                properties["HoursOfOperationArn"],
                max_contacts=None if limit is None else int(limit),
                description=properties.get("Description", ""),
                outbound_flow_arn=properties.get("OutboundCallerConfig", {}).get("OutboundFlowArn"),
            )
        )
        return Created(arn, {"QueueArn": arn, "Type": "STANDARD"})

    def _profile(self, resource: Resource) -> Created:
        properties = resource.properties
        arn = self._new_arn(properties["InstanceArn"], "routing-profile")
        slots = [int(one["Concurrency"]) for one in properties["MediaConcurrencies"] if one["Channel"] == "VOICE"]
        self._registry.profiles.put(
            RoutingProfile(
                arn,
                properties["Name"],
                tuple(_assignment(one) for one in properties.get("QueueConfigs", ()) if _is_voice(one)),
                properties["DefaultOutboundQueueArn"],
                voice_slots=max(slots, default=0),
            )
        )
        return Created(arn, {"RoutingProfileArn": arn})

    def _user(self, resource: Resource) -> Created:
        properties = resource.properties
        arn = self._new_arn(properties["InstanceArn"], "agent")
        identity, phone = properties.get("IdentityInfo", {}), properties.get("PhoneConfig", {})
        self._registry.users.put(
            User(
                arn,
                properties["Username"],
                identity.get("FirstName", ""),
                identity.get("LastName", ""),
                properties["RoutingProfileArn"],
                auto_accept=is_true(phone.get("AutoAccept")),
                after_contact_work_limit_seconds=int(phone.get("AfterContactWorkTimeLimit", 0)),
            )
        )
        return Created(arn, {"UserArn": arn})

    def _status(self, resource: Resource) -> Created:
        properties = resource.properties
        arn = self._new_arn(properties["InstanceArn"], "agent-state")
        self._registry.statuses.put(AgentStatus(arn, properties["Name"], properties.get("Type", "CUSTOM")))
        return Created(arn, {"AgentStatusArn": arn})


def _is_voice(config: Mapping[str, Any]) -> bool:
    return bool(config["QueueReference"]["Channel"] == "VOICE")


def _assignment(config: Mapping[str, Any]) -> QueueAssignment:
    return QueueAssignment(config["QueueReference"]["QueueArn"], int(config["Priority"]), int(config["Delay"]))
