"""The contacts table: newest record wins, whatever the order and number of deliveries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from trunkline.contact.moments import format_moment, utc_days
from trunkline.runtime.items import from_item, to_item

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

    from trunkline.contact.model import Contact

BY_DAY_INDEX = "by_day"
_PAGE = 500
_ONE_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Page:
    """Contacts of a list, newest first, and where the list goes on."""

    contacts: list[dict[str, Any]]
    resume_at: dict[str, str] | None


@dataclass(frozen=True)
class ContactStore:
    """Contacts and what hangs on them: recording, analysis, failure.

    Parameters
    ----------
    dynamodb
        Client.
    table
        Name of the contacts table.
    """

    dynamodb: DynamoDBClient
    table: str

    def save(self, contact: Contact, *, expires_at: int) -> bool:
        """Keep a contact, unless the table already holds this version of it or a newer one.

        Parameters
        ----------
        contact
            As its record tells it.
        expires_at
            Seconds since 1970 after which DynamoDB deletes it.

        Returns
        -------
        bool
            False when nothing changed: the record was a duplicate or late.

        Notes
        -----
        **Source**: Amazon Connect administrator guide, "Data model for contact records" (delivered at
        least once; compare ``LastUpdateTimestamp``).
        """
        values = {**contact.to_values(), "part": "contact", "day": contact.day, "expires_at": expires_at}
        try:
            self.dynamodb.put_item(
                TableName=self.table,
                Item=to_item(values),
                ConditionExpression="attribute_not_exists(contact_id) OR #version < :version",
                ExpressionAttributeNames={"#version": "version"},
                ExpressionAttributeValues={":version": {"S": values["version"]}},
            )
        except self.dynamodb.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def read_parts(self, contact_id: str) -> dict[str, dict[str, Any]]:
        """Return all that is kept of a contact, by part; empty if there is nothing."""
        parts = {}
        for item in self._query(
            {
                "KeyConditionExpression": "contact_id = :contact_id",
                "ExpressionAttributeValues": {":contact_id": {"S": contact_id}},
            }
        ):
            values = from_item(item)
            parts[values["part"]] = values
        return parts

    def list_between(
        self,
        start: datetime,
        end: datetime,
        *,
        limit: int,
        agent: str | None = None,
        resume_at: Mapping[str, str] | None = None,
    ) -> Page:
        """List contacts initiated in a span, newest first.

        Parameters
        ----------
        start, end
            Span, end excluded.
        limit
            Largest number of contacts to return.
        agent
            Only contacts of this agent.
        resume_at
            ``Page.resume_at`` of the page before.

        Returns
        -------
        Page
            Rows as the index ``by_day`` projects them.
        """
        rows: list[dict[str, Any]] = []
        for day in reversed(utc_days(start, end)):
            if resume_at is not None and day > resume_at["day"]:
                continue
            begin = resume_at if resume_at is not None and resume_at["day"] == day else None
            request = self._day_request(day, start, end, agent, begin)
            for item in self._query({**request, "Limit": limit + 1 if agent is None else _PAGE}):
                if len(rows) == limit:
                    return Page(rows, _index_key(rows[-1]))
                rows.append(from_item(item))
        return Page(rows, None)

    def longest_wait_seconds(self, queue: str, start: datetime, end: datetime, *, without: frozenset[str]) -> int:
        """Recount the longest wait of a queue among contacts enqueued in an interval.

        Parameters
        ----------
        queue
            Name of the queue.
        start, end
            Interval of enqueue, end excluded.
        without
            Contact ids to leave out, because the caller knows them better than the index does.

        Returns
        -------
        int
            Seconds; 0 if there is none.

        Notes
        -----
        Contacts are indexed by the day on which they were initiated: the day before is read too, for
        those who entered the queue past midnight.
        """
        longest = 0
        for day in utc_days(start.replace(hour=0, minute=0, second=0) - _ONE_SECOND, end):
            request = {
                "IndexName": BY_DAY_INDEX,
                "KeyConditionExpression": "#day = :day AND initiated_at < :end",
                "FilterExpression": "queue = :queue AND enqueued_at >= :start AND enqueued_at < :end",
                "ExpressionAttributeNames": {"#day": "day"},
                "ExpressionAttributeValues": {
                    ":day": {"S": day},
                    ":queue": {"S": queue},
                    ":start": {"S": format_moment(start)},
                    ":end": {"S": format_moment(end)},
                },
            }
            for item in self._query(request):
                values = from_item(item)
                if values["contact_id"] not in without:
                    longest = max(longest, values.get("wait_seconds", 0))
        return longest

    def _day_request(
        self, day: str, start: datetime, end: datetime, agent: str | None, begin: Mapping[str, str] | None
    ) -> dict[str, Any]:
        request: dict[str, Any] = {
            "IndexName": BY_DAY_INDEX,
            "KeyConditionExpression": "#day = :day AND initiated_at BETWEEN :start AND :end",
            "ExpressionAttributeNames": {"#day": "day"},
            "ExpressionAttributeValues": {
                ":day": {"S": day},
                ":start": {"S": format_moment(start)},
                ":end": {"S": format_moment(end - _ONE_SECOND)},
            },
            "ScanIndexForward": False,
        }
        if agent is not None:
            request["FilterExpression"] = "#agent = :agent"
            request["ExpressionAttributeNames"]["#agent"] = "agent"
            request["ExpressionAttributeValues"][":agent"] = {"S": agent}
        if begin is not None:
            request["ExclusiveStartKey"] = to_item(begin)
        return request

    def _query(self, request: dict[str, Any]) -> Iterator[Mapping[str, Any]]:
        start_key: Any = request.pop("ExclusiveStartKey", None)
        while True:
            resume = {"ExclusiveStartKey": start_key} if start_key else {}
            page = self.dynamodb.query(TableName=self.table, **request, **resume)
            yield from page["Items"]
            start_key = page.get("LastEvaluatedKey")
            if not start_key:
                return


def _index_key(row: Mapping[str, str]) -> dict[str, str]:
    return {name: row[name] for name in ("contact_id", "part", "day", "initiated_at")}
