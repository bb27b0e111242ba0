"""A call to the sample centre, as Amazon Connect tells of it."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

from trunkline.center import load_center
from trunkline.contact.model import Contact
from trunkline.contact.record import parse_contact_record

ROOT = Path(__file__).parents[3]
CONTACT_ID = "7b1e9d5a-3c64-4f0e-9a52-0d6c1f7e8b21"
INSTANCE = "arn:aws:connect:us-east-1:111122223333:instance/1d908e11-3d5f-4cfb-b34d-1e7e0f216898"
ORDERS_ID = "c677a7a5-1d56-4ce3-a890-79fc53f7fe3f"
MINA_ID = "57db30ae-8c01-44e6-abd5-80b7b51944cf"


def center_document() -> dict[str, Any]:
    return json.loads(load_center(ROOT / "callcenter.yaml").model_dump_json(by_alias=True))


def contact_record(**changes: Any) -> dict[str, Any]:
    """An answered call: 12 s in the queue, 240 s talk, 20 s hold, 40 s after-contact work."""
    record: dict[str, Any] = {
        "AWSAccountId": "111122223333",
        "AWSContactTraceRecordFormatVersion": "2017-03-10",
        "Agent": {
            "ARN": f"{INSTANCE}/agent/{MINA_ID}",
            "AfterContactWorkDuration": 40,
            "AfterContactWorkEndTimestamp": "2026-11-21T18:20:52Z",
            "AfterContactWorkStartTimestamp": "2026-11-21T18:20:12Z",
            "AgentInteractionDuration": 240,
            "ConnectedToAgentTimestamp": "2026-11-21T18:15:52Z",
            "CustomerHoldDuration": 20,
            "LongestHoldDuration": 20,
            "NumberOfHolds": 1,
            "RoutingProfile": {"ARN": f"{INSTANCE}/routing-profile/p", "Name": "mina"},
            "Username": "mina",
        },
        "Attributes": {
            "language": "ko",
            "customer_id": "C-1042",
            "menu_path": "main>1",
            "queue_choice": "orders",
            "routing_reasons": "menu choice orders; usual priority 5; 3 waiting, 2 agents on contact",
            "expected_wait_seconds": "90",
            "survey_score": "5",
        },
        "Channel": "VOICE",
        "ContactId": CONTACT_ID,
        "CustomerEndpoint": {"Address": "+15555550101", "Type": "TELEPHONE_NUMBER"},
        "DisconnectReason": "CUSTOMER_DISCONNECT",
        "DisconnectTimestamp": "2026-11-21T18:20:12Z",
        "InitiationMethod": "INBOUND",
        "InitiationTimestamp": "2026-11-21T18:14:30Z",
        "InstanceARN": INSTANCE,
        "LastUpdateTimestamp": "2026-11-21T18:21:00Z",
        "NextContactId": None,
        "PreviousContactId": None,
        "Queue": {
            "ARN": f"{INSTANCE}/queue/{ORDERS_ID}",
            "DequeueTimestamp": "2026-11-21T18:15:52Z",
            "Duration": 12,
            "EnqueueTimestamp": "2026-11-21T18:15:40Z",
            "Name": "orders",
        },
        "Recording": {
            "Location": "redline-recordings-111122223333/connect/redline-parts/CallRecordings/2026/11/21/"
            f"{CONTACT_ID}_20261121T18:15_UTC.wav",
            "Status": "AVAILABLE",
            "Type": "AUDIO",
        },
        "SystemEndpoint": {"Address": "+15555550199", "Type": "TELEPHONE_NUMBER"},
        "TransferCompletedTimestamp": None,
        "TransferredToEndpoint": None,
    }
    return deepcopy({**record, **changes})


def abandoned_record(**changes: Any) -> dict[str, Any]:
    """A caller who hung up after 31 s in the queue."""
    queue = contact_record()["Queue"] | {"DequeueTimestamp": "2026-11-21T18:16:11Z", "Duration": 31}
    fields = {"Agent": None, "Recording": None, "Queue": queue, "DisconnectTimestamp": "2026-11-21T18:16:11Z"}
    return contact_record(**{**fields, "Attributes": {"language": "en"}, **changes})


def menu_record(**changes: Any) -> dict[str, Any]:
    """A caller who hung up in the menu."""
    return abandoned_record(**{"Queue": None, "DisconnectTimestamp": "2026-11-21T18:14:50Z", **changes})


def contact(**changes: Any) -> Contact:
    return parse_contact_record(contact_record(**changes))
