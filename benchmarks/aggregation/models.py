"""Pydantic models of a whole contact record, as a project without a fold would write them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel


class Named(BaseModel):
    """A resource with its name."""

    ARN: str
    Name: str


class Endpoint(BaseModel):
    """A telephone number."""

    Address: str
    Type: str


class Agent(BaseModel):
    """Who answered."""

    ARN: str
    AfterContactWorkDuration: int
    AfterContactWorkEndTimestamp: datetime
    AfterContactWorkStartTimestamp: datetime
    AgentInteractionDuration: int
    ConnectedToAgentTimestamp: datetime
    CustomerHoldDuration: int
    HierarchyGroups: dict[str, Any] | None
    LongestHoldDuration: int
    NumberOfHolds: int
    RoutingProfile: Named
    Username: str


class Queue(BaseModel):
    """Where the contact waited."""

    ARN: str
    DequeueTimestamp: datetime
    Duration: int
    EnqueueTimestamp: datetime
    Name: str


class Media(BaseModel):
    """A recording."""

    DeletionReason: str | None
    Location: str
    Status: str
    Type: str


class Track(Media):
    """One track of a recording."""

    FragmentStartNumber: str | None
    FragmentStopNumber: str | None
    MediaStreamType: str
    ParticipantType: str | None
    StartTimestamp: datetime
    StopTimestamp: datetime
    StorageType: str


class Record(BaseModel):
    """The record, every field of it."""

    AWSAccountId: str
    AWSContactTraceRecordFormatVersion: str
    Agent: Agent | None
    AgentConnectionAttempts: int
    AnsweringMachineDetectionStatus: str | None
    Attributes: dict[str, str]
    Campaign: dict[str, str | None]
    Channel: str
    ConnectedToSystemTimestamp: datetime
    ContactDetails: dict[str, Any]
    ContactId: str
    CustomerEndpoint: Endpoint
    DisconnectReason: str
    DisconnectTimestamp: datetime
    InitialContactId: str | None
    InitiationMethod: str
    InitiationTimestamp: datetime
    InstanceARN: str
    LastUpdateTimestamp: datetime
    MediaStreams: list[dict[str, str]]
    NextContactId: str | None
    PreviousContactId: str | None
    Queue: Queue
    Recording: Media
    Recordings: list[Track]
    References: list[dict[str, Any]]
    ScheduledTimestamp: datetime | None
    SystemEndpoint: Endpoint
    TransferCompletedTimestamp: datetime | None
    TransferredToEndpoint: Endpoint | None
    VoiceIdResult: dict[str, Any] | None

    def counted(self) -> dict[str, Any]:
        """Return the parts that are counted, as the loop reads them."""
        queue, agent = self.Queue, self.Agent
        return {
            "Queue": {
                "Name": queue.Name,
                "Duration": queue.Duration,
                "EnqueueTimestamp": queue.EnqueueTimestamp.isoformat(),
            },
            "Agent": None
            if agent is None
            else {**agent.__dict__, "ConnectedToAgentTimestamp": agent.ConnectedToAgentTimestamp.isoformat()},
            "Attributes": self.Attributes,
        }
