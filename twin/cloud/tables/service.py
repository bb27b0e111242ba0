"""DynamoDB's data operations, behind the boto3 client.

**Source**: DynamoDB API reference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from twin.cloud.tables.evaluate import Expressions
from twin.cloud.tables.queries import run_query, run_scan
from twin.cloud.tables.table import Change, Index, Table, read_schema
from twin.cloud.tables.updates import apply_update
from twin.cloud.tables.values import Item, TableError, invalid, normalise
from twin.cloud.units import IndexProjection
from twin.contracts import ServiceError

Request = Mapping[str, Any]
_LEGACY = frozenset(("AttributeUpdates", "Expected", "KeyConditions", "QueryFilter", "ScanFilter", "AttributesToGet"))
_LARGEST_BATCH_WRITE = 25
_LARGEST_BATCH_READ = 100
_LARGEST_TRANSACTION = 100


class TableStore:
    """Every table's items.

    Control operations stay with moto; a table is known here from its CreateTable request on.
    """

    def __init__(self) -> None:
        self._tables: dict[str, Table] = {}
        self._tokens: dict[str, Request] = {}
        self._older_tokens: dict[str, Request] = {}

    def create(self, request: Request) -> None:
        """Make a table known, from its CreateTable request."""
        definitions = request["AttributeDefinitions"]
        schema = read_schema(request["KeySchema"], definitions)
        entries = [*request.get("GlobalSecondaryIndexes", ()), *request.get("LocalSecondaryIndexes", ())]
        indexes: dict[str, Index] = {}
        for entry in entries:
            keys = read_schema(entry["KeySchema"], definitions)
            indexes[entry["IndexName"]] = Index(keys, IndexProjection.of_definition(entry, keys.names, schema.names))
        stream = request.get("StreamSpecification", {}).get("StreamViewType")
        self._tables[request["TableName"]] = Table(request["TableName"], schema, indexes, stream)

    def drop(self, name: str) -> None:
        """Forget a table."""
        self._tables.pop(name, None)

    def set_lifetime(self, request: Request) -> None:
        """Take a table's time to live, from its UpdateTimeToLive request."""
        wanted = request["TimeToLiveSpecification"]
        self._tables[_plain(request["TableName"])].lifetime = wanted["AttributeName"] if wanted["Enabled"] else None

    def expire(self, now: float) -> Sequence[str]:
        """Delete the items of all tables whose time to live is over; answer the names of the tables."""
        for table in self._tables.values():
            table.expire(now)
        return list(self._tables)

    def forget_tokens(self) -> None:
        """Forget the client tokens of transactions that are older than the last call; AWS keeps them ten minutes."""
        self._tokens, self._older_tokens = {}, self._tokens

    def item(self, table: str, key: Item) -> Item | None:
        """Return a stored item, or None; for the meter."""
        found = self._tables.get(_plain(table))
        if found is None or not found.key_names <= key.keys():
            return None
        return found.get(found.key_of(key))

    def key_of(self, table: str, item: Item) -> Item:
        """Return the key attributes of an item; for the meter."""
        found = self._tables.get(_plain(table))
        return {name: item[name] for name in found.schema.names if name in item} if found is not None else {}

    def indexes(self, table: str) -> Sequence[IndexProjection]:
        """Return a table's secondary indexes; for the meter."""
        found = self._tables.get(_plain(table))
        return [index.projection for index in found.indexes.values()] if found is not None else []

    def take_changes(self, table: str) -> tuple[str, list[Change]]:
        """Return a table's stream view type and its changes since the last call."""
        found = self._tables.get(_plain(table))
        return (found.stream or "", found.take_changes()) if found is not None else ("", [])

    def operations(self) -> dict[str, Callable[[Request], dict[str, Any]]]:
        """Return what answers each operation."""
        return {
            "GetItem": self._get,
            "PutItem": self._put,
            "UpdateItem": self._update,
            "DeleteItem": self._delete,
            "Query": lambda request: run_query(self._table(request), request),
            "Scan": lambda request: run_scan(self._table(request), request),
            "BatchGetItem": self._batch_get,
            "BatchWriteItem": self._batch_write,
            "TransactGetItems": self._transact_get,
            "TransactWriteItems": self._transact_write,
        }

    def _table(self, request: Request) -> Table:
        legacy = _LEGACY & request.keys()
        if legacy:
            raise invalid(f"the twin takes expressions, not the legacy parameter {min(legacy)}")
        found = self._tables.get(_plain(request["TableName"]))
        if found is None:
            raise ServiceError("ResourceNotFoundException", "Requested resource not found")
        return found

    def _get(self, request: Request) -> dict[str, Any]:
        table = self._table(request)
        item = table.get(table.check_key(request["Key"]))
        expressions = Expressions(request, "ProjectionExpression")
        return {} if item is None else {"Item": expressions.project(item)}

    def _put(self, request: Request) -> dict[str, Any]:
        table = self._table(request)
        item = table.check_item(request["Item"])
        old = table.get(table.key_of(item))
        _require(Expressions(request, "ConditionExpression"), old, request)
        table.put(item)
        return {"Attributes": old} if old is not None and request.get("ReturnValues") == "ALL_OLD" else {}

    def _delete(self, request: Request) -> dict[str, Any]:
        table = self._table(request)
        key = table.check_key(request["Key"])
        old = table.get(key)
        _require(Expressions(request, "ConditionExpression"), old, request)
        table.delete(key)
        return {"Attributes": old} if old is not None and request.get("ReturnValues") == "ALL_OLD" else {}

    def _update(self, request: Request) -> dict[str, Any]:
        table = self._table(request)
        old = table.get(table.check_key(request["Key"]))
        expressions = Expressions(request, "UpdateExpression", "ConditionExpression")
        _require(expressions, old, request)
        base = old if old is not None else {name: normalise(value) for name, value in request["Key"].items()}
        new, paths = apply_update(expressions, base, table.key_names)
        table.check_changed(new)
        table.put(new)
        names = {str(path[0]) for path in paths}
        return _returned(request.get("ReturnValues", "NONE"), old or {}, new, names)

    def _batch_get(self, request: Request) -> dict[str, Any]:
        if sum(len(member["Keys"]) for member in request["RequestItems"].values()) > _LARGEST_BATCH_READ:
            raise invalid("Too many items requested for the BatchGetItem call")
        responses: dict[str, list[Item]] = {}
        for name, member in request["RequestItems"].items():
            table = self._table({**member, "TableName": name})
            expressions = Expressions(member, "ProjectionExpression")
            keys = [table.check_key(key) for key in member["Keys"]]
            if len(set(keys)) != len(keys):
                raise invalid("Provided list of item keys contains duplicates")
            found = [item for item in map(table.get, keys) if item is not None]
            responses[name] = [expressions.project(item) for item in found]
        return {"Responses": responses, "UnprocessedKeys": {}}

    def _batch_write(self, request: Request) -> dict[str, Any]:
        writes = [(name, entry) for name, entries in request["RequestItems"].items() for entry in entries]
        if len(writes) > _LARGEST_BATCH_WRITE:
            raise invalid("Too many items requested for the BatchWriteItem call")
        seen: set[tuple[str, Any]] = set()
        actions: list[Callable[[], None]] = []
        for name, entry in writes:
            table = self._table({"TableName": name})
            if "PutRequest" in entry:
                item = table.check_item(entry["PutRequest"]["Item"])
                key = table.key_of(item)
                actions.append(lambda table=table, item=item: table.put(item))  # type: ignore[misc]
            else:
                key = table.check_key(entry["DeleteRequest"]["Key"])
                actions.append(lambda table=table, key=key: table.delete(key))  # type: ignore[misc]
            if (name, key) in seen:
                raise invalid("Provided list of item keys contains duplicates")
            seen.add((name, key))
        for action in actions:
            action()
        return {"UnprocessedItems": {}}

    def _transact_get(self, request: Request) -> dict[str, Any]:
        members = [self._get(entry["Get"]) for entry in request["TransactItems"]]
        return {"Responses": members}

    def _transact_write(self, request: Request) -> dict[str, Any]:
        token = str(request.get("ClientRequestToken", ""))
        before = self._tokens.get(token) or self._older_tokens.get(token)
        if before is not None:
            if before != request:
                raise ServiceError("IdempotentParameterMismatchException", "the token came with another request")
            return {}
        members = [(kind, member) for entry in request["TransactItems"] for kind, member in entry.items()]
        if len(members) > _LARGEST_TRANSACTION:
            raise invalid("Member must have length less than or equal to 100")
        self._check_distinct(members)
        reasons = [self._reason(kind, member) for kind, member in members]
        if any(reason["Code"] != "None" for reason in reasons):
            codes = ", ".join(reason["Code"] for reason in reasons)
            message = f"Transaction cancelled, please refer cancellation reasons for specific reasons [{codes}]"
            raise TableError("TransactionCanceledException", message, {"CancellationReasons": reasons})
        for kind, member in members:
            if kind != "ConditionCheck":
                {"Put": self._put, "Update": self._update, "Delete": self._delete}[kind](member)
        if token:
            self._tokens[token] = request
        return {}

    def _check_distinct(self, members: Sequence[tuple[str, Request]]) -> None:
        keys: list[tuple[str, Any]] = []
        for _, member in members:
            table = self._table(member)
            primary = (
                table.check_key(member["Key"]) if "Key" in member else table.key_of(table.check_item(member["Item"]))
            )
            keys.append((table.name, primary))
        if len(set(keys)) != len(keys):
            raise invalid("Transaction request cannot include multiple operations on one item")

    def _reason(self, kind: str, member: Request) -> dict[str, Any]:
        table = self._table(member)
        old = table.get(table.check_key(member["Key"]) if "Key" in member else table.key_of(member["Item"]))
        texts = ("UpdateExpression", "ConditionExpression") if kind == "Update" else ("ConditionExpression",)
        expressions = Expressions(member, *texts)
        if expressions.holds("ConditionExpression", old or {}):
            if kind == "Update":
                apply_update(expressions, old if old is not None else member["Key"], table.key_names)
            return {"Code": "None"}
        reason: dict[str, Any] = {"Code": "ConditionalCheckFailed", "Message": "The conditional request failed"}
        if old is not None and member.get("ReturnValuesOnConditionCheckFailure") == "ALL_OLD":
            reason["Item"] = old
        return reason


def _require(expressions: Expressions, old: Item | None, request: Request) -> None:
    if expressions.holds("ConditionExpression", old or {}):
        return
    wanted = request.get("ReturnValuesOnConditionCheckFailure") == "ALL_OLD"
    extra = {"Item": old} if wanted and old is not None else {}
    raise TableError("ConditionalCheckFailedException", "The conditional request failed", extra)


def _returned(kind: str, old: Item, new: Item, names: set[str]) -> dict[str, Any]:
    if kind == "ALL_NEW":
        return {"Attributes": new}
    if kind == "ALL_OLD":
        return {"Attributes": old} if old else {}
    if kind == "UPDATED_NEW":
        return {"Attributes": {name: value for name, value in new.items() if name in names}}
    if kind == "UPDATED_OLD":
        return {"Attributes": {name: value for name, value in old.items() if name in names}}
    return {}


def _plain(name: str) -> str:
    return name.rsplit("/", 1)[-1] if name.startswith("arn:") else name
