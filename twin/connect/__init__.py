"""Amazon Connect, offline: contacts, queues, agents, flows, and what the service says about them."""

from twin.connect.board import Board, NetworkEvent
from twin.connect.case_recorder import CaseRecorder
from twin.connect.delivery import DeliveryFaults
from twin.connect.distribution import Distribution, ScriptedDistribution
from twin.connect.facts import TrueContact
from twin.connect.installation import install
from twin.connect.network import ConnectNetwork, DialError

__all__ = [
    "Board",
    "CaseRecorder",
    "ConnectNetwork",
    "DeliveryFaults",
    "DialError",
    "Distribution",
    "NetworkEvent",
    "ScriptedDistribution",
    "TrueContact",
    "install",
]
