"""Which capability a resource belongs to: the tag by which the bill of the cloud is split."""

from __future__ import annotations

from collections.abc import Mapping

from aws_cdk import Stack, Tags
from constructs import IConstruct

CAPABILITY_TAG = "trunkline:capability"
CENTER_TAG = "trunkline:center"
ENVIRONMENT_TAG = "trunkline:environment"
SHARED = "shared"
"""Capability of what several use, such as layers and the custom resources' own functions."""

CAPABILITIES: Mapping[str, str] = {
    "Tables/Contacts": "contacts",
    "Tables/Metrics": "metrics",
    "Tables/AgentStates": "metrics",
    "Tables/Live": "live",
    "Tables/Customers": "ivr",
    "Buckets/Recordings": "recordings",
    "Buckets/Conversations": "conversations",
    "Buckets/ContactRecords": "contacts",
    "Buckets/History": "history",
    "Buckets/AccessLogs": SHARED,
    "AgentEvents": "live",
    "People": "console",
    "InitialPassword": "routing",
    "Alarms": "operations",
    "Telephony": "telephony",
    "Numbers": "telephony",
    "Routing": "routing",
    "CallFunctions": "ivr",
    "Speech": "ivr",
    "Ivr": "ivr",
    "TestCases": "ivr",
    "Live": "live",
    "Contacts": "contacts",
    "History": "history",
    "WorkflowFailures": "operations",
    "Recordings": "recordings",
    "Conversations": "conversations",
    "Metrics": "metrics",
    "Reports": "metrics",
    "Closing": "metrics",
    "Observation": "operations",
    "Console": "console",
}
"""Constructs, by their path within a stack, to the capability that their resources work for."""


def tag_capabilities(stack: Stack) -> None:
    """Tag every resource of a stack with its capability: the nearest construct that is listed, or ``shared``.

    Notes
    -----
    **Source**: AWS Billing user guide, "User-defined cost allocation tags" (activate the keys once in the
    Billing console); AWS CDK developer guide, "Tags and the AWS CDK" (the tag nearest to a resource holds).
    """
    Tags.of(stack).add(CAPABILITY_TAG, SHARED)
    for path, capability in CAPABILITIES.items():
        construct = _find(stack, path)
        if construct is not None:
            Tags.of(construct).add(CAPABILITY_TAG, capability)


def _find(stack: Stack, path: str) -> IConstruct | None:
    found: IConstruct | None = stack
    for name in path.split("/"):
        found = found.node.try_find_child(name) if found is not None else None
    return found
