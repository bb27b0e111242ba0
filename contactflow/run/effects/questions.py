"""Effects that ask for a fact that only the host knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from contactflow.run.effects.kinds import Question


@dataclass(frozen=True, slots=True)
class InvokeFunction(Question):
    """Invoke a Lambda function with Amazon Connect's event.

    The host builds ``{"Details": {"ContactData": ..., "Parameters": parameters}, "Name":
    "ContactFlowEvent"}`` and may use :meth:`ContactState.lambda_contact_data`.

    Results: ``FunctionResult(value)`` with what the function returned, unchecked: the session holds it
    against the limits (a flat object of strings, 32 KB) and takes the error branch where it breaks them;
    ``FunctionFailed(reason)`` for an error, a refusal or a run longer than ``timeout_seconds``.

    Attributes
    ----------
    timeout_seconds
        1 to 8. Amazon Connect may retry on throttling and service errors, so functions are idempotent.
    response_type
        ``STRING_MAP`` or ``JSON``.
    asynchronous
        True where the flow does not wait: start the function and answer ``Done()`` at once.
    """

    arn: str
    parameters: Mapping[str, Any]
    timeout_seconds: float
    response_type: Literal["STRING_MAP", "JSON"] = "STRING_MAP"
    asynchronous: bool = False


@dataclass(frozen=True, slots=True)
class CheckHours(Question):
    """Ask whether it is within hours of operation now.

    ``hours_id`` None means: those of the contact's current queue, ``queue_id``.

    Results: ``InHours(True | False)``; ``Failed`` for unknown hours or a contact without queue.
    """

    hours_id: str | None
    queue_id: str | None


@dataclass(frozen=True, slots=True)
class CheckMetrics(Question):
    """Read one real-time figure of a queue.

    Results: ``MetricValue(number)``; ``Failed`` where it is unknown.

    Attributes
    ----------
    metric
        ``NumberOfAgentsAvailable``, ``NumberOfAgentsStaffed``, ``NumberOfAgentsOnline``,
        ``OldestContactInQueueAgeSeconds`` or ``NumberOfContactsInQueue``.
    queue_id
        The queue asked about, or None for the contact's current queue, which the host knows.
    agent_id
        Set where the question is about one agent.
    """

    metric: str
    queue_id: str | None
    agent_id: str | None = None


@dataclass(frozen=True, slots=True)
class GetMetrics(Question):
    """Read the real-time figures of a queue into ``$.Metrics``.

    Results: ``Metrics(values)``, a mapping shaped as below ``$.Metrics`` such as
    ``{"Queue": {"Name": ..., "Size": 3, "OldestContactAge": 40, "EstimatedWaitTime": 95},
    "Agents": {"Available": {"Count": 1}}, "Contact": {"PositionInQueue": 2, "EstimatedWaitTime": 60}}``;
    ``Failed``. Ages and waits are in seconds. ``Contact`` is there only for a contact that waits in a queue, and
    ``Queue.EstimatedWaitTime`` only where one ``channel`` is asked about.
    """

    queue_id: str | None
    agent_id: str | None = None
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class QueueContact(Question):
    """Put the contact into a queue.

    Results: ``Queued()`` - the session answers ``End("queued")``; the host then runs the hook
    ``CustomerQueue`` (see ``ContactState.hooks``) as a new session while the contact waits. ``QueueFull()`` -
    the branch QueueAtCapacity. ``Failed`` - the branch NoMatchingError.

    Attributes
    ----------
    queue_arn
        The target queue as the flow set it; None when an agent's own queue is meant.
    priority
        Lower is served sooner; 5 where the flow set none.
    agent_id
        The agent whose own queue is meant, else None.
    age_adjust_seconds
        Seconds that the contact is treated as having waited already; 0 where the flow set none.
    """

    queue_arn: str | None
    priority: int = 5
    agent_id: str | None = None
    age_adjust_seconds: int = 0


@dataclass(frozen=True, slots=True)
class RequeueContact(Question):
    """Take the contact out of the queue that it waits in, and put it into another.

    The contact goes on as a new segment with initiation method QUEUE_TRANSFER.

    Results: ``Queued()`` - the session answers ``End("queued")``; ``QueueFull()`` - the branch QueueAtCapacity;
    ``Failed`` - also where an agent is just being joined.

    Attributes
    ----------
    queue_arn, agent_id
        Where to: exactly one is set.
    priority, age_adjust_seconds
        As in :class:`QueueContact`.
    """

    queue_arn: str | None
    agent_id: str | None = None
    priority: int = 5
    age_adjust_seconds: int = 0


@dataclass(frozen=True, slots=True)
class CheckCallProgress(Question):
    """Ask who or what answered an outbound campaign's call.

    Results: ``CallProgress(status)``; ``Failed`` for a contact that no campaign dialled.
    """
