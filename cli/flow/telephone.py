"""One call through a flow, and through the flows that it leads to: queue, whisper, and after the agent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast, get_args

from cli.flow.inputs import FlowFile
from cli.flow.known_flows import find_flows
from cli.flow.phone import Phone
from cli.flow.phone_words import name_action
from contactflow.model import FlowType
from contactflow.run import ContactState, Session, StepTaken
from contactflow.run import effects as fx

MOST_EFFECTS = 500
MOST_FLOWS = 10
SILENCE_ERROR = "InputTimeLimitExceeded"
HOOK_TYPES: Mapping[str, FlowType] = {
    "CustomerQueue": "CUSTOMER_QUEUE",
    "CustomerWhisper": "CUSTOMER_WHISPER",
    "CustomerRemaining": "CONTACT_FLOW",
}


@dataclass(frozen=True)
class TelephonedCall:
    """What came of a call.

    Attributes
    ----------
    ending
        The last flow's ending: ``ended``, ``queued``, ``transferred``, ``hung_up``, ``dequeued`` (an agent answered),
        ``flow`` (the flow hung up), ``no_next_action`` or ``endless`` (it broke off).
    path
        Every action that ran, of all flows.
    """

    ending: str
    path: tuple[StepTaken, ...]

    @property
    def broke_off(self) -> bool:
        """Whether a flow led nowhere, or round in a circle."""
        return self.ending in {"no_next_action", "endless"}


def telephone(first: FlowFile, others: Sequence[FlowFile], phone: Phone, contact: ContactState) -> TelephonedCall:
    """Call ``first``, and follow the call into the flows among ``others`` that it sets for later."""
    flows = find_flows((first, *others))
    names = {file.flow: file.name for file in (first, *others)}
    path: list[StepTaken] = []
    flow, flow_id, flow_type, ending = first.flow, first.name, known_type(first.type), ""
    if flow_type == "CUSTOMER_QUEUE":
        contact.queued, contact.queue_arn, contact.queue_name = True, "queue", "queue"
    for _ in range(MOST_FLOWS):
        if flow is None:
            break
        phone.tell("flow", f"{flow_id} ({flow_type})" if flow_type else flow_id, flow=flow_id)
        session = Session(flow, contact, flows=flows, flow_id=flow_id, flow_type=flow_type)
        ending = _run(session, phone).reason
        path += session.trace
        hook = _next_hook(ending, flow_type, contact)
        flow = flows.get(contact.hooks.get(hook, ""))
        flow_id = names.get(flow, "")
        flow_type = HOOK_TYPES.get(hook)
    return TelephonedCall(ending, tuple(path))


def known_type(flow_type: str) -> FlowType | None:
    """Return a flow's type, None for a module or where nothing tells."""
    return cast("FlowType", flow_type) if flow_type in get_args(FlowType) else None


def _run(session: Session, phone: Phone) -> fx.End | fx.Disconnect:
    told, asked = 0, 0
    effect = session.start()
    while True:
        for step in session.trace[told:]:
            _tell_failure(step, phone)
        told = len(session.trace)
        if isinstance(effect, fx.End | fx.Disconnect):
            return effect
        asked += 1
        if asked > MOST_EFFECTS:
            phone.tell("caller", f"hangs up: the flow went on for {MOST_EFFECTS} steps without an end")
            effect = session.resume(fx.Hangup())
        else:
            effect = session.resume(phone.answer(effect))


def _tell_failure(step: StepTaken, phone: Phone) -> None:
    reason = step.results.get("reason")
    if reason is not None and step.results.get("error") not in {None, SILENCE_ERROR}:
        following = name_action(step.next_action) if step.next_action else "the call ends"
        text = f"{name_action(step.action_id)}: {reason} ({step.branch} → {following})"
        phone.tell("fails", text, action=step.action_id, reason=reason, branch=step.branch)


def _next_hook(ending: str, flow_type: FlowType | None, contact: ContactState) -> str:
    """Return which event of the contact comes next."""
    if ending == "queued":
        return "CustomerQueue"
    if ending == "dequeued" and flow_type == "CUSTOMER_QUEUE":
        return "CustomerWhisper" if "CustomerWhisper" in contact.hooks else "CustomerRemaining"
    if flow_type == "CUSTOMER_WHISPER" and ending == "ended":
        return "CustomerRemaining"
    return ""
