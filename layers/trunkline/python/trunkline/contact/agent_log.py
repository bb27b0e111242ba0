"""The agent states table: spans that never overlap, and offers, each written once however often it is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from trunkline.contact.agent_states import LONGEST_STATE, AgentEntry, AgentOffer, AgentState, read_entry, settle
from trunkline.contact.moments import format_moment, utc_days
from trunkline.runtime.items import from_item, to_item

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_ATTEMPTS = 4
_ONE_SECOND = timedelta(seconds=1)
_YEARS_SECONDS = 730 * 86_400


class AgentLogConflictError(RuntimeError):
    """Others kept changing the same spans; what was told is to be told again."""


@dataclass(frozen=True)
class AgentLog:
    """All that agents did, by day.

    Parameters
    ----------
    dynamodb
        Client.
    table
        Name of the agent states table.
    retention_seconds
        How long an entry is kept after its beginning; of use to writers only.
    """

    dynamodb: DynamoDBClient
    table: str
    retention_seconds: int = _YEARS_SECONDS

    def read_days(self, start: datetime, end: datetime) -> Iterator[AgentEntry]:
        """Yield every span and offer that began on one of the UTC days that a span of time touches.

        Raises
        ------
        ValueError
            If an item is neither.
        """
        for day in utc_days(start, end):
            yield from self._query("#day = :day", {":day": day})

    def add(self, state: AgentState) -> list[AgentState]:
        """Write a span, and shorten those that it overlaps; nothing happens where all that is known.

        Returns
        -------
        list of AgentState
            The spans that were written.

        Raises
        ------
        AgentLogConflictError
            If the spans around it kept changing. What was written stays; adding it again does the rest.
        """
        written: list[AgentState] = []
        for _attempt in range(_ATTEMPTS):
            known = self._around(state)
            changes = settle(state, known)
            stored = {each.since: each for each in known}
            done = [change for change in changes if self._put(stored.get(change.since), change)]
            written += done
            if len(done) == len(changes):
                return written
        raise AgentLogConflictError(f"{state.state_key}: spans around it changed {_ATTEMPTS} times while it was added")

    def knows(self, offer: AgentOffer) -> bool:
        """Tell whether an offer was written: most are told twice, and a read costs less than a write in vain."""
        key = {"day": offer.day, "state_key": offer.state_key}
        found = self.dynamodb.get_item(TableName=self.table, Key=to_item(key), ProjectionExpression="state_key")
        return "Item" in found

    def add_offer(self, offer: AgentOffer) -> bool:
        """Write an offer; False where it is known.

        Notes
        -----
        **Source**: Amazon DynamoDB developer guide, "Condition expressions" (``attribute_not_exists``).
        """
        item = self._item(offer, offer.at)
        return self._write(Item=item, ConditionExpression="attribute_not_exists(state_key)")

    def _put(self, before: AgentState | None, after: AgentState) -> bool:
        item = self._item(after, after.since)
        if before is None:
            return self._write(Item=item, ConditionExpression="attribute_not_exists(state_key)")
        return self._write(
            Item=item,
            ConditionExpression="#state = :state AND #until = :until",
            ExpressionAttributeNames={"#state": "state", "#until": "until"},
            ExpressionAttributeValues=to_item({":state": before.state, ":until": format_moment(before.until)}),
        )

    def _item(self, entry: AgentEntry, began: datetime) -> dict[str, Any]:
        return to_item({**entry.to_values(), "expires_at": int(began.timestamp()) + self.retention_seconds})

    def _write(self, **request: Any) -> bool:
        try:
            self.dynamodb.put_item(TableName=self.table, **request)
        except self.dynamodb.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def _around(self, state: AgentState) -> list[AgentState]:
        """Return the agent's spans that may overlap a span: those that began a day before it, or in it."""
        first, last = state.since - LONGEST_STATE, max(state.until, state.since + _ONE_SECOND)
        condition = "#day = :day AND state_key BETWEEN :first AND :last"
        keys = {
            ":first": f"{state.username}#{format_moment(first)}",
            ":last": f"{state.username}#{format_moment(last)}",
        }
        return [
            entry
            for day in utc_days(first, last)
            for entry in self._query(condition, {":day": day, **keys})
            if isinstance(entry, AgentState)
        ]

    def _query(self, condition: str, values: dict[str, str]) -> Iterator[AgentEntry]:
        pages = self.dynamodb.get_paginator("query").paginate(
            TableName=self.table,
            KeyConditionExpression=condition,
            ExpressionAttributeNames={"#day": "day"},
            ExpressionAttributeValues=to_item(values),
            ConsistentRead=True,
        )
        for page in pages:
            for item in page["Items"]:
                yield read_entry(from_item(item))
