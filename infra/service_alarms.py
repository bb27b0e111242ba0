"""Alarms on what callers get, on what measures it, and on what it costs: by the figures in ``callcenter.yaml``."""

from __future__ import annotations

import json

from aws_cdk import Duration
from aws_cdk.aws_ce import CfnAnomalyMonitor, CfnAnomalySubscription
from aws_cdk.aws_cloudwatch import TreatMissingData
from constructs import Construct

from .capabilities import CENTER_TAG
from .dashboards import Sums
from .dashboards.connect import ConnectMetrics
from .parts.alarms import Alarms
from .plan import Plan

_QUARTER_MINUTES = 15
_FIVE_MINUTES = Duration.minutes(5)
_HOUR = Duration.hours(1)


class ServiceAlarms(Construct):
    """Alarms on service level, abandonment, waits, stuck calls, drift, ghost agents and cost.

    Parameters
    ----------
    scope, name
        Place in the tree.
    plan
        The figures under ``alarms``, and the queues' service targets.
    sums, connect
        The metrics that are watched.
    alarms
        Who hears of it.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        plan: Plan,
        sums: Sums,
        connect: ConnectMetrics,
        alarms: Alarms,
    ) -> None:
        super().__init__(scope, name)
        self._center, self._sums, self._connect, self._alarms = plan.center, sums, connect, alarms
        for queue in sums.queues:
            self._watch_service_level(queue)
            self._watch_longest_wait(queue)
        self._watch_abandonment()
        self._watch_recordings()
        self._watch_stuck_calls()
        self._watch_drift()
        self._watch_ghost_agents()
        if plan.center.alarms.cost_anomaly_dollars is not None:
            self._watch_cost(plan.alias, plan.center.alarms.cost_anomaly_dollars)

    def _watch_service_level(self, key: str) -> None:
        limits, target = self._center.alarms, self._center.queues[key].service_target
        if limits.service_level_minutes is None:
            return
        self._alarms.watch(
            f"ServiceLevel-{key}",
            self._sums.service_level([key], key, fewest=limits.fewest_contacts),
            below=target.percent,
            periods=limits.service_level_minutes // _QUARTER_MINUTES,
            means=f"Queue {key} is below its service target of {target.percent:g} % within {target.seconds} s, for "
            f"{limits.service_level_minutes} minutes. Bring agents to it, or announce the wait.",
            see="a-queue-misses-its-target",
            tells_end=True,
        )

    def _watch_longest_wait(self, key: str) -> None:
        """Watch what Amazon Connect says each minute; it says nothing of a queue in which nobody waits."""
        limit = self._center.alarms.longest_wait_seconds
        if limit is None:
            return
        self._alarms.watch(
            f"LongestWait-{key}",
            self._connect.longest_wait(key, key),
            above=limit,
            means=f"A caller waits in queue {key} for more than {limit} s. Bring an agent to it.",
            see="a-queue-misses-its-target",
            tells_end=True,
        )

    def _watch_abandonment(self) -> None:
        limits = self._center.alarms
        if limits.abandonment_percent is None:
            return
        self._alarms.watch(
            "Abandonment",
            self._sums.abandonment_of_center("abandoned of offered", limits.fewest_contacts),
            above=limits.abandonment_percent,
            periods=2,
            means=f"More than {limits.abandonment_percent:g} % of callers hang up in the queues, for half an hour. "
            "Look at the waits, and at what callers hear.",
            see="callers-hang-up",
            tells_end=True,
        )

    def _watch_recordings(self) -> None:
        self._alarms.watch(
            "RecordingsNotStored",
            self._connect.lost_recordings(_FIVE_MINUTES),
            above=0,
            means="Amazon Connect could not store a recording in its bucket. Look at the bucket's policy and name.",
            see="calls-are-stuck",
        )

    def _watch_stuck_calls(self) -> None:
        """Watch how many calls of a day last night's recount found without recording, transcript or analysis."""
        limit = self._center.alarms.stuck_calls
        if limit is None:
            return
        self._alarms.watch(
            "StuckCalls",
            self._sums.every(_HOUR).of_center("StuckContacts", "stuck calls", "Maximum"),
            above=limit,
            means=f"More than {limit} recorded calls of a day have no recording, transcript or analysis, and no "
            "failure says why. Run again what is missing.",
            see="calls-are-stuck",
            missing=TreatMissingData.IGNORE,
        )

    def _watch_drift(self) -> None:
        """Watch what the nightly recount says; until it says something else, its word stands."""
        self._alarms.watch(
            "Drift",
            self._sums.every(_HOUR).of_center("Drift", "drift", "Maximum"),
            above=0,
            means="Last night's recount of a day differs from its counters. Rebuild the day; the report names the "
            "contacts.",
            see="figures-drift",
            missing=TreatMissingData.IGNORE,
        )

    def _watch_ghost_agents(self) -> None:
        fewest = self._center.alarms.ghost_agents
        if fewest is None:
            return
        self._alarms.watch(
            "GhostAgents",
            self._sums.every(_FIVE_MINUTES).of_center("GhostAgents", "ghost agents", "Maximum"),
            above=fewest - 1,
            means=f"{fewest} or more agents are Available and cannot be reached; calls ring at empty desks. Log them "
            "out, or set them offline.",
            see="agents-cannot-be-reached",
            tells_end=True,
        )

    def _watch_cost(self, alias: str, dollars: float) -> None:
        """Let AWS Cost Anomaly Detection, which costs nothing, watch what carries the centre's tag.

        Notes
        -----
        A monitor of a cost allocation tag can be created in an organisation's management account, or in an account that
        belongs to none; immediate alerts go to a topic only.

        **Source**: AWS Cost Management user guide, "Getting started with AWS Cost Anomaly Detection", "Creating an
        Amazon SNS topic for anomaly notifications"; AWS Cost Management API reference, "AnomalySubscription".
        """
        tags = {"Key": CENTER_TAG, "MatchOptions": ["EQUALS"], "Values": [self._center.alias]}
        monitor = CfnAnomalyMonitor(
            self,
            "CostMonitor",
            monitor_name=f"Trunkline {alias}",
            monitor_type="CUSTOM",
            monitor_specification=json.dumps({"Tags": tags}),
        )
        self._alarms.admit("costalerts.amazonaws.com")
        impact = {
            "Key": "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
            "MatchOptions": ["GREATER_THAN_OR_EQUAL"],
            "Values": [f"{dollars:g}"],
        }
        CfnAnomalySubscription(
            self,
            "CostAlerts",
            subscription_name=f"Trunkline {alias}",
            frequency="IMMEDIATE",
            monitor_arn_list=[monitor.attr_monitor_arn],
            subscribers=[CfnAnomalySubscription.SubscriberProperty(type="SNS", address=self._alarms.topic.topic_arn)],
            threshold_expression=json.dumps({"Dimensions": impact}),
        )
