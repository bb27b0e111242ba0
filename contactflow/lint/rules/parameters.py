"""Parameters that an action cannot do without, and parameters that exclude each other.

**Source**: Amazon Connect API Reference, the page of each action (Parameter object).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contactflow.lint.findings import Fault
from contactflow.lint.rule import rule
from contactflow.lint.scene import Scene, parameters
from contactflow.model import Action, stores_input

NEEDED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "Compare": (("ComparisonValue",),),
    "CheckMetricData": (("MetricType",),),
    "ConnectParticipantWithLexBot": (("LexV2Bot", "LexBot"),),
    "InvokeFlowModule": (("FlowModuleId",),),
    "InvokeLambdaFunction": (("LambdaFunctionARN",),),
    "Loop": (("LoopCount", "Elements", "LoopItems", "LoopArray", "Array"),),
    "ShowView": (("ViewResource",),),
    "TransferToFlow": (("ContactFlowId",),),
    "UpdateContactCallbackNumber": (("CallbackNumber",),),
    "UpdateContactTargetQueue": (("QueueId", "AgentId"),),
    "UpdateFlowLoggingBehavior": (("FlowLoggingBehavior",),),
}
"""For each action type, groups of parameters: one of each group has to be there."""

EXCLUSIVE: Mapping[str, tuple[tuple[str, str], ...]] = {
    "CheckMetricData": (("QueueId", "AgentId"),),
    "CreateCallbackContact": (("QueueId", "AgentId"),),
    "CreateTask": (("DelaySeconds", "ScheduledTime"),),
    "DequeueContactAndTransferToQueue": (("QueueId", "AgentId"),),
    "GetMetricData": (("QueueId", "AgentId"),),
    "UpdateContactRoutingBehavior": (("QueuePriority", "QueueTimeAdjustmentSeconds"),),
    "UpdateContactTargetQueue": (("QueueId", "AgentId"),),
}
"""For each action type, pairs of parameters of which only one may be there."""


@rule(
    "missing-parameter",
    "error",
    title="A parameter is missing",
    reason="The service refuses the flow.",
    mend="Add the parameter.",
)
def missing_parameter(scene: Scene) -> Iterator[Fault]:
    """Find actions without a parameter that they need."""
    for action in scene.flow.actions:
        given = parameters(action)
        for group in _needed(action):
            if not any(given.get(name) not in (None, "", {}) for name in group):
                message = f"{action.type} needs {' or '.join(group[:2])}"
                yield Fault(message, action.identifier, scene.parameters_path(action))


def _needed(action: Action) -> tuple[tuple[str, ...], ...]:
    if action.type == "GetParticipantInput" and stores_input(action):
        return (("InputValidation",),)
    return NEEDED.get(action.type, ())


@rule(
    "conflicting-parameters",
    "error",
    title="Two parameters exclude each other",
    reason="The service refuses the flow, or takes the one that was not meant.",
    mend="Leave one of them out.",
)
def conflicting_parameters(scene: Scene) -> Iterator[Fault]:
    """Find actions with two parameters of which only one may be there."""
    for action in scene.flow.actions:
        given = parameters(action)
        for one, other in EXCLUSIVE.get(action.type, ()):
            if given.get(one) and given.get(other):
                path = scene.parameters_path(action)
                yield Fault(f"{one} and {other} are given at once", action.identifier, path)
