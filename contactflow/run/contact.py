"""The contact as flows see it.

**Source**: Amazon Connect Administrator Guide, "List of available contact attributes in Amazon Connect and
their JSONPath references", "Flow modules for reusable functions" (what a module does not see of its caller) and
"Grant Amazon Connect access to your AWS Lambda functions" (the event).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

DEFAULT_VOICE = "Joanna"
DEFAULT_PRIORITY = 5
TELEPHONE = "TELEPHONE_NUMBER"


@dataclass(slots=True)
class ContactState:
    """One contact's state, shared by all sessions that run for it.

    The host fills in what it knows at the start; sessions keep the rest up to date. Pass the same object to
    the sessions of the inbound flow and of the customer queue flow.

    Attributes
    ----------
    attributes
        Contact attributes (``$.Attributes``), all strings; part of the contact record.
    flow_attributes
        ``$.FlowAttributes``: gone with the flow that set them.
    external
        What the last Lambda function answered (``$.External``, ``$.LambdaInvocation.ResultData``).
    loops
        ``$.Loop`` by the loop's name: ``Index`` (from 0), and ``Element`` and ``Elements`` of an array.
    modules
        ``$.Modules``: ``Input`` inside a module, ``Result`` and ``ResultData`` of the last one that returned.
    media_streams, tags, segment_attributes, agent
        What these namespaces hold.
    namespaces
        Further namespaces that only the host can fill, by their name: ``{"Customer": {"FirstName": "Ada"}}`` for
        ``$.Customer.FirstName``; such are Case, Media, Views, Wisdom, References, Capabilities and Task.
    language_code
        Locale such as ``en-US``; None until a flow sets it.
    queue_caller_id
        Number that the queue shows when it calls out.
    priority, age_adjust_seconds
        What UpdateContactRoutingBehavior set.
    hooks
        Flow id by event, such as ``CustomerQueue``.
    queued
        True once the contact was put into a queue.
    flow_logging
        True while flow logs are to be written.
    recording
        Who is recorded while connected to an agent: what the last UpdateContactRecordingBehavior set.
    ivr_recording
        True while the automated part is recorded.
    """

    contact_id: str
    channel: str = "VOICE"
    customer_address: str = ""
    system_address: str = ""
    initiation_method: str = "INBOUND"
    instance_arn: str = ""
    initial_contact_id: str | None = None
    previous_contact_id: str | None = None
    customer_id: str | None = None
    name: str | None = None
    description: str | None = None
    attributes: dict[str, str] = field(default_factory=dict)
    flow_attributes: dict[str, Any] = field(default_factory=dict)
    external: Mapping[str, Any] = field(default_factory=dict)
    lex: Mapping[str, Any] = field(default_factory=dict)
    metrics: Mapping[str, Any] = field(default_factory=dict)
    agent: Mapping[str, Any] = field(default_factory=dict)
    loops: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    modules: Mapping[str, Any] = field(default_factory=dict)
    media_streams: Mapping[str, Any] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    segment_attributes: Mapping[str, Any] = field(default_factory=dict)
    namespaces: Mapping[str, Any] = field(default_factory=dict)
    stored_input: str | None = None
    language_code: str | None = None
    voice: str = DEFAULT_VOICE
    voice_engine: str | None = None
    queue_arn: str | None = None
    queue_name: str | None = None
    queue_caller_id: str | None = None
    target_agent: str | None = None
    callback_number: str | None = None
    priority: int = DEFAULT_PRIORITY
    age_adjust_seconds: int = 0
    hooks: dict[str, str] = field(default_factory=dict)
    recording: tuple[str, ...] = ()
    ivr_recording: bool = False
    queued: bool = False
    flow_logging: bool = False

    def lookup(self, path: tuple[str, ...]) -> Any:
        """Return what an attribute reference points to, None where there is nothing.

        Parameters
        ----------
        path
            The reference's names, such as ``("Attributes", "language")`` for ``$.Attributes.language``; a name of
            digits is an index where it meets an array.
        """
        field_name = _ROOTS.get(path[0])
        found: Any = self._derived(path[0]) if field_name is None else getattr(self, field_name)
        for name in path[1:]:
            if isinstance(found, Mapping):
                found = found.get(name)
            elif isinstance(found, Sequence) and not isinstance(found, str) and name.isdigit():
                found = found[int(name)] if int(name) < len(found) else None
            else:
                return None
        return found

    def lambda_contact_data(self) -> dict[str, Any]:
        """Return ``Details.ContactData`` of the event that a Lambda function gets."""
        return {
            "Attributes": dict(self.attributes),
            "Channel": self.channel,
            "ContactId": self.contact_id,
            "CustomerEndpoint": _endpoint(self.customer_address),
            "CustomerId": self.customer_id,
            "Description": self.description,
            "InitialContactId": self.initial_contact_id or self.contact_id,
            "InitiationMethod": self.initiation_method,
            "InstanceARN": self.instance_arn,
            "LanguageCode": self.language_code,
            "MediaStreams": self.media_streams or {"Customer": {"Audio": None}},
            "Name": self.name,
            "PreviousContactId": self.previous_contact_id or self.contact_id,
            "Queue": {"ARN": self.queue_arn, "Name": self.queue_name} if self.queue_arn else None,
            "SystemEndpoint": _endpoint(self.system_address),
            "Tags": dict(self.tags),
        }

    def _derived(self, root: str) -> Any:
        derive = _DERIVED.get(root)
        return self.namespaces.get(root) if derive is None else derive(self)


def _endpoint(address: str) -> dict[str, str]:
    return {"Address": address, "Type": TELEPHONE}


_ROOTS = {
    "Attributes": "attributes",
    "External": "external",
    "Lex": "lex",
    "Metrics": "metrics",
    "Agent": "agent",
    "FlowAttributes": "flow_attributes",
    "Loop": "loops",
    "Modules": "modules",
    "MediaStreams": "media_streams",
    "SegmentAttributes": "segment_attributes",
    "Tags": "tags",
    "Channel": "channel",
    "ContactId": "contact_id",
    "PreviousContactId": "previous_contact_id",
    "InitiationMethod": "initiation_method",
    "InstanceARN": "instance_arn",
    "CustomerId": "customer_id",
    "CustomerCallbackNumber": "callback_number",
    "Name": "name",
    "Description": "description",
    "LanguageCode": "language_code",
    "StoredCustomerInput": "stored_input",
    "TextToSpeechVoiceId": "voice",
}


def _queue(contact: ContactState) -> dict[str, Any]:
    caller_id = _endpoint(contact.queue_caller_id) if contact.queue_caller_id else None
    return {"ARN": contact.queue_arn, "Name": contact.queue_name, "OutboundCallerId": caller_id}


def _region(contact: ContactState) -> str | None:
    parts = contact.instance_arn.split(":")
    return parts[3] if len(parts) > 3 else None


_DERIVED: Mapping[str, Callable[[ContactState], Any]] = {
    "CustomerEndpoint": lambda contact: _endpoint(contact.customer_address),
    "SystemEndpoint": lambda contact: _endpoint(contact.system_address),
    "Queue": _queue,
    "InitialContactId": lambda contact: contact.initial_contact_id or contact.contact_id,
    "AwsRegion": _region,
    "LambdaInvocation": lambda contact: {"ResultData": contact.external},
}
