"""Where a legacy parameter looks its value up, as the Flow language writes it.

**Source**: Administrator Guide, "List of available contact attributes and their JSONPath reference".
"""

from __future__ import annotations

import re

SYSTEM_PATHS = {
    "agent arn": "$.Agent.ARN",
    "agent first name": "$.Agent.FirstName",
    "agent last name": "$.Agent.LastName",
    "agent user name": "$.Agent.UserName",
    "channel": "$.Channel",
    "contact id": "$.ContactId",
    "customer endpoint type": "$.CustomerEndpoint.Type",
    "customer id": "$.CustomerId",
    "customer number": "$.CustomerEndpoint.Address",
    "description": "$.Description",
    "dialed number": "$.SystemEndpoint.Address",
    "initial contact id": "$.InitialContactId",
    "initiation method": "$.InitiationMethod",
    "instance arn": "$.InstanceARN",
    "intent name": "$.Lex.IntentName",
    "language": "$.LanguageCode",
    "name": "$.Name",
    "previous contact id": "$.PreviousContactId",
    "queue arn": "$.Queue.ARN",
    "queue name": "$.Queue.Name",
    "queue outbound number": "$.Queue.OutboundCallerId.Address",
    "stored customer input": "$.StoredCustomerInput",
    "system endpoint type": "$.SystemEndpoint.Type",
    "text to speech voice": "$.TextToSpeechVoiceId",
}

METRIC_PATHS = {
    "agents after contact work": "$.Metrics.Agents.AfterContactWork.Count",
    "agents available": "$.Metrics.Agents.Available.Count",
    "agents busy": "$.Metrics.Agents.Busy.Count",
    "agents online": "$.Metrics.Agents.Online.Count",
    "agents staffed": "$.Metrics.Agents.Staffed.Count",
    "contacts in queue": "$.Metrics.Queue.Size",
    "oldest contact in queue": "$.Metrics.Queue.OldestContactAge",
    "queue arn": "$.Metrics.Queue.ARN",
    "queue name": "$.Metrics.Queue.Name",
}

NAMED_PATHS = {"system": SYSTEM_PATHS, "queue metrics": METRIC_PATHS}
"""Namespaces whose attributes the console shows by a name of their own."""

PREFIXES = {
    "user defined": "$.Attributes",
    "external": "$.External",
    "lex": "$.Lex",
    "lex slots": "$.Lex.Slots",
    "lex attributes": "$.Lex.SessionAttributes",
    "customer": "$.Customer",
}
"""Namespaces whose attributes keep their name."""

PLAIN_NAME = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*")


def write_reference(namespace: str, name: str) -> str | None:
    """Return the JSONPath of an attribute, None where the Flow language has none that is documented.

    >>> write_reference("System", "Stored customer input")
    '$.StoredCustomerInput'
    >>> write_reference("User Defined", "order number")
    "$.Attributes['order number']"
    """
    space = namespace.strip().lower()
    if space in NAMED_PATHS:
        return NAMED_PATHS[space].get(name.strip().lower())
    prefix = PREFIXES.get(space)
    if prefix is None or not name:
        return None
    return f"{prefix}.{name}" if PLAIN_NAME.fullmatch(name) else f"{prefix}[{_quote(name)}]"


def _quote(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
