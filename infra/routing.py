"""Who answers what: opening hours, queues, routing profiles, agents and what each role may do."""

from __future__ import annotations

from collections.abc import Mapping

from aws_cdk import SecretValue
from aws_cdk.aws_connect import (
    CfnHoursOfOperation,
    CfnQueue,
    CfnRoutingProfile,
    CfnSecurityProfile,
    CfnUser,
)
from aws_cdk.aws_secretsmanager import ISecret
from constructs import Construct

from trunkline.center import Agent, Hours

from .plan import Plan

_DAYS = {
    "mon": "MONDAY",
    "tue": "TUESDAY",
    "wed": "WEDNESDAY",
    "thu": "THURSDAY",
    "fri": "FRIDAY",
    "sat": "SATURDAY",
    "sun": "SUNDAY",
}

_AGENT = ("BasicAgentAccess",)
_SUPERVISOR = (*_AGENT, "AccessMetrics", "ManagerListenIn", "ManagerBargeIn", "ContactSearch.View")
_MANAGER = (
    *_SUPERVISOR,
    *("ListenCallRecordings", "Users.View", "Queues.View", "RoutingPolicies.View", "HoursOfOperation.View"),
    "ContactFlows.View",
)
PERMISSIONS: Mapping[str, tuple[str, ...]] = {"agent": _AGENT, "supervisor": _SUPERVISOR, "manager": _MANAGER}
"""What each role may do in Amazon Connect itself; what changes the centre is changed in the file.

**Source**: Amazon Connect administrator guide, "List of security profile permissions", API names.
"""


class Routing(Construct):
    """Hours, queues, routing profiles, security profiles and agents.

    Parameters
    ----------
    scope, name
        Place in the tree.
    plan
        The call centre; keys of its queues and agents become the names in Amazon Connect, and so the
        names in contact records.
    instance_arn
        The Amazon Connect instance.
    password
        Password that agents are created with. It is generated, known to administrators alone (they read
        it in Secrets Manager), and replaced for each agent by a reset.

    Attributes
    ----------
    hours, queues
        ARNs by their keys in the file.
    """

    def __init__(self, scope: Construct, name: str, *, plan: Plan, instance_arn: str, password: ISecret) -> None:
        super().__init__(scope, name)
        self._center = center = plan.center
        self._instance_arn = instance_arn
        self.hours = {key: self._hours(key, hours).attr_hours_of_operation_arn for key, hours in center.hours.items()}
        self.queues = {key: self._queue(key).attr_queue_arn for key in center.queues}
        self.security_profiles = {role: self._security_profile(role) for role in PERMISSIONS}
        self._profiles: dict[str, CfnRoutingProfile] = {}
        for username, agent in center.agents.items():
            self._agent(username, agent, password.secret_value)

    def _hours(self, key: str, hours: Hours) -> CfnHoursOfOperation:
        return CfnHoursOfOperation(
            self,
            f"Hours-{key}",
            instance_arn=self._instance_arn,
            name=key,
            time_zone=self._center.time_zone,
            config=[
                CfnHoursOfOperation.HoursOfOperationConfigProperty(
                    day=_DAYS[day], start_time=_time_slice(period.from_), end_time=_time_slice(period.to)
                )
                for period in hours.open
                for day in period.days
            ],
            hours_of_operation_overrides=[
                CfnHoursOfOperation.HoursOfOperationOverrideProperty(
                    override_name=f"{holiday.name} {holiday.date.isoformat()}",
                    effective_from=holiday.date.isoformat(),
                    effective_till=holiday.date.isoformat(),
                    override_config=[],
                )
                for holiday in hours.holidays
            ]
            or None,
        )

    def _queue(self, key: str) -> CfnQueue:
        queue = self._center.queues[key]
        return CfnQueue(
            self,
            f"Queue-{key}",
            instance_arn=self._instance_arn,
            name=key,
            description=f"{next(iter(queue.title.values()))} ({queue.department})",
            hours_of_operation_arn=self.hours[queue.hours],
        )

    def _security_profile(self, role: str) -> CfnSecurityProfile:
        return CfnSecurityProfile(
            self,
            f"Security-{role}",
            instance_arn=self._instance_arn,
            security_profile_name=f"Trunkline {role}",
            description=f"What a {role} may do in Amazon Connect",
            permissions=list(PERMISSIONS[role]),
        )

    def _agent(self, username: str, agent: Agent, password: SecretValue) -> None:
        first, _, last = agent.name.rpartition(" ")
        CfnUser(
            self,
            f"Agent-{username}",
            instance_arn=self._instance_arn,
            username=username,
            password=password.unsafe_unwrap(),
            identity_info=CfnUser.UserIdentityInfoProperty(first_name=first or last, last_name=last),
            phone_config=CfnUser.UserPhoneConfigProperty(phone_type="SOFT_PHONE", auto_accept=False),
            routing_profile_arn=self._routing_profile(agent).attr_routing_profile_arn,
            security_profile_arns=[self.security_profiles["agent"].attr_security_profile_arn],
        )

    def _routing_profile(self, agent: Agent) -> CfnRoutingProfile:
        """Return the profile of the agent's skills; agents of the same skills and levels share one."""
        name = " ".join(f"{skill}-{level}" for skill, level in sorted(agent.skills.items()))
        if name not in self._profiles:
            self._profiles[name] = self._create_profile(name, agent.skills)
        return self._profiles[name]

    def _create_profile(self, name: str, skills: Mapping[str, int]) -> CfnRoutingProfile:
        levels = {key: skills[queue.skill] for key, queue in self._center.queues.items() if queue.skill in skills}
        best_first = sorted(levels, key=lambda key: (-levels[key], key))
        return CfnRoutingProfile(
            self,
            f"Profile-{name.replace(' ', '-')}",
            instance_arn=self._instance_arn,
            name=name,
            description="Skills and their levels, from 1 (learning) to 5 (expert)",
            default_outbound_queue_arn=self.queues[next(iter([*best_first, *self.queues]))],
            media_concurrencies=[CfnRoutingProfile.MediaConcurrencyProperty(channel="VOICE", concurrency=1)],
            queue_configs=[self._queue_config(key, levels[key]) for key in best_first] or None,
        )

    def _queue_config(self, queue: str, level: int) -> CfnRoutingProfile.RoutingProfileQueueConfigProperty:
        return CfnRoutingProfile.RoutingProfileQueueConfigProperty(
            delay=0,
            priority=priority_of_level(level),
            queue_reference=CfnRoutingProfile.RoutingProfileQueueReferenceProperty(
                channel="VOICE", queue_arn=self.queues[queue]
            ),
        )


def priority_of_level(level: int) -> int:
    """Return the priority of a queue for an agent with a skill level: experts are offered contacts first.

    **Source**: Amazon Connect administrator guide, "Create a routing profile": 1 is the highest priority.

    >>> [priority_of_level(level) for level in (5, 4, 3, 2, 1)]
    [1, 2, 3, 4, 5]
    """
    return 6 - level


def _time_slice(clock: str) -> CfnHoursOfOperation.HoursOfOperationTimeSliceProperty:
    hours, minutes = clock.split(":")
    return CfnHoursOfOperation.HoursOfOperationTimeSliceProperty(hours=int(hours), minutes=int(minutes))
