"""What moto's SQS knows of its queues without a request."""

from __future__ import annotations

from moto.sqs.models import sqs_backends


def queue_depth(account: str, region: str, name: str) -> int:
    """Return how many messages a queue would hand out now; 0 when there is no such queue."""
    queue = sqs_backends[account][region].queues.get(name)
    return int(queue.approximate_number_of_messages) if queue is not None else 0
