"""Dead-letter queues: what could not be processed waits there, with its cause, to be redriven."""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk.aws_sqs import Queue, QueueEncryption
from constructs import Construct

from .acknowledgement import acknowledge


class DeadLetters(Queue):
    """A queue for what failed, kept for as long as SQS keeps anything: 14 days."""

    def __init__(self, scope: Construct, name: str) -> None:
        super().__init__(
            scope,
            name,
            encryption=QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            retention_period=Duration.days(14),
        )
        acknowledge(
            self,
            "SQS3",
            "This queue is itself the dead-letter queue of its source; an alarm watches its depth, "
            "and what lies in it is redriven to the source.",
        )
