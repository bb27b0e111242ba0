"""Query and Scan: key conditions, filters, pages.

**Source**: DynamoDB API reference, Query and Scan.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from twin.cloud.tables.evaluate import Expressions
from twin.cloud.tables.grammar import Tree
from twin.cloud.tables.table import Index, PrimaryKey, Table
from twin.cloud.tables.values import Item, invalid, sort_key
from twin.cloud.units import item_bytes

PAGE_BYTES = 1024 * 1024
_TEXTS = ("KeyConditionExpression", "FilterExpression", "ProjectionExpression")
_RANGE_TESTS = frozenset(("=", "<", "<=", ">", ">=", "between", "begins_with"))


@dataclass(frozen=True)
class _Source:
    """What is read: a table or one of its indexes."""

    table: Table
    index: Index
    name: str | None

    def read(self, primary: PrimaryKey) -> Item:
        """Return an item as the source shows it."""
        item = self.table.get(primary)
        assert item is not None
        if self.name is None:
            return item
        projected = self.index.projection.project(item)
        assert projected is not None
        return projected

    def start_key(self, item: Item) -> Item:
        """Return the key that continues after an item."""
        names = dict.fromkeys((*self.index.schema.names, *self.table.schema.names))
        return {name: item[name] for name in names}


def run_query(table: Table, request: Mapping[str, Any]) -> dict[str, Any]:
    """Answer Query."""
    source = _source(table, request)
    expressions = Expressions(request, *_TEXTS)
    parsed = expressions.parsed.get("KeyConditionExpression")
    if parsed is None:
        raise invalid("Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.")
    partition, range_test = _key_condition(expressions, parsed.tree, source)
    places = source.index.partitions.get(partition, [])
    chosen = [place for place in places if range_test is None or _in_range(expressions, range_test, source, place)]
    if not request.get("ScanIndexForward", True):
        chosen.reverse()
    chosen = _after_start(source, chosen, request)
    return _page(source, (primary for _, primary in chosen), expressions, request)


def run_scan(table: Table, request: Mapping[str, Any]) -> dict[str, Any]:
    """Answer Scan."""
    source = _source(table, request)
    expressions = Expressions(request, "FilterExpression", "ProjectionExpression")
    keys = [table.key_of(item) for item in table.items() if source.index.entry(item, ()) is not None]
    segments = request.get("TotalSegments", 1)
    keys = keys[request.get("Segment", 0) :: segments]
    start = request.get("ExclusiveStartKey")
    if start is not None:
        wanted = table.key_of(start)
        keys = keys[keys.index(wanted) + 1 :] if wanted in keys else keys
    return _page(source, keys, expressions, request)


def _source(table: Table, request: Mapping[str, Any]) -> _Source:
    name = request.get("IndexName")
    if name is None:
        return _Source(table, table.primary, None)
    if name not in table.indexes:
        raise invalid(f"The table does not have the specified index: {name}")
    if request.get("ConsistentRead"):
        raise invalid("Consistent reads are not supported on global secondary indexes")
    return _Source(table, table.indexes[name], name)


def _key_condition(expressions: Expressions, tree: Tree, source: _Source) -> tuple[Any, Tree | None]:
    """Divide a key condition into the partition's value and the test of the range key."""
    parts = [tree[1], tree[2]] if tree[0] == "and" else [tree]
    hash_value: Any = None
    range_test: Tree | None = None
    for part in parts:
        if not isinstance(part, tuple) or part[0] not in _RANGE_TESTS:
            raise invalid("Invalid KeyConditionExpression: Invalid operator used in KeyConditionExpression")
        path = part[1]
        assert isinstance(path, tuple)
        name = expressions.path(path)[0]
        if name == source.index.schema.hash:
            if part[0] != "=":
                raise invalid("Query key condition not supported")
            operand = part[2]
            assert isinstance(operand, tuple)
            hash_value = expressions.operand(operand, {})
        elif name == source.index.schema.range and range_test is None:
            range_test = part
        else:
            raise invalid(f"Query condition missed key schema element: {source.index.schema.hash}")
    if hash_value is None:
        raise invalid(f"Query condition missed key schema element: {source.index.schema.hash}")
    if source.index.schema.types[source.index.schema.hash] not in hash_value:
        raise invalid("One or more parameter values were invalid: Condition parameter type does not match schema type")
    return sort_key(hash_value), range_test


def _in_range(expressions: Expressions, test: Tree, source: _Source, place: tuple[Any, PrimaryKey]) -> bool:
    item = source.table.get(place[1])
    assert item is not None
    return expressions.test(test, item)


def _after_start(
    source: _Source, places: list[tuple[Any, PrimaryKey]], request: Mapping[str, Any]
) -> list[tuple[Any, PrimaryKey]]:
    start = request.get("ExclusiveStartKey")
    if start is None:
        return places
    entry = source.index.entry(start, source.table.key_of(start))
    if entry is None:
        raise invalid("The provided starting key is invalid")
    if request.get("ScanIndexForward", True):
        return places[bisect_right(places, entry[1]) :]
    upward = places[::-1]
    return upward[: bisect_left(upward, entry[1])][::-1]


def _page(
    source: _Source, keys: Iterable[PrimaryKey], expressions: Expressions, request: Mapping[str, Any]
) -> dict[str, Any]:
    limit = request.get("Limit")
    found: list[Item] = []
    scanned = size = 0
    last: Item | None = None
    for primary in keys:
        if (limit is not None and scanned >= limit) or size >= PAGE_BYTES:
            assert last is not None
            return _answer(found, scanned, request, source.start_key(last))
        stored = source.table.get(primary)
        assert stored is not None
        item = source.read(primary)
        last, scanned, size = stored, scanned + 1, size + item_bytes(item)
        if expressions.holds("FilterExpression", item):
            found.append(expressions.project(item))
    exhausted = last is None or limit is None or scanned < limit
    return _answer(found, scanned, request, None if exhausted or last is None else source.start_key(last))


def _answer(found: list[Item], scanned: int, request: Mapping[str, Any], start_key: Item | None) -> dict[str, Any]:
    answer: dict[str, Any] = {"Count": len(found), "ScannedCount": scanned}
    if request.get("Select") != "COUNT":
        answer["Items"] = found
    return answer if start_key is None else {**answer, "LastEvaluatedKey": start_key}
