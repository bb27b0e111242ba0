"""One night's recount of a large day: processor time and memory of what ``recount_day`` does.

Run: ``python -m benchmarks.close_day [contacts a day]``. DynamoDB's answers are made on the fly and come
through botocore as they would from the network; making them is timed apart and taken off. The day before the day
and the two before that, which a recount reads too, are as busy.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from random import Random
from typing import Any

import botocore.session
from botocore.awsrequest import AWSResponse

from trunkline.closing.day import choose_day
from trunkline.closing.recount import DayProof
from trunkline.contact.agent_log import AgentLog
from trunkline.contact.log_store import ContactLog
from trunkline.contact.model import Contact
from trunkline.metrics.keys import Key
from trunkline.metrics.rebuild import LOOK_BACK, recount_contacts
from trunkline.metrics.tally import Tally
from trunkline.metrics.targets import Targets
from trunkline.runtime.items import to_item

ZONE = "America/Los_Angeles"
DAY = choose_day({"day": "2026-11-18"}, ZONE)
QUEUES = ("orders", "billing", "technical", "towing")
AGENTS = 400
TARGETS = Targets(dict.fromkeys(QUEUES, 20), short_abandon_seconds=5)
PAGE = 3_000
"""Index entries in a page of 1 MB."""


def make_contact(day: str, number: int, contacts: int) -> Contact:
    """Return a contact of a UTC day, always the same one."""
    random = Random(f"{day}{number}")
    began = datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(seconds=86_399 * number // contacts)
    wait, talk, after = int(random.expovariate(1 / 40)), int(random.expovariate(1 / 180)), random.randrange(60)
    queued, answered = began + timedelta(seconds=30), began + timedelta(seconds=30 + wait)
    ended = answered + timedelta(seconds=talk)
    contact_id = f"{number:08x}-54a8-4a1c-9d0e-{day.replace('-', ''):>012}"
    return Contact(
        contact_id=contact_id,
        version=ended + timedelta(seconds=after),
        initiated_at=began,
        channel="VOICE",
        initiation_method="INBOUND",
        queue=random.choice(QUEUES),
        enqueued_at=queued,
        dequeued_at=answered,
        wait_seconds=wait,
        agent=f"agent-{random.randrange(AGENTS)}",
        answered_at=answered,
        talk_seconds=talk,
        hold_seconds=0,
        after_contact_seconds=after,
        after_contact_ended_at=ended + timedelta(seconds=after),
        outcome="answered",
        customer="+15555550101",
        system_number="+18005550100",
        language="en",
        disconnected_at=ended,
        disconnect_reason="CUSTOMER_DISCONNECT",
        attributes={"topic": "order_status", "customer_id": "C-1", "menu_path": "main/orders"},
        recording_key=f"connect/redline/CallRecordings/2026/11/18/{contact_id}_{began:%Y%m%dT%H:%M}_UTC.wav",
    )


class Answering:
    """DynamoDB, as far as a recount asks it; every contact that should have an analysis has one."""

    def __init__(self, contacts: int) -> None:
        self._contacts = contacts
        self.seconds = 0.0

    def answer(self, request: Any, **_: Any) -> AWSResponse:
        """Answer a request instead of the network."""
        begun = time.process_time()
        operation = request.headers["X-Amz-Target"].decode().rsplit(".", 1)[-1]
        wanted = json.loads(request.body)
        body = json.dumps(self._query(wanted) if operation == "Query" else self._batch(wanted)).encode()
        raw: Any = BytesIO(body)
        raw.stream = lambda: iter([body])
        self.seconds += time.process_time() - begun
        return AWSResponse(request.url, 200, {"Content-Type": "application/x-amz-json-1.0"}, raw)

    def _query(self, wanted: dict[str, Any]) -> dict[str, Any]:
        day = wanted["ExpressionAttributeValues"][":day"]["S"]
        if wanted["TableName"] != "contacts":
            return {"Items": [], "Count": 0, "ScannedCount": 0}
        first = int(wanted.get("ExclusiveStartKey", {}).get("contact_id", {"S": "0"})["S"].split("-")[0], 16)
        last = min(first + PAGE, self._contacts)
        keys = [self._key(day, number) for number in range(first, last)]
        more = {"LastEvaluatedKey": self._key(day, last)} if last < self._contacts else {}
        return {"Items": keys, "Count": len(keys), "ScannedCount": len(keys), **more}

    def _key(self, day: str, number: int) -> dict[str, Any]:
        return {"contact_id": {"S": f"{number:08x}-{day}"}, "part": {"S": "contact"}}

    def _batch(self, wanted: dict[str, Any]) -> dict[str, Any]:
        items = []
        for key in wanted["RequestItems"]["contacts"]["Keys"]:
            number, _, day = key["contact_id"]["S"].partition("-")
            if key["part"]["S"] == "contact":
                contact = make_contact(day, int(number, 16), self._contacts)
                items.append({**to_item(contact.to_values()), "part": key["part"], "day": {"S": day}})
            else:
                items.append({**key, "language": {"S": "en"}, "categories": {"L": []}})
        return {"Responses": {"contacts": items}, "UnprocessedKeys": {}}


class Counters:
    """The counters that the contacts give, so that nothing differs."""

    def __init__(self, contacts: Callable[[datetime, datetime], Iterator[Contact]]) -> None:
        recount = recount_contacts(contacts(DAY.start - LOOK_BACK, DAY.end), TARGETS, DAY.start, DAY.end)
        self._stored = recount.tallies

    def read_between(self, start: datetime, end: datetime) -> dict[Key, Tally]:
        """Return them all: they are those of the day."""
        del start, end
        return self._stored

    def replace(self, key: Key, before: Tally | None, after: Tally) -> bool:
        """Nothing is to be put right."""
        raise NotImplementedError


class Reports:
    """Nothing is reported."""

    def remove(self, day: str, source: str) -> None:
        """There is none."""


def main() -> None:
    """Print contacts, processor time and memory."""
    contacts = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    dynamodb = botocore.session.get_session().create_client(
        "dynamodb", region_name="us-east-1", aws_access_key_id="none", aws_secret_access_key="none"
    )
    answering = Answering(contacts)
    dynamodb.meta.events.register("before-send.dynamodb", answering.answer)
    log = ContactLog(dynamodb, "contacts")
    counters = Counters(log.read_days)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answering.seconds, begun = 0.0, time.process_time()
    proof = DayProof(
        contacts=log,
        agents=AgentLog(dynamodb, "agent_states"),
        counters=counters,
        reports=Reports(),  # type: ignore[arg-type]
        targets=TARGETS,
        transcribed=lambda _: False,
        recordings_bucket="recordings",
    ).look_first(DAY, DAY.end + timedelta(hours=3))
    seconds = time.process_time() - begun - answering.seconds
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert (proof.suspected, proof.drifted, proof.stuck) == (0, 0, 0), proof
    print("| contacts a day | counters compared | processor seconds | peak memory of the process |")
    print("|---:|---:|---:|---:|")
    print(f"| {contacts:,} | {proof.compared:,} | {seconds:.0f} | {peak / 1024:.0f} MB ({before / 1024:.0f} before) |")


if __name__ == "__main__":
    main()
