"""What handlers put into history: every contact that was stored, at least once, and nothing that was not."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from tests.contracts.test_phone_handlers import firehose
from tests.unit.contact.samples import contact_record

Handler = Callable[[dict[str, Any]], Any]


def rows() -> list[dict[str, Any]]:
    """What the delivery stream has handed on, oldest first."""
    s3 = boto3.client("s3")
    found = s3.list_objects_v2(Bucket="history").get("Contents", [])
    bodies = [s3.get_object(Bucket="history", Key=one["Key"])["Body"].read() for one in found]
    return [json.loads(line) for body in bodies for line in body.decode().splitlines()]


@pytest.fixture
def handle(load_handler: Callable[..., Handler]) -> Handler:
    return load_handler("store_contact")


def test_stored_contacts_are_put_and_rejected_ones_are_not(handle: Handler) -> None:
    handle(firehose(contact_record(), b"{", contact_record(ContactId="c2")))
    assert [row["contact_id"] for row in rows()] == [contact_record()["ContactId"], "c2"]
    assert rows()[0]["received_at"] == "2026-11-21T19:40:00.000Z"


def test_batch_that_is_delivered_again_is_put_again(handle: Handler) -> None:
    for _again in range(2):
        handle(firehose(contact_record()))
    assert len(rows()) == 2
    assert rows()[0] == rows()[1]


def test_stream_that_does_not_answer_fails_the_batch_so_that_it_comes_again(
    load_handler: Callable[..., Handler],
) -> None:
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        load_handler("store_contact", HISTORY_CONTACTS_STREAM="gone")(firehose(contact_record()))
    load_handler("store_contact")(firehose(contact_record()))
    assert len(rows()) == 1


def test_batch_of_nothing_but_rejected_records_puts_nothing(handle: Handler) -> None:
    handle(firehose(b"{"))
    assert rows() == []
