"""Gives a cloud its Amazon Connect."""

from __future__ import annotations

from twin.connect.delivery import DeliveryFaults
from twin.connect.instance_resources import InstanceResources
from twin.connect.lex import LexResources
from twin.connect.network import ConnectNetwork
from twin.connect.routing_resources import RoutingResources
from twin.connect.service import ConnectService
from twin.contracts import Cloud, Studio


def install(cloud: Cloud, studio: Studio, faults: DeliveryFaults | None = None) -> ConnectNetwork:
    """Give ``cloud`` Amazon Connect, and the Lex types that its flows may need.

    Parameters
    ----------
    studio
        Speech for prompts and conversations.
    faults
        What goes wrong in delivery; nothing by default.
    """
    network = ConnectNetwork(cloud, studio, faults)
    for resources in (InstanceResources, RoutingResources, LexResources):
        resources(cloud, network.registry).register()
    cloud.provide_service("connect", ConnectService(network))
    return network
