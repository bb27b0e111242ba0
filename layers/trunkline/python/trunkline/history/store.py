"""The way into history: rows to a delivery stream, at least once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_firehose import FirehoseClient

BILLED_BYTES = 5 * 1024
"""Firehose charges each record as if it were a multiple of this: rows share one as far as they fit."""
_RECORDS_A_CALL = 500
_BYTES_A_CALL = 4 * 1024 * 1024
_ATTEMPTS = 4


class HistoryError(RuntimeError):
    """Rows that the delivery stream would not take; whoever put them must put them again."""


@dataclass(frozen=True)
class HistoryStream:
    """One dataset's delivery stream.

    Parameters
    ----------
    firehose
        Client.
    name
        Name of the delivery stream.
    """

    firehose: FirehoseClient
    name: str

    def put(self, rows: Iterable[Mapping[str, Any]]) -> int:
        """Hand rows over, in as few records and calls as there can be.

        Returns
        -------
        int
            How many rows. When it returns, the stream has them all; a row may have been put more than once.

        Raises
        ------
        HistoryError
            If some were refused again and again.
        botocore.exceptions.ClientError, botocore.exceptions.BotoCoreError
            If the stream does not answer.

        Notes
        -----
        **Source**: Amazon Data Firehose API reference, "PutRecordBatch" (500 records or 4 MiB; the answer names
        records that were not taken); developer guide, "Convert input data format" (several JSON documents may
        share a record); Amazon Data Firehose pricing (records are rounded up to 5 KB).
        """
        lines = [json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() for row in rows]
        records = pack_lines(lines)
        while batch := list(islice(records, min(_RECORDS_A_CALL, _BYTES_A_CALL // BILLED_BYTES))):
            self._put_batch(batch)
        return len(lines)

    def _put_batch(self, batch: list[bytes]) -> None:
        for _attempt in range(_ATTEMPTS):
            answer = self.firehose.put_record_batch(
                DeliveryStreamName=self.name, Records=[{"Data": data} for data in batch]
            )
            if not answer["FailedPutCount"]:
                return
            refused = answer["RequestResponses"]
            batch = [data for data, response in zip(batch, refused, strict=True) if "ErrorCode" in response]
        cause = next(response for response in refused if "ErrorCode" in response)
        raise HistoryError(f"{self.name}: {len(batch)} records refused: {cause['ErrorCode']}")


def pack_lines(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Put lines together to records of at most ``BILLED_BYTES``; a longer line stands alone.

    Examples
    --------
    >>> [len(record) for record in pack_lines([b"x" * 2000] * 3)]
    [4002, 2001]
    """
    packed = b""
    for line in lines:
        if packed and len(packed) + len(line) + 1 > BILLED_BYTES:
            yield packed
            packed = b""
        packed += line + b"\n"
    if packed:
        yield packed
