"""The contacts table as a log: every contact of a span, whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from trunkline.contact.model import Contact
from trunkline.contact.moments import format_moment, utc_days
from trunkline.contact.store import BY_DAY_INDEX
from trunkline.runtime.batches import read_items
from trunkline.runtime.items import from_item, to_item

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_READS = 8
_ONE_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Candidates:
    """Contacts that may count in a span, and whether there are more than were read."""

    contacts: list[Contact]
    more: bool


@dataclass(frozen=True)
class ContactLog:
    """All contacts of a span, as they are now.

    Parameters
    ----------
    dynamodb
        Client.
    table
        Name of the contacts table.
    """

    dynamodb: DynamoDBClient
    table: str

    def read_days(self, start: datetime, end: datetime) -> Iterator[Contact]:
        """Yield every contact that began on one of the UTC days that a span touches.

        Raises
        ------
        UnreadItemsError
            If DynamoDB leaves some unread again and again.
        ValueError
            If an item is no contact.
        """
        for day in utc_days(start, end):
            for item in read_items(self.dynamodb, self.table, self._keys_of(day), reads=_READS):
                yield Contact.from_values(from_item(item))

    def read_parts(self, contact_ids: Iterable[str], *parts: str) -> Iterator[dict[str, Any]]:
        """Yield what hangs on some contacts, such as their ``analysis``, in no order; what is absent is left out.

        Raises
        ------
        UnreadItemsError
            If DynamoDB leaves some unread again and again.
        """
        keys = (to_item({"contact_id": each, "part": part}) for each in contact_ids for part in parts)
        for item in read_items(self.dynamodb, self.table, keys, reads=_READS):
            yield from_item(item)

    def read_candidates(
        self,
        since: datetime,
        start: datetime,
        end: datetime,
        *,
        queue: str | None = None,
        agent: str | None = None,
        most: int,
    ) -> Candidates:
        """Read the contacts that may count in a span.

        Those that began in it, and of those that began before it the ones that entered a queue in it. An agent
        may have answered later, and worked later still: of an agent all contacts since ``since``.

        Parameters
        ----------
        since
            No contact that began before this moment is looked at.
        start, end
            The span, end excluded.
        queue, agent
            Only contacts of this queue, or of this agent.
        most
            Largest number of contacts to read; those that began last are read first.

        Raises
        ------
        UnreadItemsError
            If DynamoDB leaves some unread again and again.
        """
        found = self._find_candidates(since, start, end, queue, agent)
        return self._read_keys(found, most)

    def read_followed(self, start: datetime, middle: datetime, end: datetime, *, most: int) -> Candidates:
        """Read the contacts of a span, and of the time after it those of the same customers.

        Contacts whose customer the index does not tell are read too: they may belong to a customer's case.

        Parameters
        ----------
        start, middle, end
            The span is from ``start`` to ``middle``, the time after it ends with ``end``; ends excluded.
        most
            Largest number of contacts to read; those that began last are read first, and the span before the rest.

        Raises
        ------
        UnreadItemsError
            If DynamoDB leaves some unread again and again.
        """
        first = self._read_keys(self._find_keys(start, middle, {}, None), most)
        if first.more or middle >= end:
            return first
        customers = {contact.customer for contact in first.contacts} | {None}
        rest = self._read_keys(self._find_keys(middle, end, {}, None, customers), most - len(first.contacts))
        return Candidates([*first.contacts, *rest.contacts], rest.more)

    def _read_keys(self, found: Iterator[dict[str, Any]], most: int) -> Candidates:
        keys = list(islice(found, most + 1))
        items = read_items(self.dynamodb, self.table, keys[:most], reads=_READS)
        return Candidates([Contact.from_values(from_item(item)) for item in items], len(keys) > most)

    def _find_candidates(
        self, since: datetime, start: datetime, end: datetime, queue: str | None, agent: str | None
    ) -> Iterator[dict[str, Any]]:
        named = {name: value for name, value in (("queue", queue), ("agent", agent)) if value is not None}
        enqueued = None if agent is not None else (start, end)
        yield from self._find_keys(start, end, named, None)
        yield from self._find_keys(since, start, named, enqueued)

    def _find_keys(
        self,
        start: datetime,
        end: datetime,
        named: dict[str, str],
        enqueued: tuple[datetime, datetime] | None,
        customers: Set[str | None] | None = None,
    ) -> Iterator[dict[str, Any]]:
        """Yield keys of contacts that began in a span, the last first, as far as the index tells them apart."""
        names = {f"#{name}": name for name in named}
        values = {f":{name}": value for name, value in named.items()}
        tests = [f"#{name} = :{name}" for name in named]
        if enqueued is not None:
            tests.append("enqueued_at >= :enqueued_from AND enqueued_at < :enqueued_to")
            values |= {":enqueued_from": format_moment(enqueued[0]), ":enqueued_to": format_moment(enqueued[1])}
        filtered: Any = {"FilterExpression": " AND ".join(tests)} if tests else {}
        for day in reversed(utc_days(start, end)):
            pages = self.dynamodb.get_paginator("query").paginate(
                TableName=self.table,
                IndexName=BY_DAY_INDEX,
                KeyConditionExpression="#day = :day AND initiated_at BETWEEN :start AND :last",
                ExpressionAttributeNames={"#day": "day", **names},
                ExpressionAttributeValues=to_item(
                    {":day": day, ":start": format_moment(start), ":last": format_moment(end - _ONE_SECOND), **values}
                ),
                ProjectionExpression="contact_id, part, customer",
                ScanIndexForward=False,
                **filtered,
            )
            for page in pages:
                for item in page["Items"]:
                    if customers is not None and item.get("customer", {}).get("S") not in customers:
                        continue
                    yield {"contact_id": item["contact_id"], "part": item["part"]}

    def _keys_of(self, day: str) -> Iterator[dict[str, Any]]:
        pages = self.dynamodb.get_paginator("query").paginate(
            TableName=self.table,
            IndexName=BY_DAY_INDEX,
            KeyConditionExpression="#day = :day",
            ExpressionAttributeNames={"#day": "day"},
            ExpressionAttributeValues=to_item({":day": day}),
            ProjectionExpression="contact_id, part",
        )
        for page in pages:
            for item in page["Items"]:
                yield {"contact_id": item["contact_id"], "part": item["part"]}
