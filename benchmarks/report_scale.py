"""Reports of a month for hundreds of agents: items read, requests, processor time, memory.

Run: ``python -m benchmarks.report_scale [agents] > benchmarks/results/report_scale.md``. Each case runs in a process
of its own. DynamoDB's and S3's answers are made on the fly and come through botocore as they would from the network;
making them is timed apart and taken off. Every agent works nine hours of every day and answers two contacts in each
quarter of an hour, from twelve queues. The sums of closed days are what a night would have kept of them.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import botocore.session
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.config import Config

from trunkline.billing.prices import load_prices
from trunkline.center import load_center
from trunkline.contact.agent_log import AgentLog
from trunkline.contact.moments import INTERVAL, day_bounds, format_moment
from trunkline.contact.store import ContactStore
from trunkline.metrics.marks import MARKS, Mark, name_shard, pack_marks
from trunkline.metrics.resolution_store import ResolutionStore
from trunkline.metrics.store import MetricsStore
from trunkline.metrics.stored import pack_tally
from trunkline.metrics.tally import Tally
from trunkline.reports.csv_rows import write_report_csv
from trunkline.reports.day_sums import DaySumsShelf
from trunkline.reports.periods import find_period
from trunkline.reports.reading import Sources
from trunkline.reports.report import compose_report
from trunkline.reports.scorecards import compose_scorecards
from trunkline.reports.stores import ListedContacts

ZONE = "America/Los_Angeles"
QUEUES = 12
AGENTS = 300
OPENS, INTERVALS = timedelta(hours=15), 36  # 08:00 on the centre's clock, in UTC
PAGE_BYTES = 2**20
SHAPES = 40
CLOSED = datetime(2026, 11, 10, 18, tzinfo=UTC)
RUNNING = datetime(2026, 10, 29, 18, 20, tzinfo=UTC)
CASES = {
    "closed month, from counters": (CLOSED, "report", False),
    "closed month": (CLOSED, "report", True),
    "closed month, as CSV": (CLOSED, "csv", True),
    "running month": (RUNNING, "report", True),
    "scorecards of the running month": (RUNNING, "scorecards", True),
}
MONTH = date(2026, 10, 1)


def make_center(agents: int) -> dict[str, Any]:
    """Return the sample centre with as many queues and agents."""
    document: dict[str, Any] = json.loads(load_center(Path("callcenter.yaml")).model_dump_json(by_alias=True))
    queue, agent = document["queues"]["orders"], document["agents"]["mina"]
    document["queues"] = {f"queue-{number:02}": queue for number in range(QUEUES)}
    document["agents"] = {f"agent-{number:03}": {**agent, "name": f"Agent {number}"} for number in range(agents)}
    return document


class Cloud:
    """DynamoDB and S3, as far as reports ask them."""

    def __init__(self, center: dict[str, Any]) -> None:
        self._center = center
        self._objects: dict[str, bytes] = {}
        self.items: Counter[str] = Counter()
        self.requests: Counter[str] = Counter()
        self.seconds = 0.0
        self._pages: dict[tuple[str, str, str], list[bytes]] = {}

    def client(self, service: str) -> Any:
        """Return a client that asks this cloud."""
        client = botocore.session.get_session().create_client(
            service,
            region_name="us-east-1",
            aws_access_key_id="none",
            aws_secret_access_key="none",
            config=Config(request_checksum_calculation="when_required"),
        )
        client.meta.events.register(f"before-send.{service}", getattr(self, f"_answer_{service}"))
        return client

    def _answer_s3(self, request: Any, **_: Any) -> AWSResponse:
        key = request.url.split(".com/", 1)[1]
        self.requests["s3"] += 1
        if request.method == "PUT":
            self._objects[key] = request.body.read() if hasattr(request.body, "read") else request.body
            return _respond(request, 200, b"")
        if key in self._objects:
            return _respond(request, 200, self._objects[key])
        return _respond(request, 404, b"<Error><Code>NoSuchKey</Code></Error>")

    def _answer_dynamodb(self, request: Any, **_: Any) -> AWSResponse:
        begun = time.process_time()
        wanted = json.loads(request.body)
        self.requests["dynamodb"] += 1
        if request.headers["X-Amz-Target"].decode().endswith("BatchGetItem"):
            body = b'{"Responses": {"metrics": []}, "UnprocessedKeys": {}}'
        else:
            body = self._query(wanted)
        self.seconds += time.process_time() - begun
        return _respond(request, 200, body)

    def _query(self, wanted: dict[str, Any]) -> bytes:
        table, values = wanted["TableName"], wanted["ExpressionAttributeValues"]
        place = (table, values[":day"]["S"], values.get(":start", {}).get("S", ""))
        number = int(wanted.get("ExclusiveStartKey", {}).get("page", {}).get("N", 0))
        if number == 0:
            made = {"metrics": self._counters, "agent_states": self._states, "contacts": self._contacts}[table]
            items = list(made(values, wanted.get("Limit")))
            self.items[table] += len(items)
            self._pages[place] = list(_paginate(items))
        pages = self._pages[place]
        more = f', "LastEvaluatedKey": {{"page": {{"N": "{number + 1}"}}}}' if number + 1 < len(pages) else ""
        page, pages[number] = pages[number], b""
        return b'{"Items": [' + page + f'], "Count": 0{more}}}'.encode()

    def _counters(self, values: dict[str, Any], _limit: int | None) -> Iterator[str]:
        day, mark = values[":day"]["S"], _mark()
        first, last = (values[name]["S"] for name in (":start", ":end"))
        opened = datetime.fromisoformat(day).replace(tzinfo=UTC) + OPENS
        for scope, members in (("queue", self._center["queues"]), ("agent", self._center["agents"])):
            for quarter in range(INTERVALS):
                start = format_moment(opened + quarter * INTERVAL)
                if not first <= start < last:
                    continue
                for number, member in enumerate(members):
                    tally = _shapes(scope)[(number + quarter) % SHAPES]
                    yield (
                        f'{{"day": {{"S": "{day}"}}, "interval_key": {{"S": "{start}#{scope}#{member}"}}, '
                        f'"tally": {{"B": "{tally}"}}, "expires_at": {{"N": "1800000000"}}, '
                        f'"written_at": {{"N": "1790000000"}}, {mark}}}'
                    )

    def _states(self, values: dict[str, Any], _limit: int | None) -> Iterator[str]:
        day = values[":day"]["S"]
        opened = datetime.fromisoformat(day).replace(tzinfo=UTC) + OPENS + timedelta(hours=2)
        for username in self._center["agents"]:
            for number, state in enumerate(("Available", "Break", "Available", "Lunch", "Available", "Break")):
                since, until = opened + number * timedelta(hours=1.5), opened + (number + 1) * timedelta(hours=1.5)
                yield (
                    f'{{"day": {{"S": "{day}"}}, "state_key": {{"S": "{username}#{format_moment(since)}"}}, '
                    f'"username": {{"S": "{username}"}}, "agent_id": {{"S": "none"}}, "state": {{"S": "{state}"}}, '
                    f'"since": {{"S": "{format_moment(since)}"}}, "until": {{"S": "{format_moment(until)}"}}}}'
                )

    def _contacts(self, values: dict[str, Any], limit: int | None) -> Iterator[str]:
        day, number = values[":day"]["S"], 0
        for number in range(min(limit or 10**9, 2 * INTERVALS * len(self._center["agents"]))):
            began = f"{day}T18:00:00Z"
            yield (
                f'{{"contact_id": {{"S": "{number:036}"}}, "part": {{"S": "contact"}}, "day": {{"S": "{day}"}}, '
                f'"initiated_at": {{"S": "{began}"}}, "enqueued_at": {{"S": "{began}"}}, "channel": {{"S": "VOICE"}}, '
                f'"queue": {{"S": "queue-{number % QUEUES:02}"}}, "agent": {{"S": "agent-{number % 300:03}"}}, '
                '"wait_seconds": {"N": "40"}, "talk_seconds": {"N": "300"}, "customer": {"S": "+15555550101"}}'
            )


def _respond(request: Any, status: int, body: bytes) -> AWSResponse:
    raw: Any = BytesIO(body)
    raw.stream = lambda *_args, **_named: iter([body])
    return AWSResponse(request.url, status, HTTPHeaders.from_dict({"Content-Length": str(len(body))}), raw)


def _paginate(items: list[str]) -> Iterator[bytes]:
    page: list[str] = []
    size = 0
    for item in items:
        page.append(item)
        size += len(item)
        if size >= PAGE_BYTES * 1.3:  # quotes and types of JSON are not part of an item's size
            yield ", ".join(page).encode()
            page, size = [], 0
    yield ", ".join(page).encode()


@cache
def _mark() -> str:
    marks = b64encode(pack_marks({name_shard("shard-000000"): Mark(10**39, 40_833)})).decode()
    return f'"{MARKS}": {{"B": "{marks}"}}'


@cache
def _shapes(scope: str) -> list[str]:
    """Return the packed tallies of intervals: two contacts of an agent, or the part of them that a queue has."""
    contacts, made = (2 if scope == "agent" else 2 * AGENTS // QUEUES), []
    for number in range(SHAPES):
        random, tally = Random(number), Tally(contacts=contacts, offered=contacts, answered=contacts)
        for _ in range(contacts):
            wait, talk = int(random.expovariate(1 / 40)), int(random.expovariate(1 / 240))
            tally.add_wait(wait)
            tally.add_handle(talk + 30)
            tally.wait_answered_seconds += wait
            tally.talk_seconds += talk
            tally.after_contact_work_seconds += 30
            tally.answered_in_target += wait <= 20
        if scope == "agent":
            tally.worked_contact_seconds, tally.available_seconds = 480, 900
        made.append(b64encode(pack_tally(tally)).decode())
    return made


def measure(case: str, agents: int) -> str:
    """Return the row of a case."""
    now, kind, kept = CASES[case]
    center = make_center(agents)
    cloud = Cloud(center)
    dynamodb, shelf = cloud.client("dynamodb"), DaySumsShelf(cloud.client("s3"), "history")
    sources = Sources(
        center=center,
        counters=MetricsStore(dynamodb, "metrics", 86_400),
        resolution=ResolutionStore(dynamodb, "metrics", 730),
        states=AgentLog(dynamodb, "agent_states"),
        contacts=ListedContacts(ContactStore(dynamodb, "contacts")),
        prices=load_prices({}),
        kept=shelf if kept else None,
    )
    if kept:
        keep_days(sources, shelf, now)
    cloud.items.clear()
    cloud.requests.clear()
    cloud.seconds, begun = 0.0, time.process_time()
    period = find_period("month", MONTH, ZONE)
    material = sources.gather(period, now, with_cost=kind != "scorecards", compared=kind != "scorecards")
    document = compose_scorecards(material, {}) if kind == "scorecards" else compose_report(material)
    text = write_report_csv(document) if kind == "csv" else json.dumps(document)
    seconds = time.process_time() - begun - cloud.seconds
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"| {case} | {sum(cloud.items.values()):,} | {cloud.requests['dynamodb']} + {cloud.requests['s3']} | "
        f"{len(text) / 1e6:.1f} MB | {seconds:.1f} | {peak:.0f} MB |"
    )


def keep_days(sources: Sources, shelf: DaySumsShelf, now: datetime) -> None:
    """Keep the sums of closed days, as nights do: one is counted, and all are like it."""
    period = find_period("month", MONTH, ZONE)
    counted = sources.count_day(MONTH, now)
    for day in sorted({*period.days, *period.previous.days, *period.history()}):
        if day_bounds(day, ZONE)[1] < now - timedelta(hours=11):  # closed at 03:15 of the day after
            shelf.put(replace(counted, day=day))


def main() -> None:
    """Print a row for each case."""
    agents = int(sys.argv[1]) if len(sys.argv) > 1 else AGENTS
    if len(sys.argv) > 2:
        print(measure(sys.argv[2], agents))
        return
    print("| request | items read | requests to DynamoDB + S3 | answer | processor seconds | peak memory |")
    print("|---|---:|---:|---:|---:|---:|", flush=True)
    for case in CASES:
        subprocess.run([sys.executable, "-m", "benchmarks.report_scale", str(agents), case], check=True)


if __name__ == "__main__":
    main()
