"""Where the contact goes, and how the queues are.

**Source**: Amazon Connect API Reference, "Contact actions in the Amazon Connect Flow language":
UpdateContactTargetQueue, UpdateContactRoutingBehavior, TransferContactToQueue; "Flow control actions":
CheckHoursOfOperation, CheckMetricData, GetMetricData, UpdateRoutingCriteria.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contactflow.model import QUEUE_AT_CAPACITY
from contactflow.model.conditions import as_result
from contactflow.model.values import as_fields, as_number, as_whole
from contactflow.run.actions.contact import instruct
from contactflow.run.effects import (
    CheckHours,
    CheckMetrics,
    Done,
    End,
    GetMetrics,
    InHours,
    Metrics,
    MetricValue,
    QueueContact,
    Queued,
    QueueFull,
    QueueSelected,
    SetRouting,
    SetTargetQueue,
)
from contactflow.run.outcomes import Ask, Compared, Failure, Finish, Handler, Next, Outcome, Scope


def update_contact_target_queue(scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Name the queue, or the agent's own queue, that a later transfer goes to."""
    queue, agent = as_result(parameters.get("QueueId")), as_result(parameters.get("AgentId"))
    if bool(queue) == bool(agent):
        return Failure("Name either QueueId or AgentId")

    def settle(result: QueueSelected | Done) -> Outcome:
        known = isinstance(result, QueueSelected)
        scope.contact.queue_arn = result.arn if isinstance(result, QueueSelected) else queue
        scope.contact.queue_name = result.name if isinstance(result, QueueSelected) else None
        scope.contact.target_agent = agent
        return Next({"queue": scope.contact.queue_name} if known else {})

    return Ask(SetTargetQueue(queue, agent), (QueueSelected, Done), settle)


def update_contact_routing_behavior(scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Set the contact's priority in queue, or its age."""
    priority = as_whole(parameters.get("QueuePriority"))
    age = as_number(parameters.get("QueueTimeAdjustmentSeconds"))
    if priority is None and "QueuePriority" in parameters:
        return Failure("QueuePriority is not a whole number from 1")
    seconds = None if age is None else int(age)

    def apply() -> None:
        if priority is not None:
            scope.contact.priority = priority
        if seconds is not None:
            scope.contact.age_adjust_seconds = seconds

    return instruct(SetRouting(priority, seconds), apply)


def update_routing_criteria(_scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Set which agents are preferred, step by step."""
    criteria = as_fields(parameters.get("RoutingCriteria"))
    if not criteria:
        return Failure("The action names no RoutingCriteria")
    return instruct(SetRouting(criteria=criteria))


def transfer_contact_to_queue(scope: Scope, _parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Put a contact that is in no queue yet into its target queue, which ends this flow."""
    contact = scope.contact
    if contact.queued:
        return Failure("The contact is in a queue already")
    if not (contact.queue_arn or contact.target_agent):
        return Failure("No target queue is set: UpdateContactTargetQueue comes first")

    def settle(result: Queued | QueueFull) -> Outcome:
        if isinstance(result, QueueFull):
            return Failure("The queue is at its capacity", QUEUE_AT_CAPACITY)
        contact.queued = True
        return Finish(End("queued"), {"queue": contact.queue_name or contact.queue_arn})

    effect = QueueContact(contact.queue_arn, contact.priority, contact.target_agent, contact.age_adjust_seconds)
    return Ask(effect, (Queued, QueueFull), settle)


def check_hours_of_operation(scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Compare whether it is within hours now: ``True`` or ``False``."""
    hours = as_result(parameters.get("HoursOfOperationId"))
    return Ask(
        CheckHours(hours, scope.contact.queue_arn),
        (InHours,),
        lambda result: Compared(str(result.open), {"in_hours": result.open}),
    )


def check_metric_data(scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Compare one real-time figure of a queue."""
    metric = str(parameters.get("MetricType"))
    agent = as_result(parameters.get("AgentId"))
    queue = as_result(parameters.get("QueueId")) or (None if agent else scope.contact.queue_arn)
    return Ask(
        CheckMetrics(metric, queue, agent),
        (MetricValue,),
        lambda result: Compared(as_result(float(result.value)), {metric: result.value}),
    )


def get_metric_data(scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Load the real-time figures of a queue into ``$.Metrics``."""
    agent = as_result(parameters.get("AgentId"))
    queue = as_result(parameters.get("QueueId")) or (None if agent else scope.contact.queue_arn)

    def settle(result: Metrics) -> Outcome:
        scope.contact.metrics = result.values
        return Next(result.values)

    return Ask(GetMetrics(queue, agent, as_result(parameters.get("QueueChannel"))), (Metrics,), settle)


HANDLERS: Mapping[str, Handler] = {
    "UpdateContactTargetQueue": update_contact_target_queue,
    "UpdateContactRoutingBehavior": update_contact_routing_behavior,
    "UpdateRoutingCriteria": update_routing_criteria,
    "TransferContactToQueue": transfer_contact_to_queue,
    "CheckHoursOfOperation": check_hours_of_operation,
    "CheckMetricData": check_metric_data,
    "GetMetricData": get_metric_data,
}
