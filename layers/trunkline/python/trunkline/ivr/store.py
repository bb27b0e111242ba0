"""What an identification reads: the Customers table, and the announcement on the live board."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from trunkline.ivr.customer import Customer
from trunkline.runtime.items import from_item

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_LONGEST_ANNOUNCEMENT = 1000


class CustomerStore:
    """The Customers table, keyed by telephone number.

    Parameters
    ----------
    client
        DynamoDB client.
    table
        Name of the table.
    """

    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def find(self, phone: str) -> Customer | None:
        """Return the customer who calls from ``phone`` (E.164), or ``None``.

        Raises
        ------
        botocore.exceptions.ClientError, botocore.exceptions.BotoCoreError
            If the table cannot be read.
        """
        if not phone:
            return None
        answer = self._client.get_item(TableName=self._table, Key={"phone": {"S": phone}})
        return _parse_customer(from_item(answer["Item"])) if "Item" in answer else None


class AnnouncementBoard:
    """The announcement that the live board publishes as item ``kind=announcement, id=current``.

    Parameters
    ----------
    client
        DynamoDB client.
    table
        Name of the Live table.
    """

    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def read(self, language: str, now_epoch_seconds: float) -> str:
        """Return the sentence to play now, or an empty text.

        Parameters
        ----------
        language
            Language code to prefer where the announcement is given in several.
        now_epoch_seconds
            Time of the call; an announcement past its ``expires_at`` is not played, even if
            DynamoDB has not deleted it yet.

        Raises
        ------
        botocore.exceptions.ClientError, botocore.exceptions.BotoCoreError
            If the table cannot be read.

        Notes
        -----
        **Source**: Amazon DynamoDB developer guide, "Using time to live (TTL)": expired items stay
        readable for up to a few days.
        """
        key = {"kind": {"S": "announcement"}, "id": {"S": "current"}}
        answer = self._client.get_item(TableName=self._table, Key=key)
        item = from_item(answer.get("Item", {}))
        if item.get("expires_at", now_epoch_seconds + 1) <= now_epoch_seconds:
            return ""
        return _in_language(item.get("text", ""), language)[:_LONGEST_ANNOUNCEMENT]


def _parse_customer(values: Mapping[str, Any]) -> Customer:
    return Customer(
        phone=str(values["phone"]),
        customer_id=str(values.get("customer_id", "")),
        name=str(values.get("name", "")),
        language=str(values.get("language", "")),
        vip=values.get("vip") is True,
    )


def _in_language(text: object, language: str) -> str:
    if isinstance(text, Mapping):
        return str(text.get(language) or next(iter(text.values()), ""))
    return str(text)
