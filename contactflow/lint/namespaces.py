"""What attribute references may start with, and which actions put a value there.

**Source**: Amazon Connect Administrator Guide, "List of available contact attributes and their JSONPath references"
(connect-attrib-list): Lambda attributes are of the most recent invocation, flow attributes are seen by the flow
alone and passed neither to nor out of modules, queue metrics come of a Get metrics block.
"""

from __future__ import annotations

from collections.abc import Mapping

from contactflow.model import Action, stores_input

PROFILE_ACTIONS = (
    "GetCustomerProfile",
    "CreateCustomerProfile",
    "UpdateCustomerProfile",
    "AssociateContactToCustomerProfile",
    "GetCustomerProfileObject",
    "GetCalculatedAttributesForCustomerProfile",
)

PRODUCERS: Mapping[str, tuple[str, ...]] = {
    "InvokeLambdaFunction": ("External", "LambdaInvocation"),
    "ConnectParticipantWithLexBot": ("Lex",),
    "GetMetricData": ("Metrics",),
    "GetParticipantInput": ("StoredCustomerInput",),
    "ShowView": ("Views",),
    "CreateWisdomSession": ("Wisdom",),
    "CreateCase": ("Case",),
    "GetCase": ("Case",),
    "UpdateCase": ("Case",),
    **dict.fromkeys(PROFILE_ACTIONS, ("Customer",)),
}
"""For each action type, the namespaces that its result is read from."""

PRODUCED = frozenset(name for names in PRODUCERS.values() for name in names)

OPEN = frozenset({"*"})
"""A namespace below which any name may stand."""

NAMESPACES: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        (
            "Apple",
            "AppleBusinessChat",
            "Attributes",
            "CallerId",
            "Capabilities",
            "Case",
            "Customer",
            "DataTables",
            "Email",
            "External",
            "FlowAttributes",
            "LambdaInvocation",
            "Lex",
            "Loop",
            "Media",
            "MediaStreams",
            "Metadata",
            "Modules",
            "References",
            "Segment",
            "SegmentAttributes",
            "Tags",
            "Views",
            "Wisdom",
        ),
        OPEN,
    ),
    **dict.fromkeys(
        (
            "AwsRegion",
            "CallbackNumber",
            "Channel",
            "ContactId",
            "CustomerCallBackPhoneNumber",
            "CustomerCallbackNumber",
            "CustomerId",
            "Description",
            "InitialContactId",
            "InitiationMethod",
            "InstanceARN",
            "LanguageCode",
            "Name",
            "PreviousContactId",
            "RelatedContactId",
            "StoredCustomerInput",
            "TextToSpeechVoiceId",
        ),
        frozenset[str](),
    ),
    "AdditionalEmailRecipients": frozenset({"CcList", "ToList"}),
    "Agent": frozenset({"UserName", "FirstName", "LastName", "ARN"}),
    "CustomerEndpoint": frozenset({"Address", "Type", "DisplayName"}),
    "Metrics": frozenset({"Queue", "Agents", "Contact"}),
    "Queue": frozenset({"Name", "ARN", "OutboundCallerId"}),
    "SystemEndpoint": frozenset({"Address", "Type", "DisplayName"}),
    "Task": frozenset({"ContactId"}),
}
"""What a reference may start with, and what may follow: nothing, one of these, or anything.

The callback number has no documented path; the three spellings here are those that the console has exported.
"""


def produces(action: Action) -> bool:
    """Return whether an action puts a value into the namespaces of its type."""
    return action.type in PRODUCERS and (action.type != "GetParticipantInput" or stores_input(action))
