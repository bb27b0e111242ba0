"""Legacy modules that choose where the contact goes, and on what grounds.

**Source**: Amazon Connect API Reference, "Contact actions" and "Flow control actions in the Amazon Connect Flow
language"; Administrator Guide, "Flow block: Transfer to queue" and "Transfer to phone number".
"""

from __future__ import annotations

from contactflow.model.action_types.kind import NO_MATCHING_CONDITION, NO_MATCHING_ERROR, QUEUE_AT_CAPACITY
from contactflow.model.flow import Action
from contactflow.model.legacy.draft import OPERATORS, Draft, NoEquivalentError

STAFFING_METRICS = {
    "Available": "NumberOfAgentsAvailable",
    "Staffed": "NumberOfAgentsStaffed",
    "Online": "NumberOfAgentsOnline",
}
QUEUE_METRICS = {"CheckQueueTime": "OldestContactInQueueAgeSeconds", "CheckQueueCapacity": "NumberOfContactsInQueue"}


def set_queue(draft: Draft) -> Action:
    """Convert SetQueue into UpdateContactTargetQueue."""
    queue, agent = draft.value("Queue"), draft.value("Agent")
    return draft.finish("UpdateContactTargetQueue", {"QueueId": queue, "AgentId": agent})


def transfer(draft: Draft) -> Action:
    """Convert Transfer by its target: to a queue, a flow or a phone number."""
    target = draft.module.target
    if target == "Queue":
        return transfer_to_queue(draft)
    if target == "Flow":
        return transfer_to_flow(draft)
    if target == "PhoneNumber":
        return _transfer_to_number(draft)
    raise NoEquivalentError(f"It transfers to {target or 'nothing that it names'}")


def transfer_to_queue(draft: Draft) -> Action:
    """Convert a transfer to a queue; one that names the queue is made from within another queue."""
    draft.fail(QUEUE_AT_CAPACITY, draft.target("AtCapacity"))
    draft.fail(NO_MATCHING_ERROR, draft.target("Error"))
    queue, following = draft.value("Queue"), draft.target("Success")
    if queue:
        return draft.build("DequeueContactAndTransferToQueue", {"QueueId": queue})
    return draft.build("TransferContactToQueue", {}, next_action=following)


def transfer_to_flow(draft: Draft) -> Action:
    """Convert a transfer to a flow into TransferToFlow."""
    return draft.finish("TransferToFlow", {"ContactFlowId": draft.value("ContactFlowId")})


def update_routing_priority(draft: Draft) -> Action:
    """Convert UpdateRoutingPriority into UpdateContactRoutingBehavior."""
    parameters = {
        "QueuePriority": draft.value("AbsolutePosition"),
        "QueueTimeAdjustmentSeconds": draft.value("TimeOffset"),
    }
    return draft.build("UpdateContactRoutingBehavior", parameters, next_action=draft.target("Success"))


def set_callback_number(draft: Draft) -> Action:
    """Convert SetCallBackNumber into UpdateContactCallbackNumber."""
    draft.fail("InvalidCallbackNumber", draft.target("InvalidPhoneNumber"))
    draft.fail("CallbackNumberNotDialable", draft.target("NonDialableNumber"))
    number = {"CallbackNumber": draft.value("CallBackNumber")}
    return draft.build("UpdateContactCallbackNumber", number, next_action=draft.target("Success"))


def create_callback(draft: Draft) -> Action:
    """Convert CreateCallback into CreateCallbackContact."""
    parameters = {
        "InitialCallDelaySeconds": draft.value("InitialDelaySeconds"),
        "MaximumConnectionAttempts": draft.value("MaxRetryAttempts"),
        "RetryDelaySeconds": draft.value("RetryDelaySeconds"),
        "QueueId": draft.value("Queue"),
    }
    return draft.finish("CreateCallbackContact", parameters)


def check_queue_status(draft: Draft) -> Action:
    """Convert CheckQueueStatus into CheckMetricData, which compares one metric."""
    queue = draft.value("Queue")
    branches = draft.evaluated(*QUEUE_METRICS)
    checked = {branch.condition for branch in branches}
    if len(checked) != 1:
        raise NoEquivalentError("It compares several metrics, or none; CheckMetricData compares one")
    for branch in branches:
        operator = OPERATORS.get(branch.operator or "Equals", "Equals")
        draft.when(str(branch.value), branch.transition, operator)
    draft.fail_usual()
    return _check_metric(draft, QUEUE_METRICS[checked.pop()], queue)


def check_staffing(draft: Draft) -> Action:
    """Convert CheckStaffing into CheckMetricData, which asks for more than none."""
    queue, asked = draft.value("Queue"), draft.value("Status") or draft.value("MetricType")
    metric = STAFFING_METRICS.get(asked or "")
    if metric is None:
        raise NoEquivalentError(f"It checks {asked!r}, which is neither Available, Staffed nor Online")
    draft.when("0", draft.target("True"), "NumberGreaterThan")
    draft.fail(NO_MATCHING_CONDITION, draft.target("False"))
    draft.fail(NO_MATCHING_ERROR, draft.target("Error"))
    return _check_metric(draft, metric, queue)


def get_queue_metrics(draft: Draft) -> Action:
    """Convert GetQueueMetrics into GetMetricData."""
    return draft.finish("GetMetricData", {"QueueId": draft.value("Queue")})


def _check_metric(draft: Draft, metric: str, queue: str | None) -> Action:
    errors = {branch.error_type: branch.next_action for branch in draft.errors}
    parameters = {"MetricType": metric, "QueueId": queue}
    return draft.build("CheckMetricData", parameters, next_action=errors.get(NO_MATCHING_ERROR))


def _transfer_to_number(draft: Draft) -> Action:
    draft.fail("CallFailed", draft.target("CallFailure"))
    draft.fail("ConnectionTimeLimitExceeded", draft.target("Timeout"))
    blind = (draft.value("BlindTransfer") or "").lower() == "true"
    parameters = {
        "ThirdPartyPhoneNumber": draft.value("PhoneNumber"),
        "ThirdPartyConnectionTimeLimitSeconds": draft.value("TimeLimit"),
        "ContinueFlowExecution": "False" if blind else "True",
    }
    return draft.finish("TransferParticipantToThirdParty", parameters)
