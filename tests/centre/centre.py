"""The sample centre, open for a day on the twin, and ways to send it what it does not expect."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from cli.day import SAMPLE_DAY, compare, live_through
from cli.progress import Progress
from cli.session import (
    SAMPLE_CENTER,
    SAMPLE_CUSTOMERS,
    SAMPLE_SCENARIO,
    Session,
    open_session,
    read_center,
    read_scenario,
)
from twin import people
from twin.connect import TrueContact
from twin.connect.records import build_contact_record

CONNECT = "connect.amazonaws.com"
SEED = 7


@dataclass(frozen=True)
class Centre:
    """A day of the sample centre, in virtual time."""

    session: Session
    crowd: people.OpenCentre
    day: date

    @property
    def ledger(self) -> list[TrueContact]:
        return self.session.network.ledger

    def run_until(self, hour: int, minute: int = 0) -> None:
        """Let the day go on to a time of the centre's clock."""
        self.session.cloud.run_until(datetime.combine(self.day, time(hour, minute), self.session.zone))

    def run(self, **span: float) -> None:
        cloud = self.session.cloud
        cloud.run_until(cloud.clock.now() + timedelta(**span))

    def finish(self) -> dict[str, Any]:
        """Let the day end, and hold what was measured against what happened."""
        live_through(self.session, self.crowd)
        return self.compare()

    def compare(self) -> dict[str, Any]:
        return compare(self.session, self.day)

    def contact(self, contact_id: str) -> dict[str, Any]:
        return self.session.console.contact(contact_id)

    # --- what comes from outside --------------------------------------------------------------------

    def put_recording(self, key: str, body: bytes) -> None:
        """Put an object into the bucket of the recordings, as Amazon Connect does."""
        storage = self.session.network.registry.storage_for("CALL_RECORDINGS")
        assert storage is not None
        self._connect("s3").put_object(Bucket=storage.bucket, Key=key, Body=body)

    def recording_key(self, contact_id: str) -> str:
        """Return where Amazon Connect would put a recording that began at this moment."""
        storage, now = self.session.network.registry.storage_for("CALL_RECORDINGS"), self.session.cloud.clock.now()
        assert storage is not None
        return f"{storage.prefix}/{now:%Y/%m/%d}/{contact_id}_{now:%Y%m%dT%H:%M}_UTC.wav"

    def put_record(self, record: bytes | dict[str, Any]) -> None:
        """Send a contact record, or what should be one."""
        storage = self.session.network.registry.storage_for("CONTACT_TRACE_RECORDS")
        assert storage is not None
        assert storage.firehose_arn is not None
        data = record if isinstance(record, bytes) else json.dumps(record).encode()
        name = storage.firehose_arn.rsplit("/", 1)[-1]
        self._connect("firehose").put_record(DeliveryStreamName=name, Record={"Data": data})

    def record_of(self, contact_id: str, *, minutes_later: float = 0) -> dict[str, Any]:
        """Return the record of a complete contact as it would be sent ``minutes_later``."""
        network, cloud = self.session.network, self.session.cloud
        facts = network.facts(contact_id)
        assert facts is not None
        moment = cloud.clock.now() + timedelta(minutes=minutes_later)
        arn = network.registry.instance().arn
        return build_contact_record(facts, instance_arn=arn, account=cloud.account, updated_at=moment)

    def send_event(self, detail: dict[str, Any]) -> None:
        self.session.cloud.emit("aws.connect", "Amazon Connect Contact Event", detail)

    # --- what is kept -------------------------------------------------------------------------------

    def lake(self, prefix: str) -> dict[str, bytes]:
        """Return the objects of the lake of contact records under a prefix."""
        client, bucket = self.session.cloud.client("s3"), self._reference("AWS::S3::Bucket", "ContactRecords")
        listed = client.list_objects_v2(Bucket=bucket, Prefix=prefix).get("Contents", ())
        return {one["Key"]: client.get_object(Bucket=bucket, Key=one["Key"])["Body"].read() for one in listed}

    def parts(self, contact_id: str) -> dict[str, Any]:
        """Return the items of a contact by part, as DynamoDB spells them."""
        table = self.session.table_with_keys("contact_id", "part")
        found = self.session.cloud.client("dynamodb").query(
            TableName=table,
            KeyConditionExpression="contact_id = :id",
            ExpressionAttributeValues={":id": {"S": contact_id}},
        )
        return {item["part"]["S"]: item for item in found["Items"]}

    def live(self, contact_id: str) -> dict[str, Any] | None:
        """Return a contact of the console's live picture, None when it is not there."""
        return next((one for one in self.session.console.live()["contacts"] if one["contact_id"] == contact_id), None)

    def dead_letters(self, queue: str) -> list[dict[str, Any]]:
        """Take out what lies in the queue whose logical id holds ``queue``: ``body`` and ``attributes``."""
        client, url = self.session.cloud.client("sqs"), self._reference("AWS::SQS::Queue", queue)
        held: list[dict[str, Any]] = []
        while messages := self._receive(client, url):
            held += [{"body": json.loads(one["Body"]), **one.get("MessageAttributes", {})} for one in messages]
        return held

    def logged(self, function: str) -> str:
        """Return all that a function logged."""
        groups = self.session.cloud.client("logs").describe_log_groups()["logGroups"]
        names = [group["logGroupName"] for group in groups if function in group["logGroupName"]]
        return "\n".join(line for name in names for line in self.session.cloud.logs.lines(name))

    def _receive(self, client: Any, url: str) -> list[dict[str, Any]]:
        answer = client.receive_message(QueueUrl=url, MaxNumberOfMessages=10, MessageAttributeNames=["All"])
        messages: list[dict[str, Any]] = answer.get("Messages", [])
        for one in messages:
            client.delete_message(QueueUrl=url, ReceiptHandle=one["ReceiptHandle"])
        return messages

    def _connect(self, service: str) -> Any:
        return self.session.cloud.client(service, CONNECT)

    def _reference(self, kind: str, name: str) -> str:
        return next(made.ref for resource, made in self.session.cloud.created(kind) if name in resource.logical_id)


@contextmanager
def open_centre(calls: int, *, assembly: Path | None = None, day: date = SAMPLE_DAY) -> Iterator[Centre]:
    """Open the sample centre, silent, at six in the morning of a day with some calls.

    ``assembly`` is loaded instead of the one that the sources make.
    """
    zone, scenario, population = _people()
    start = datetime.combine(day, time(6), zone)
    replaced = patch("cli.session.synthesise", lambda _: assembly) if assembly else nullcontext()
    progress = Progress(quiet=True)
    with replaced, open_session(SAMPLE_CENTER, seed=SEED, start=start, progress=progress, spoken=False) as session:
        crowd = people.open_centre(
            session.network,
            scenario,
            seed=SEED,
            start=start,
            calls=calls,
            population=population,
        )
        yield Centre(session, crowd, day)


@cache
def _people() -> tuple[ZoneInfo, people.Scenario, Sequence[people.Person]]:
    zone = ZoneInfo(read_center(SAMPLE_CENTER).time_zone)
    return zone, read_scenario(SAMPLE_SCENARIO), people.load_population(SAMPLE_CUSTOMERS)
