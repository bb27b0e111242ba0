"""Events and records in the shapes in which AWS delivers them, good and bad."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime

import boto3
import pytest

from tests.unit.contact.samples import (
    CONTACT_ID,
    INSTANCE,
    MINA_ID,
    ORDERS_ID,
    abandoned_record,
    contact_record,
)
from trunkline.contact.events import PhoneEventError
from trunkline.metrics.marks import MARKS, Mark, name_shard, unpack_marks
from trunkline.metrics.stored import TALLY, unpack_tally
from trunkline.runtime.items import from_item


def items(table):
    return [from_item(item) for item in boto3.client("dynamodb").scan(TableName=table)["Items"]]


def contact_event(kind, **detail):
    return {
        "version": "0",
        "detail-type": "Amazon Connect Contact Event",
        "source": "aws.connect",
        "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "detail": {
            "eventType": kind,
            "contactId": CONTACT_ID,
            "channel": "VOICE",
            "initiationMethod": "INBOUND",
            "queueInfo": {"queueArn": f"{INSTANCE}/queue/{ORDERS_ID}", "queueType": "STANDARD"},
            **detail,
        },
    }


class TestTrackContact:
    @pytest.fixture
    def handle(self, load_handler):
        return load_handler("track_contact", QUEUE_KEYS=json.dumps({f"{INSTANCE}/queue/{ORDERS_ID}": "orders"}))

    def test_contact_moves_through_its_states(self, handle):
        for kind in ("INITIATED", "QUEUED"):
            handle(contact_event(kind))
        (item,) = items("live")
        assert (item["state"], item["queue"], item["rank"]) == ("queued", "orders", 2)

    def test_event_before_its_predecessor_stands(self, handle, capsys):
        handle(contact_event("CONNECTED_TO_AGENT", AgentInfo={"AgentArn": f"{INSTANCE}/agent/{MINA_ID}"}))
        handle(contact_event("QUEUED"))
        (item,) = items("live")
        assert (item["state"], item["agent_id"]) == ("connected", MINA_ID)
        assert "late or repeated event" in capsys.readouterr().out

    def test_event_that_cannot_be_read_raises_and_becomes_a_dead_letter(self, handle):
        with pytest.raises(PhoneEventError, match="contactId"):
            handle(contact_event("QUEUED", contactId=None))


def kinesis(*documents):
    return {
        "Records": [
            {
                "kinesis": {
                    "sequenceNumber": str(number),
                    "partitionKey": f"{INSTANCE}/agent/{MINA_ID}",
                    "data": base64.b64encode(
                        document if isinstance(document, bytes) else json.dumps(document).encode()
                    ).decode(),
                },
                "eventSource": "aws:kinesis",
            }
            for number, document in enumerate(documents, 1)
        ]
    }


def agent_event(kind, status, at):
    return {
        "AgentARN": f"{INSTANCE}/agent/{MINA_ID}",
        "EventType": kind,
        "EventTimestamp": at,
        "CurrentAgentSnapshot": {
            "AgentStatus": {"Name": status, "StartTimestamp": at},
            "Configuration": {"Username": "mina"},
            "Contacts": [],
        },
        "PreviousAgentSnapshot": None,
    }


class TestTrackAgent:
    @pytest.fixture
    def handle(self, load_handler):
        return load_handler("track_agent")

    def test_agent_is_seen_and_an_older_event_stands_back(self, handle):
        newer = agent_event("STATE_CHANGE", "Available", "2026-11-21T16:05:00.000Z")
        older = agent_event("LOGIN", "Offline", "2026-11-21T16:00:00.000Z")
        assert handle(kinesis(newer, older)) == {"batchItemFailures": []}
        (item,) = items("live")
        assert (item["item_key"], item["state"], item["agent_id"]) == ("agent#mina", "available", MINA_ID)

    def test_first_status_chosen_in_the_moment_of_the_login_stands(self, handle):
        moment = "2026-11-21T16:00:00.000Z"
        batch = kinesis(agent_event("LOGIN", "Offline", moment), agent_event("STATE_CHANGE", "Available", moment))
        for _delivery in range(2):
            handle(batch)
            assert items("live")[0]["state"] == "available"

    @pytest.mark.parametrize("bad", [b"not json", b"[]", {"EventType": "LOGIN"}])
    def test_batch_stops_at_the_record_that_cannot_be_read(self, handle, bad, capsys):
        good = agent_event("LOGIN", "Available", "2026-11-21T16:00:00.000Z")
        later = agent_event("LOGOUT", "Offline", "2026-11-21T17:00:00.000Z")
        assert handle(kinesis(good, bad, later)) == {"batchItemFailures": [{"itemIdentifier": "2"}]}
        assert items("live")[0]["state"] == "available"
        assert "agent event not read" in capsys.readouterr().out


ARRIVED = 1_795_290_000_000  # 2026-11-21T19:40:00Z


def firehose(*documents):
    return {
        "invocationId": "i",
        "deliveryStreamArn": "arn",
        "records": [
            {
                "recordId": f"r{number}",
                "approximateArrivalTimestamp": ARRIVED,
                "data": base64.b64encode(
                    document if isinstance(document, bytes) else json.dumps(document, indent=1).encode()
                ).decode(),
            }
            for number, document in enumerate(documents, 1)
        ],
    }


class TestStoreContact:
    @pytest.fixture
    def handle(self, load_handler):
        return load_handler("store_contact")

    def test_contact_is_kept_and_its_record_passed_on_as_one_line(self, handle):
        (result,) = handle(firehose(contact_record()))["records"]
        line = base64.b64decode(result["data"]).decode()
        assert (result["recordId"], result["result"]) == ("r1", "Ok")
        assert line.endswith("\n")
        assert line.count("\n") == 1
        assert json.loads(line) == contact_record()
        (item,) = items("contacts")
        assert (item["part"], item["outcome"], item["language"]) == ("contact", "answered", "ko")
        assert item["expires_at"] > 1795000000

    def test_bad_record_goes_to_failed_and_the_others_are_unharmed(self, handle, capsys):
        secret = {"ContactId": 7, "CustomerEndpoint": {"Address": "+15555550101"}}
        answer = handle(firehose(b"{", secret, contact_record(), ["list"]))["records"]
        assert [each["result"] for each in answer] == ["ProcessingFailed"] * 2 + ["Ok", "ProcessingFailed"]
        assert answer[1]["data"] == firehose(b"{", secret)["records"][1]["data"]
        log = capsys.readouterr().out
        assert "ContactId" in log
        assert "not JSON" in log
        assert "5555550101" not in log
        assert len(items("contacts")) == 1

    def test_duplicates_late_and_corrected_records_leave_the_newest(self, handle):
        corrected = contact_record(LastUpdateTimestamp="2026-11-21T19:00:00Z", Attributes={"survey_score": "2"})
        late = contact_record(LastUpdateTimestamp="2026-11-21T18:20:30Z", Attributes={})
        answer = handle(firehose(contact_record(), contact_record(), corrected, late, corrected))["records"]
        assert {each["result"] for each in answer} == {"Ok"}
        (item,) = items("contacts")
        assert (item["version"], item["survey_score"]) == ("2026-11-21T19:00:00Z", 2)

    def test_abandoned_call_keeps_nothing_of_an_agent(self, handle):
        handle(firehose(abandoned_record()))
        (item,) = items("contacts")
        assert (item["outcome"], item["wait_seconds"]) == ("abandoned", 31)
        assert not {"agent", "answered_at", "recording_key"} & item.keys()


def change(number, new, old=None, name=None):
    images = {"NewImage": new} | ({"OldImage": old} if old else {})
    return {
        "eventID": str(number),
        "eventName": name or ("MODIFY" if old else "INSERT"),
        "eventSource": "aws:dynamodb",
        "dynamodb": {**images, "SequenceNumber": str(number), "StreamViewType": "NEW_AND_OLD_IMAGES"},
    }


CONTACT_STREAM = "arn:aws:dynamodb:us-east-1:111122223333:table/contacts/stream/2026-11-21T00:00:00.000"
SHARD = name_shard(f"{CONTACT_STREAM}/shardId-1")


def window(*records, shard="shardId-1", **more):
    return {
        "Records": list(records),
        "shardId": shard,
        "eventSourceARN": CONTACT_STREAM,
        "state": {},
        "window": {"start": "2026-11-21T18:15:00Z", "end": "2026-11-21T18:16:00Z"},
        "isFinalInvokeForWindow": False,
        "isWindowTerminatedEarly": False,
        **more,
    }


class TestAggregateMetrics:
    @pytest.fixture
    def handle(self, load_handler):
        return load_handler("aggregate_metrics")

    @pytest.fixture
    def store(self, load_handler):
        """Keep a contact through its own function; return its item as the stream shows it."""
        keep = load_handler("store_contact")

        def store(record):
            keep(firehose(record))
            items = boto3.client("dynamodb").scan(TableName="contacts")["Items"]
            return next(item for item in items if item["contact_id"]["S"] == record["ContactId"])

        return store

    def test_change_is_counted_once_and_told_to_cloudwatch_once(self, store, handle, capsys):
        event = window(change(1, store(contact_record())))
        capsys.readouterr()
        assert handle(event) == {"state": {}, "batchItemFailures": []}
        assert handle(event) == {"state": {}, "batchItemFailures": []}
        counters = {item["interval_key"]: item for item in items("metrics")}
        assert set(counters) == {"2026-11-21T18:15:00Z#queue#orders", "2026-11-21T18:15:00Z#agent#mina"}
        assert unpack_tally(counters["2026-11-21T18:15:00Z#queue#orders"][TALLY]).offered == 1
        of_queue, of_center = map(json.loads, capsys.readouterr().out.splitlines())
        assert (of_queue["Center"], of_queue["Queue"], of_queue["Offered"]) == ("redline-parts", "orders", 1)
        assert of_center["Center"] == "redline-parts"
        assert "Queue" not in of_center
        assert of_queue["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "Trunkline"

    def test_correction_that_lowers_the_longest_wait_recounts_from_the_contacts(self, store, handle):
        long = contact_record()["Queue"] | {"Duration": 300}
        first = store(abandoned_record(Queue=long, ContactId="long"))
        other = store(abandoned_record(ContactId="other"))
        handle(window(change(1, first), change(2, other)))
        corrected = store(abandoned_record(ContactId="long", LastUpdateTimestamp="2026-11-21T19:00:00Z"))
        handle(window(change(3, corrected, first)))
        (item,) = items("metrics")
        tally = unpack_tally(item[TALLY])
        assert (tally.longest_wait_seconds, tally.abandoned) == (31, 2)

    def test_last_invocation_of_a_window_has_no_records(self, handle):
        event = window(isFinalInvokeForWindow=True)
        del event["Records"]
        assert handle(event) == {"state": {}, "batchItemFailures": []}

    def test_batch_stops_at_the_change_that_cannot_be_read(self, store, handle, capsys):
        good = store(contact_record())
        bad = {**good, "initiated_at": {"S": "noon"}}
        answer = handle(window(change(1, good), change(2, bad), change(3, good)))
        assert answer["batchItemFailures"] == [{"itemIdentifier": "2"}]
        assert [unpack_marks(item[MARKS]) for item in items("metrics")] == [{SHARD: Mark(1)}] * 2
        assert "initiated_at" in capsys.readouterr().out

    def test_deletion_by_retention_takes_nothing_back(self, store, handle):
        item = store(contact_record())
        handle(window(change(1, item)))
        removed = change(2, item, name="REMOVE")
        removed["dynamodb"]["OldImage"] = removed["dynamodb"].pop("NewImage")
        handle(window(removed))
        assert {unpack_tally(each[TALLY]).answered for each in items("metrics")} == {1}

    def test_item_of_metrics_fits_in_one_write_unit(self, store, handle):
        record = contact_record()
        for number in range(3):
            handle(window(change(1, store(record)), shard=f"shardId-{number:020d}-abcdef01"))
        assert max(len(json.dumps(item, default=bytes.hex)) for item in items("metrics")) < 1024
