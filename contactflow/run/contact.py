"""The contact as flows see it.

**Source**: Amazon Connect Administrator Guide, "List of available contact attributes in Amazon Connect and
their JSONPath references" and "Grant Amazon Connect access to your AWS Lambda functions" (the event).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

DEFAULT_VOICE = "Joanna"
DEFAULT_PRIORITY = 5


@dataclass(slots=True)
class ContactState:
    """One contact's state, shared by all sessions that run for it.

    The host fills in what it knows at the start; sessions keep the rest up to date. Pass the same object to
    the sessions of the inbound flow and of the customer queue flow.

    Attributes
    ----------
    attributes
        Contact attributes (``$.Attributes``), all strings; part of the contact record.
    external
        What the last Lambda function answered (``$.External``).
    language_code
        Locale such as ``en-US``; None until a flow sets it.
    priority, age_adjust_seconds
        What UpdateContactRoutingBehavior set.
    hooks
        Flow id by event, such as ``CustomerQueue``.
    queued
        True once the contact was put into a queue.
    flow_logging
        True while flow logs are to be written.
    recording
        What the last UpdateContactRecordingBehavior set, as who is recorded.
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
    stored_input: str | None = None
    language_code: str | None = None
    voice: str = DEFAULT_VOICE
    voice_engine: str | None = None
    queue_arn: str | None = None
    queue_name: str | None = None
    target_agent: str | None = None
    callback_number: str | None = None
    priority: int = DEFAULT_PRIORITY
    age_adjust_seconds: int = 0
    hooks: dict[str, str] = field(default_factory=dict)
    recording: tuple[str, ...] = ()
    queued: bool = False
    flow_logging: bool = False

    def lookup(self, path: tuple[str, ...]) -> Any:
        """Return what an attribute reference points to, None where there is nothing.

        Parameters
        ----------
        path
            The reference's names, such as ``("Attributes", "language")`` for ``$.Attributes.language``.
        """
        field_name = _ROOTS.get(path[0])
        if field_name is None:
            found: Any = self._endpoint(path[0])
        else:
            found = getattr(self, field_name)
        for name in path[1:]:
            if not isinstance(found, Mapping):
                return None
            found = found.get(name)
        return found

    def lambda_contact_data(self) -> dict[str, Any]:
        """Return ``Details.ContactData`` of the event that a Lambda function gets."""
        return {
            "Attributes": dict(self.attributes),
            "Channel": self.channel,
            "ContactId": self.contact_id,
            "CustomerEndpoint": {"Address": self.customer_address, "Type": "TELEPHONE_NUMBER"},
            "CustomerId": self.customer_id,
            "Description": self.description,
            "InitialContactId": self.initial_contact_id or self.contact_id,
            "InitiationMethod": self.initiation_method,
            "InstanceARN": self.instance_arn,
            "LanguageCode": self.language_code,
            "Name": self.name,
            "PreviousContactId": self.previous_contact_id or self.contact_id,
            "Queue": {"ARN": self.queue_arn, "Name": self.queue_name} if self.queue_arn else None,
            "SystemEndpoint": {"Address": self.system_address, "Type": "TELEPHONE_NUMBER"},
        }

    def _endpoint(self, root: str) -> Any:
        match root:
            case "CustomerEndpoint":
                return {"Address": self.customer_address, "Type": "TELEPHONE_NUMBER"}
            case "SystemEndpoint":
                return {"Address": self.system_address, "Type": "TELEPHONE_NUMBER"}
            case "Queue":
                return {"ARN": self.queue_arn, "Name": self.queue_name}
            case "InitialContactId":
                return self.initial_contact_id or self.contact_id
            case _:
                return None


_ROOTS = {
    "Attributes": "attributes",
    "External": "external",
    "Lex": "lex",
    "Metrics": "metrics",
    "Agent": "agent",
    "FlowAttributes": "flow_attributes",
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
