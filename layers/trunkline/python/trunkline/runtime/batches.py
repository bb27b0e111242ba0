"""Reading many items of a DynamoDB table by their keys, to the last one."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_MOST_KEYS = 100
_FIRST_PAUSE_SECONDS = 0.05


class UnreadItemsError(RuntimeError):
    """DynamoDB kept leaving items unread; what was asked is to be asked again."""


def read_items(
    dynamodb: DynamoDBClient, table: str, keys: Iterable[Mapping[str, Any]], *, reads: int
) -> Iterator[Mapping[str, Any]]:
    """Yield the items of these keys as they are now, in no order; those that are absent are left out.

    Parameters
    ----------
    dynamodb
        Client.
    table
        Name of the table.
    keys
        Typed attribute values, as DynamoDB takes them; read a hundred at a time.
    reads
        How often a batch is asked for, with longer and longer pauses.

    Raises
    ------
    UnreadItemsError
        If DynamoDB leaves some unread again and again.

    Notes
    -----
    **Source**: Amazon DynamoDB API reference, "BatchGetItem" (100 items, ``UnprocessedKeys``).
    """
    waiting = iter(keys)
    while batch := [dict(key) for key in islice(waiting, _MOST_KEYS)]:
        yield from _read_batch(dynamodb, table, batch, reads)


def _read_batch(
    dynamodb: DynamoDBClient, table: str, keys: list[dict[str, Any]], reads: int
) -> Iterator[Mapping[str, Any]]:
    for attempt in range(reads):
        request: Any = {table: {"Keys": keys, "ConsistentRead": True}}
        answer: Any = dynamodb.batch_get_item(RequestItems=request)
        yield from answer["Responses"].get(table, [])
        keys = [dict(key) for key in answer["UnprocessedKeys"].get(table, {}).get("Keys", [])]
        if not keys:
            return
        time.sleep(_FIRST_PAUSE_SECONDS * 2**attempt)
    raise UnreadItemsError(f"{len(keys)} items of {table} unread after {reads} reads")
