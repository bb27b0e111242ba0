"""The Customers table, as the functions of a call read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trunkline.ivr.customer import Customer, read_customer
from trunkline.runtime.items import from_item

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_ASKED = ("phone", "customer_id", "name", "language", "vip", "open_matters", "recent_contacts")


@dataclass(frozen=True)
class CustomerStore:
    """Customers by telephone number.

    Parameters
    ----------
    dynamodb
        Client.
    table
        Name of the table.
    """

    dynamodb: DynamoDBClient
    table: str

    def find(self, phone: str, now_epoch_seconds: float) -> Customer | None:
        """Return the customer who calls from ``phone`` (E.164), or ``None``.

        Raises
        ------
        botocore.exceptions.ClientError, botocore.exceptions.BotoCoreError
            If the table cannot be read.
        """
        if not phone:
            return None
        answer = self.dynamodb.get_item(
            TableName=self.table,
            Key={"phone": {"S": phone}},
            ProjectionExpression=", ".join(f"#{name}" for name in _ASKED),
            ExpressionAttributeNames={f"#{name}": name for name in _ASKED},
        )
        return read_customer(from_item(answer["Item"]), now_epoch_seconds) if "Item" in answer else None
