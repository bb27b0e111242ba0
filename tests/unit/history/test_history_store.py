"""Delivery: few records, few calls, nothing refused in silence."""

from __future__ import annotations

import json
from typing import Any

import pytest

from trunkline.history.store import BILLED_BYTES, HistoryError, HistoryStream


class FakeFirehose:
    """Refuses the first record of each call as often as it is told."""

    def __init__(self, refusals: int = 0) -> None:
        self.refusals = refusals
        self.calls: list[int] = []
        self.taken: list[bytes] = []

    def put_record_batch(self, *, DeliveryStreamName: str, Records: list[dict[str, bytes]]) -> dict[str, Any]:  # noqa: N803
        assert DeliveryStreamName == "contacts"
        self.calls.append(len(Records))
        refused = min(self.refusals, 1)
        self.refusals -= refused
        self.taken += [record["Data"] for record in Records[refused:]]
        answers = [{"ErrorCode": "ServiceUnavailableException"}] * refused + [{"RecordId": "r"}] * (
            len(Records) - refused
        )
        return {"FailedPutCount": refused, "RequestResponses": answers}

    def rows(self) -> list[Any]:
        return [json.loads(line) for record in self.taken for line in record.splitlines()]


def put(firehose: FakeFirehose, rows: list[dict[str, Any]]) -> int:
    return HistoryStream(firehose, "contacts").put(rows)  # type: ignore[arg-type]


def test_rows_share_records_up_to_what_is_charged_for_one() -> None:
    firehose = FakeFirehose()
    rows = [{"contact_id": f"c{number}", "text": "x" * 800} for number in range(20)]
    assert put(firehose, rows) == 20
    assert firehose.rows() == rows
    assert firehose.calls == [4]
    assert max(map(len, firehose.taken)) <= BILLED_BYTES


def test_nothing_is_called_for_no_rows() -> None:
    firehose = FakeFirehose()
    assert put(firehose, []) == 0
    assert firehose.calls == []


def test_many_rows_are_put_in_calls_that_are_allowed() -> None:
    firehose = FakeFirehose()
    put(firehose, [{"text": "x" * 4000}] * 1200)
    assert firehose.calls == [500, 500, 200]


def test_only_what_was_refused_is_put_again() -> None:
    firehose = FakeFirehose(refusals=2)
    rows = [{"number": number, "text": "x" * 4000} for number in range(3)]
    put(firehose, rows)
    assert firehose.calls == [3, 1, 1]
    assert sorted(row["number"] for row in firehose.rows()) == [0, 1, 2]


def test_rows_that_are_refused_for_good_raise() -> None:
    with pytest.raises(HistoryError, match="1 records refused: ServiceUnavailableException"):
        put(FakeFirehose(refusals=99), [{"contact_id": "c1"}])
