"""One table: its items, its secondary indexes, and the stream of its changes.

**Source**: DynamoDB developer guide, "Core components"; "Change data capture for DynamoDB Streams"; "Using time to live
(TTL)".
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from twin.cloud.tables.evaluate import too_large
from twin.cloud.tables.values import Item, invalid, normalise, sort_key
from twin.cloud.units import IndexProjection

PrimaryKey = tuple[Any, ...]
_KEY_TYPES = ("S", "N", "B")
_LONGEST_OVERDUE_SECONDS = 5 * 365 * 86_400


@dataclass(frozen=True)
class KeySchema:
    """Names of the hash key and, where there is one, of the range key, with their types."""

    hash: str
    range: str | None
    types: Mapping[str, str]

    @property
    def names(self) -> tuple[str, ...]:
        """Hash key, then range key."""
        return (self.hash,) if self.range is None else (self.hash, self.range)


@dataclass
class Index:
    """A secondary index (or the table itself): primary keys by partition, in order."""

    schema: KeySchema
    projection: IndexProjection
    partitions: dict[Any, list[tuple[Any, PrimaryKey]]] = field(default_factory=dict)

    def entry(self, item: Item, primary: PrimaryKey) -> tuple[Any, tuple[Any, PrimaryKey]] | None:
        """Return partition and place of an item, or None when it lacks the index's keys."""
        if any(name not in item for name in self.schema.names):
            return None
        place = sort_key(item[self.schema.range]) if self.schema.range else None
        return sort_key(item[self.schema.hash]), (place, primary)

    def add(self, item: Item, primary: PrimaryKey) -> None:
        """Enter an item."""
        entry = self.entry(item, primary)
        if entry is not None:
            insort(self.partitions.setdefault(entry[0], []), entry[1])

    def replace(self, old: Item | None, new: Item, primary: PrimaryKey) -> None:
        """Move an item to its new place, if that is another."""
        if old is not None:
            if self.entry(old, primary) == self.entry(new, primary):
                return
            self.remove(old, primary)
        self.add(new, primary)

    def remove(self, item: Item, primary: PrimaryKey) -> None:
        """Take an item out."""
        entry = self.entry(item, primary)
        if entry is not None:
            places = self.partitions[entry[0]]
            del places[bisect_left(places, entry[1])]


@dataclass(frozen=True)
class Change:
    """A change of an item, as the stream shows it; ``expired`` where DynamoDB itself deleted it."""

    old: Item | None
    new: Item | None
    keys: Item
    expired: bool = False


class Table:
    """A table.

    Parameters
    ----------
    name
        Its name.
    schema
        Its key.
    indexes
        Its secondary indexes by name.
    stream
        View type of its stream, or None.
    """

    def __init__(self, name: str, schema: KeySchema, indexes: Mapping[str, Index], stream: str | None) -> None:
        self.name = name
        self.schema = schema
        self.key_names = frozenset(schema.names)
        self.stream = stream
        self.lifetime: str | None = None
        self.primary = Index(schema, IndexProjection(schema.names, None))
        self.indexes = dict(indexes)
        self._items: dict[PrimaryKey, Item] = {}
        self._changes: list[Change] = []

    def __len__(self) -> int:
        return len(self._items)

    def key_of(self, item: Item) -> PrimaryKey:
        """Return the primary key of an item that has one."""
        return tuple(sort_key(item[name]) for name in self.schema.names)

    def get(self, key: PrimaryKey) -> Item | None:
        """Return an item."""
        return self._items.get(key)

    def items(self) -> Iterator[Item]:
        """Return all items, in the order in which they were first put."""
        return iter(self._items.values())

    def put(self, item: Item) -> None:
        """Put an item, or replace the one with the same key."""
        key = self.key_of(item)
        old = self._items.get(key)
        if old is None:
            self.primary.add(item, key)
        for index in self.indexes.values():
            index.replace(old, item, key)
        self._items[key] = item
        self._note(old, item)

    def delete(self, key: PrimaryKey, *, expired: bool = False) -> None:
        """Delete an item, if it exists; ``expired`` where its time to live was over."""
        old = self._items.pop(key, None)
        if old is not None:
            for index in (self.primary, *self.indexes.values()):
                index.remove(old, key)
            self._note(old, None, expired=expired)

    def expire(self, now: float) -> None:
        """Delete the items whose time to live is over at ``now``, in seconds since 1970, by five years at most."""
        if self.lifetime is None:
            return
        begin = now - _LONGEST_OVERDUE_SECONDS
        over = [key for key, item in self._items.items() if begin < _seconds(item.get(self.lifetime)) <= now]
        for key in over:
            self.delete(key, expired=True)

    def take_changes(self) -> list[Change]:
        """Return the changes since the last call."""
        changes, self._changes = self._changes, []
        return changes

    def check_key(self, key: Item) -> PrimaryKey:
        """Return the primary key that a request's ``Key`` names.

        Raises
        ------
        ServiceError
            ValidationException.
        """
        if key.keys() != self.key_names:
            raise invalid("The provided key element does not match the schema")
        for name in self.schema.names:
            self._check_type(name, key[name], self.schema, "The provided key element does not match the schema")
        return self.key_of(key)

    def check_item(self, item: Mapping[str, Any]) -> Item:
        """Return an item as it is stored.

        Raises
        ------
        ServiceError
            ValidationException.
        """
        for name in self.schema.names:
            if name not in item:
                raise invalid(f"One or more parameter values were invalid: Missing the key {name} in the item")
            self._check_type(name, item[name], self.schema)
        stored = {name: normalise(value) for name, value in item.items()}
        self.check_changed(stored)
        return stored

    def check_changed(self, item: Item) -> None:
        """Hold an item against the size limit and the types of index keys."""
        if too_large(item):
            raise invalid("Item size has exceeded the maximum allowed size")
        for index_name, index in self.indexes.items():
            for name in index.schema.names:
                if name in item:
                    self._check_type(name, item[name], index.schema, index_name=index_name)

    def _check_type(
        self, name: str, value: Mapping[str, Any], schema: KeySchema, message: str = "", index_name: str = ""
    ) -> None:
        (kind, content), *_ = value.items()
        wanted = schema.types[name]
        if kind != wanted:
            what = f"Index Key {name} " if index_name else f"key {name} "
            place = f"IndexName: {index_name}" if index_name else ""
            default = f"Type mismatch for {what}Expected: {wanted} Actual: {kind} {place}".strip()
            raise invalid(message or f"One or more parameter values were invalid: {default}")
        if kind in _KEY_TYPES and len(content) == 0:
            raise invalid(
                "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain "
                f"an empty string value. Key: {name}"
            )

    def _note(self, old: Item | None, new: Item | None, *, expired: bool = False) -> None:
        if self.stream is not None and old != new:
            source = new if new is not None else old
            assert source is not None
            keys = {name: source[name] for name in self.schema.names}
            self._changes.append(Change(old, new, keys, expired))


def _seconds(value: Mapping[str, Any] | None) -> float:
    return float(value["N"]) if value is not None and "N" in value else float("inf")


def read_schema(keys: Sequence[Mapping[str, str]], definitions: Sequence[Mapping[str, str]]) -> KeySchema:
    """Return the schema that ``KeySchema`` and ``AttributeDefinitions`` of a request describe."""
    types = {entry["AttributeName"]: entry["AttributeType"] for entry in definitions}
    by_kind = {entry["KeyType"]: entry["AttributeName"] for entry in keys}
    names = [by_kind["HASH"], *([by_kind["RANGE"]] if "RANGE" in by_kind else [])]
    return KeySchema(by_kind["HASH"], by_kind.get("RANGE"), {name: types[name] for name in names})
