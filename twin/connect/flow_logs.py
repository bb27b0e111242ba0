"""Flow logs: one CloudWatch log event for each action that ran while logging was on.

**Source**: Amazon Connect administrator guide, "Data in flow logs stored in an Amazon CloudWatch log group",
"Enable Amazon Connect flow logs" (log group ``/aws/connect/<alias>``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from twin.connect.delivery import PRINCIPAL
from twin.connect.moments import event_time
from twin.connect.playback import TimedStep
from twin.connect.registry import Registry
from twin.contracts import Cloud, ServiceError

# Flow logs name the blocks of the flow designer, not the actions of the Flow language.
_BLOCKS = {
    "MessageParticipant": "PlayPrompt",
    "MessageParticipantIteratively": "LoopPrompts",
    "GetParticipantInput": "GetUserInput",
    "ConnectParticipantWithLexBot": "GetUserInput",
    "InvokeLambdaFunction": "InvokeExternalResource",
    "Compare": "CheckAttribute",
    "CheckHoursOfOperation": "CheckHoursOfOperation",
    "CheckMetricData": "CheckQueueStatus",
    "UpdateContactTargetQueue": "SetQueue",
    "UpdateContactRoutingBehavior": "SetQueuePriority",
    "UpdateContactAttributes": "SetAttributes",
    "UpdateContactEventHooks": "SetEventHook",
    "UpdateContactTextToSpeechVoice": "SetVoice",
    "UpdateContactRecordingBehavior": "SetRecordingBehavior",
    "UpdateContactData": "SetContactData",
    "UpdateFlowLoggingBehavior": "SetLoggingBehavior",
    "TransferContactToQueue": "Transfer",
    "TransferParticipantToThirdParty": "Transfer",
    "CreateCallbackContact": "Transfer",
    "UpdateContactCallbackNumber": "SetCallbackNumber",
    "GetMetricData": "GetQueueMetrics",
    "InvokeFlowModule": "InvokeModule",
    "EndFlowModuleExecution": "Return",
    "DistributeByPercentage": "DistributeByPercentage",
    "UpdatePreviousContactParticipantState": "HoldCustomerOrAgent",
    "TransferToFlow": "Transfer",
    "DisconnectParticipant": "Disconnect",
    "EndFlowExecution": "EndFlowExecution",
}


class FlowLogs:
    """Writes the steps of a flow in one PutLogEvents."""

    def __init__(self, cloud: Cloud, registry: Registry) -> None:
        self._cloud = cloud
        self._registry = registry
        self._streams: set[str] = set()

    def write(self, contact_id: str, steps: Sequence[TimedStep]) -> None:
        """Write the logged ones among ``steps``."""
        instance = self._registry.instance()
        logged = [one for one in steps if one.step.logged]
        if not instance.flow_logs or not logged:
            return
        group, stream = (
            f"/aws/connect/{instance.alias}",
            f"{logged[0].at:%Y/%m/%d/%H}/stream-{instance.id[:8]}",
        )
        client = self._cloud.client("logs", PRINCIPAL)
        self._open(client, group, stream)
        client.put_log_events(
            logGroupName=group, logStreamName=stream, logEvents=list(self._events(contact_id, logged))
        )

    def _open(self, client: Any, group: str, stream: str) -> None:
        if stream in self._streams:
            return
        exists = client.exceptions.ResourceAlreadyExistsException
        with suppress(exists):
            client.create_log_group(logGroupName=group)
        with suppress(exists):
            client.create_log_stream(logGroupName=group, logStreamName=stream)
        self._streams.add(stream)

    def _events(self, contact_id: str, steps: Iterable[TimedStep]) -> Iterable[dict[str, Any]]:
        for timed in steps:
            message = self._message(contact_id, timed)
            yield {
                "timestamp": int(timed.at.timestamp() * 1000),
                "message": json.dumps(message, ensure_ascii=False, separators=(",", ":")),
            }

    def _message(self, contact_id: str, timed: TimedStep) -> dict[str, Any]:
        step = timed.step
        flow_id, name = self._identify(step.flow_id)
        message: dict[str, Any] = {
            "ContactId": contact_id,
            "ContactFlowId": flow_id,
            "ContactFlowName": name,
            "ContactFlowModuleType": _BLOCKS.get(step.type, step.type),
            "Identifier": step.action_id,
            "Timestamp": event_time(timed.at),
            "Parameters": dict(step.parameters),
            "Results": step.branch,
        }
        if step.results:
            message["ExternalResults"] = _texts(step.results)
        return message

    def _identify(self, reference: str) -> tuple[str, str]:
        """Return the ARN and the name of a flow or module, which flows may name by its id alone."""
        try:
            flow = self._registry.flows.find(reference, "flow")
        except ServiceError:
            return reference, reference
        return flow.arn, flow.name


def _texts(results: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value if isinstance(value, (str, int, float, bool)) else json.dumps(value, default=str)
        for name, value in results.items()
    }
