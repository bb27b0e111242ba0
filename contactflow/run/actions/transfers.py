"""Where the contact goes outside this flow: another queue, an agent, an outside number, a later call.

**Source**: Amazon Connect API Reference, "TransferParticipantToThirdParty", "TransferContactToAgent",
"DequeueContactAndTransferToQueue", "CreateCallbackContact", "CompleteOutboundCall", "CheckOutboundCallStatus" and
"UpdatePreviousContactParticipantState". The service stores the time to ring as
``ThirdPartyConnectionTimeLimitSeconds``; one version of the page writes ``...TimeoutSeconds``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contactflow.model import QUEUE_AT_CAPACITY
from contactflow.model.conditions import as_result
from contactflow.model.values import as_fields, as_number, as_whole
from contactflow.run.actions.contact import instruct
from contactflow.run.effects import (
    AgentBusy,
    CallFailed,
    CallProgress,
    CheckCallProgress,
    CompleteOutboundCall,
    CreateCallback,
    Disconnect,
    Done,
    End,
    Queued,
    QueueFull,
    RequeueContact,
    SetHold,
    Timeout,
    TransferToAgent,
    TransferToThirdParty,
)
from contactflow.run.outcomes import Ask, Compared, Failure, Finish, Handler, Next, Outcome, Scope

MAX_RING_SECONDS = 600
MAX_DELAY_SECONDS = 259_200
MAX_SENT_DIGITS = 50
HOLD_STATES = ("AgentOnHold", "CustomerOnHold", "OffHold")


def transfer_participant_to_third_party(_scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Call an outside number; go on once it has left, or end where the flow does not continue."""
    if parameters.get("VoiceConnector"):
        return Failure("TransferParticipantToThirdParty to a VoiceConnector is not implemented", implemented=False)
    effect = _read_third_party(parameters)
    if isinstance(effect, Failure):
        return effect

    def settle(result: Done | CallFailed | Timeout) -> Outcome:
        if isinstance(result, CallFailed):
            return Failure(f"{effect.number} could not be reached: {result.reason}", "CallFailed")
        if isinstance(result, Timeout):
            return Failure(f"{effect.number} did not answer in time", "ConnectionTimeLimitExceeded")
        called = {"number": effect.number}
        return Next(called) if effect.continues else Finish(End("transferred"), called)

    return Ask(effect, (Done, CallFailed, Timeout), settle)


def transfer_contact_to_agent(scope: Scope, _parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Join the caller with an agent; a busy agent loses the contact."""

    def settle(result: Done | AgentBusy) -> Outcome:
        if isinstance(result, AgentBusy):
            return Finish(Disconnect("flow"), {"reason": "The agent is with somebody else"})
        return Finish(End("transferred"))

    return Ask(TransferToAgent(scope.contact.target_agent), (Done, AgentBusy), settle)


def dequeue_contact_and_transfer_to_queue(scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Move a waiting contact to another queue, which ends this flow."""
    queue, agent = as_result(parameters.get("QueueId")), as_result(parameters.get("AgentId"))
    contact = scope.contact
    if not contact.queued:
        return Failure("The contact is in no queue: TransferContactToQueue puts it into its first")
    if bool(queue) == bool(agent):
        return Failure("Name either QueueId or AgentId")

    def settle(result: Queued | QueueFull) -> Outcome:
        if isinstance(result, QueueFull):
            return Failure("The queue is at its capacity", QUEUE_AT_CAPACITY)
        contact.queue_arn, contact.queue_name, contact.target_agent = queue, None, agent
        return Finish(End("queued"), {"queue": queue or agent})

    effect = RequeueContact(queue, agent, contact.priority, contact.age_adjust_seconds)
    return Ask(effect, (Queued, QueueFull), settle)


def create_callback_contact(scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Have the caller called back, at the number that was set or the one that they call from."""
    contact = scope.contact
    queue, agent = as_result(parameters.get("QueueId")), as_result(parameters.get("AgentId"))
    if queue and agent:
        return Failure("Name QueueId or AgentId, not both")
    if not (queue or agent):
        queue, agent = contact.queue_arn, contact.target_agent
    number = as_result(parameters.get("CustomerNumber")) or contact.callback_number or contact.customer_address
    if not number or not (queue or agent):
        return Failure("There is no number to call back" if not number else "No queue is set for the callback")
    flow_id = as_result(parameters.get("ContactFlowId"))
    delay = as_whole(parameters.get("InitialCallDelaySeconds"), MAX_DELAY_SECONDS)
    attempts = as_whole(parameters.get("MaximumConnectionAttempts"))
    retry = as_whole(parameters.get("RetryDelaySeconds"), MAX_DELAY_SECONDS)
    if (delay is None and not flow_id) or attempts is None or retry is None:
        return Failure(f"Delays are whole seconds from 1 to {MAX_DELAY_SECONDS:,}, attempts a whole number from 1")
    effect = CreateCallback(number, queue, agent, delay or 0, attempts, retry, flow_id)
    return Ask(effect, (Done,), lambda _: Next({"number": number, "queue": queue or agent}))


def complete_outbound_call(_scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Dial the customer now."""
    if parameters.get("VoiceConnector"):
        return Failure("CompleteOutboundCall to a VoiceConnector is not implemented", implemented=False)
    caller_id = as_fields(parameters.get("CallerId"))
    return instruct(CompleteOutboundCall(as_result(caller_id.get("Number")), as_result(caller_id.get("Name"))))


def check_outbound_call_status(_scope: Scope, _parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Compare who or what answered a campaign's call."""
    return Ask(CheckCallProgress(), (CallProgress,), lambda result: Compared(result.status, {"status": result.status}))


def update_previous_contact_participant_state(_scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Put the agent or the customer of the contact before this transfer on hold, or take them off."""
    state = as_result(parameters.get("PreviousContactParticipantState"))
    if state not in HOLD_STATES:
        return Failure(f"PreviousContactParticipantState is none of {', '.join(HOLD_STATES)}")
    return instruct(SetHold(state))


def _read_third_party(parameters: Mapping[str, Any]) -> TransferToThirdParty | Failure:
    number = as_result(parameters.get("ThirdPartyPhoneNumber"))
    if not number or not number.startswith("+") or not number[1:].isdigit():
        return Failure(f"{number!r} is not a phone number in E.164 format", "CallFailed")
    seconds = as_number(
        parameters.get("ThirdPartyConnectionTimeLimitSeconds", parameters.get("ThirdPartyConnectionTimeoutSeconds"))
    )
    if seconds is not None and not 0 <= seconds <= MAX_RING_SECONDS:
        return Failure(f"The time to ring is not from 0 to {MAX_RING_SECONDS} seconds")
    digits = as_result(parameters.get("ThirdPartyDTMFDigits"))
    if digits and (len(digits) > MAX_SENT_DIGITS or not set(digits) <= set("0123456789*#,")):
        return Failure(f"ThirdPartyDTMFDigits are at most {MAX_SENT_DIGITS} of 0-9, *, # and the comma")
    caller_id = as_fields(parameters.get("CallerId"))
    return TransferToThirdParty(
        number,
        seconds,
        as_result(parameters.get("ContinueFlowExecution")) not in {"False", "false"},
        digits or None,
        as_result(caller_id.get("Number")) or None,
        as_result(caller_id.get("Name")) or None,
    )


HANDLERS: Mapping[str, Handler] = {
    "TransferParticipantToThirdParty": transfer_participant_to_third_party,
    "TransferContactToAgent": transfer_contact_to_agent,
    "DequeueContactAndTransferToQueue": dequeue_contact_and_transfer_to_queue,
    "CreateCallbackContact": create_callback_contact,
    "CompleteOutboundCall": complete_outbound_call,
    "CheckOutboundCallStatus": check_outbound_call_status,
    "UpdatePreviousContactParticipantState": update_previous_contact_participant_state,
}
