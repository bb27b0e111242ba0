"""Counting what AWS would charge for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from twin.cloud.units import (
    EVENT_UNIT_BYTES,
    KINESIS_UNIT_BYTES,
    IndexProjection,
    Item,
    index_write_units,
    item_bytes,
    json_bytes,
    read_units,
    write_units,
)

_S3_PUT_CLASS = frozenset(
    (
        "PutObject",
        "CopyObject",
        "ListObjectsV2",
        "ListObjects",
        "ListBuckets",
        "CreateMultipartUpload",
        "UploadPart",
        "CompleteMultipartUpload",
        "PutObjectTagging",
    )
)
_S3_FREE = frozenset(("DeleteObject", "DeleteObjects", "DeleteObjectTagging", "AbortMultipartUpload"))
_DYNAMODB_WRITES = frozenset(("PutItem", "UpdateItem", "DeleteItem"))
_DYNAMODB_READS = frozenset(("GetItem", "BatchGetItem", "TransactGetItems", "Query", "Scan"))


class Tables(Protocol):
    """Where the meter looks at items before and after a write."""

    def item(self, table: str, key: Item) -> Item | None:
        """Return a stored item in DynamoDB's JSON."""

    def key_of(self, table: str, item: Item) -> Item:
        """Return the key attributes of an item."""

    def indexes(self, table: str) -> Sequence[IndexProjection]:
        """Return the table's secondary indexes."""


class Meter:
    """Quantities by (service, item), such as ``("dynamodb", "write units")``.

    Parameters
    ----------
    tables
        Gives stored items, for DynamoDB's rules by item size.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.quantities: Counter[tuple[str, str]] = Counter()

    def add(self, service: str, item: str, quantity: float) -> None:
        """Count ``quantity`` of an item."""
        self.quantities[service, item] += quantity  # type: ignore[assignment]

    def begin(self, service: str, operation: str, parameters: Mapping[str, Any]) -> Callable[[Any, bool], None]:
        """Look at the state before a call; answers what counts it afterwards.

        The answer takes the parsed response and whether the call succeeded.
        """
        if service == "dynamodb":
            return self._dynamodb(operation, parameters)
        counter = _COUNTERS.get(service)
        if counter is None:
            return lambda *_: None
        return lambda response, succeeded: counter(self, operation, parameters, response if succeeded else {})

    def _dynamodb(self, operation: str, parameters: Mapping[str, Any]) -> Callable[[Any, bool], None]:
        if operation in _DYNAMODB_READS:
            return lambda response, _: self._count_read(operation, parameters, response)
        writes = [
            (table, key, self._tables.item(table, key), twice)
            for table, key, twice in self._writes(operation, parameters)
        ]

        def count(_: Any, succeeded: bool) -> None:
            for table, key, old, transaction in writes:
                new = self._tables.item(table, key) if succeeded else old
                units = write_units(old, new, transaction=transaction)
                if succeeded:
                    factor = 2 if transaction else 1
                    indexes = self._tables.indexes(table)
                    units += factor * sum(index_write_units(index, old, new) for index in indexes)
                self.add("dynamodb", "write units", units)

        return count

    def _writes(self, operation: str, parameters: Mapping[str, Any]) -> list[tuple[str, Item, bool]]:
        if operation in _DYNAMODB_WRITES:
            return [(parameters["TableName"], self._key(parameters), False)]
        if operation == "BatchWriteItem":
            return [
                (table, self._key({"TableName": table, **member}), False)
                for table, requests in parameters["RequestItems"].items()
                for request in requests
                for member in request.values()
            ]
        if operation == "TransactWriteItems":
            members = [member for item in parameters["TransactItems"] for member in item.values()]
            return [(member["TableName"], self._key(member), True) for member in members]
        return []

    def _key(self, request: Mapping[str, Any]) -> Item:
        if "Key" in request:
            return request["Key"]  # type: ignore[no-any-return]
        return self._tables.key_of(request["TableName"], request["Item"])

    def _count_read(self, operation: str, parameters: Mapping[str, Any], response: Mapping[str, Any]) -> None:
        consistent = bool(parameters.get("ConsistentRead"))
        if operation in {"Query", "Scan"}:
            items = response.get("Items", ())
            share = response.get("ScannedCount", len(items)) / max(len(items), 1)
            units = read_units(sum(map(item_bytes, items)) * share, consistent=consistent)
        elif operation == "GetItem":
            units = read_units(item_bytes(response.get("Item")), consistent=consistent)
        else:
            units = sum(self._batch_read(operation, parameters, response))
        self.add("dynamodb", "read units", units)

    def _batch_read(self, operation: str, parameters: Mapping[str, Any], response: Mapping[str, Any]) -> list[float]:
        if operation == "TransactGetItems":
            found = [entry.get("Item") for entry in response.get("Responses", ())]
            return [read_units(item_bytes(item), consistent=True, transaction=True) for item in found]
        units: list[float] = []
        for table, request in parameters["RequestItems"].items():
            items = response.get("Responses", {}).get(table, [])
            missing = [None] * (len(request["Keys"]) - len(items))
            consistent = bool(request.get("ConsistentRead"))
            units += [read_units(item_bytes(item), consistent=consistent) for item in [*items, *missing]]
        return units

    def count_s3(self, operation: str, _: Mapping[str, Any], __: Mapping[str, Any]) -> None:
        """Count a request by its price class."""
        if operation not in _S3_FREE:
            self.add("s3", "PUT requests" if operation in _S3_PUT_CLASS else "GET requests", 1)

    def count_sqs(self, _: str, __: Mapping[str, Any], ___: Mapping[str, Any]) -> None:
        """Count a request."""
        self.add("sqs", "requests", 1)

    def count_kinesis(self, operation: str, parameters: Mapping[str, Any], _: Mapping[str, Any]) -> None:
        """Count PUT payload units of 25 KB."""
        records = [parameters] if operation == "PutRecord" else parameters.get("Records", ())
        for record in records:
            self.add("kinesis", "PUT units", _chunks(len(record["Data"]), KINESIS_UNIT_BYTES))

    def count_events(self, operation: str, parameters: Mapping[str, Any], _: Mapping[str, Any]) -> None:
        """Count custom events in chunks of 64 KB."""
        if operation == "PutEvents":
            for entry in parameters["Entries"]:
                self.add("events", "custom events", _chunks(json_bytes(entry), EVENT_UNIT_BYTES))

    def count_secrets(self, _: str, __: Mapping[str, Any], ___: Mapping[str, Any]) -> None:
        """Count a request."""
        self.add("secretsmanager", "requests", 1)

    def count_metrics(self, operation: str, _: Mapping[str, Any], __: Mapping[str, Any]) -> None:
        """Count a request to CloudWatch, by operation."""
        self.add("cloudwatch", f"{operation} requests", 1)


_COUNTERS: dict[str, Callable[[Meter, str, Mapping[str, Any], Mapping[str, Any]], None]] = {
    "s3": Meter.count_s3,
    "sqs": Meter.count_sqs,
    "kinesis": Meter.count_kinesis,
    "events": Meter.count_events,
    "secretsmanager": Meter.count_secrets,
    "cloudwatch": Meter.count_metrics,
}


def _chunks(size_bytes: int, chunk_bytes: int) -> int:
    return max(1, -(-size_bytes // chunk_bytes))
