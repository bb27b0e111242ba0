"""The API's real-time figures: GetCurrentMetricData and GetCurrentUserData.

**Source**: Amazon Connect API Reference, "GetCurrentMetricData", "GetCurrentUserData".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from twin.connect.agent_events import HeldContact
from twin.connect.desk import Desk
from twin.connect.registry import Queue, id_of
from twin.contracts import ServiceError

if TYPE_CHECKING:
    from twin.connect.network import ConnectNetwork

_FIGURES = {
    "AGENTS_ONLINE": ("agents_online", "COUNT"),
    "AGENTS_STAFFED": ("agents_staffed", "COUNT"),
    "AGENTS_AVAILABLE": ("agents_available", "COUNT"),
    "AGENTS_ON_CONTACT": ("agents_on_contact", "COUNT"),
    "AGENTS_ON_CALL": ("agents_on_contact", "COUNT"),
    "AGENTS_AFTER_CONTACT_WORK": ("agents_after_contact_work", "COUNT"),
    "CONTACTS_IN_QUEUE": ("contacts_in_queue", "COUNT"),
    "OLDEST_CONTACT_AGE": ("oldest_contact_age", "SECONDS"),
}


def current_metrics(network: ConnectNetwork, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Answer GetCurrentMetricData, by queue where ``Groupings`` says so."""
    wanted = [one["Name"] for one in parameters["CurrentMetrics"]]
    unknown = [name for name in wanted if name not in _FIGURES]
    if unknown:
        raise ServiceError("InvalidParameterException", f"no metric {', '.join(unknown)}; known: {', '.join(_FIGURES)}")
    queues = [network.registry.queues.find(one, "queue") for one in parameters["Filters"].get("Queues", ())]
    queues = queues or list(network.registry.queues.values())
    if "QUEUE" in parameters.get("Groupings", ()):
        results = [
            {
                "Dimensions": {"Queue": {"Id": id_of(queue.arn), "Arn": queue.arn}, "Channel": "VOICE"},
                "Collections": _collections(network, [queue], wanted),
            }
            for queue in queues
        ]
    else:
        results = [{"Collections": _collections(network, queues, wanted)}]
    return {
        "MetricResults": results,
        "DataSnapshotTime": network.clock.now(),
        "ApproximateTotalCount": len(results),
    }


def current_users(network: ConnectNetwork, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Answer GetCurrentUserData for the agents that are logged in."""
    filters = parameters.get("Filters", {})
    queues = {network.registry.queues.find(one, "queue").arn for one in filters.get("Queues", ())}
    rows = []
    for name in network.usernames():
        desk = network.desk(name)
        if desk.logged_in and (not queues or queues & _queues_of(network, desk)):
            rows.append(_user(network, desk))
    return {"UserDataList": rows, "ApproximateTotalCount": len(rows)}


def _collections(network: ConnectNetwork, queues: list[Queue], wanted: list[str]) -> list[dict[str, Any]]:
    figures = [network.figures(queue.arn) for queue in queues]
    collections = []
    for name in wanted:
        key, unit = _FIGURES[name]
        values = [one[key] for one in figures]
        value = max(values, default=0) if unit == "SECONDS" else sum(values)
        collections.append({"Metric": {"Name": name, "Unit": unit}, "Value": float(value)})
    return collections


def _queues_of(network: ConnectNetwork, desk: Desk) -> set[str]:
    return {one.queue for one in network.registry.profile_of(desk.user).queues}


def _user(network: ConnectNetwork, desk: Desk) -> dict[str, Any]:
    view, profile = desk.view(), network.registry.profile_of(desk.user)
    row: dict[str, Any] = {
        "User": {"Id": id_of(view.user.arn), "Arn": view.user.arn},
        "RoutingProfile": {"Id": id_of(profile.arn), "Arn": profile.arn},
        "Status": {
            "StatusStartTimestamp": view.status_since,
            "StatusArn": view.status.arn,
            "StatusName": view.status.name,
        },
        "AvailableSlotsByChannel": {"VOICE": 0 if view.contacts else profile.voice_slots},
        "MaxSlotsByChannel": {"VOICE": profile.voice_slots},
        "ActiveSlotsByChannel": {"VOICE": len(view.contacts)},
        "Contacts": [_contact(held) for held in view.contacts],
    }
    if view.next_status is not None:
        row["NextStatus"] = view.next_status.name
    return row


def _contact(held: HeldContact) -> dict[str, Any]:
    facts = held.facts
    row: dict[str, Any] = {
        "ContactId": facts.contact_id,
        "Channel": "VOICE",
        "InitiationMethod": facts.initiation_method,
        "AgentContactState": held.state,
        "StateStartTimestamp": held.since,
    }
    if facts.connected_at is not None:
        row["ConnectedToAgentTimestamp"] = facts.connected_at
    if facts.queue is not None:
        row["Queue"] = {"Id": id_of(facts.queue.arn), "Arn": facts.queue.arn}
    return row
