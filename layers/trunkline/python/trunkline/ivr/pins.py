"""Verifies callers by PIN against the Customers table, and counts attempts there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trunkline.ivr.verification import Outcome, PinRecord, PinRules, count_attempt, is_right_pin, judge_attempt
from trunkline.runtime.items import from_item

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_READ = "pin_hash, pin_attempts, pin_attempted_at"
_ROUNDS = 4
_UNCOUNTED = "attribute_exists(pin_hash) AND (attribute_not_exists(pin_attempts) OR pin_attempts = :seen)"
_COUNTED = "pin_attempts = :seen AND pin_attempted_at = :before"


class ContendedPinError(Exception):
    """So many attempts for one customer at once that this one could not be counted; it was not looked at."""


@dataclass(frozen=True)
class PinDesk:
    """Verifies callers.

    Parameters
    ----------
    dynamodb
        Client.
    table
        Name of the Customers table.
    rules
        How often a PIN may be wrong.
    """

    dynamodb: DynamoDBClient
    table: str
    rules: PinRules

    def verify(self, phone: str, pin: str, now_epoch_seconds: float) -> Outcome:
        """Verify one attempt: counted first, compared then, forgotten where it was right.

        Parameters
        ----------
        phone
            The caller's number; whom the table does not know is never right, and that takes as long.
        pin
            Digits that the caller keyed.
        now_epoch_seconds
            This moment.

        Raises
        ------
        ContendedPinError
            If the attempt could not be counted.
        botocore.exceptions.ClientError, botocore.exceptions.BotoCoreError
            If the table cannot be read or written.
        """
        record, counted = self._count(phone, now_epoch_seconds)
        if counted is None:
            return "locked"
        right = is_right_pin(pin, record.pin_hash)
        if right:
            self._forget(phone)
        return judge_attempt(right=right, counted=counted, rules=self.rules)

    def _count(self, phone: str, now_epoch_seconds: float) -> tuple[PinRecord, int | None]:
        for _ in range(_ROUNDS):
            record = self._read(phone)
            if not record.pin_hash:
                return record, 0
            counted = count_attempt(record, self.rules, now_epoch_seconds)
            if counted is None or self._write(phone, record, counted, int(now_epoch_seconds)):
                return record, counted
        raise ContendedPinError("too many attempts for one customer at once; this one was not looked at")

    def _read(self, phone: str) -> PinRecord:
        answer = self.dynamodb.get_item(
            TableName=self.table, Key={"phone": {"S": phone}}, ProjectionExpression=_READ, ConsistentRead=True
        )
        values = from_item(answer.get("Item", {}))
        return PinRecord(
            str(values.get("pin_hash", "")), int(values.get("pin_attempts", 0)), int(values.get("pin_attempted_at", 0))
        )

    def _write(self, phone: str, seen: PinRecord, counted: int, now: int) -> bool:
        """Count an attempt, unless another one was counted since ``seen`` was read."""
        values = {":counted": {"N": str(counted)}, ":now": {"N": str(now)}, ":seen": {"N": str(seen.attempts)}}
        if seen.attempts:
            values[":before"] = {"N": str(seen.attempted_at)}
        try:
            self.dynamodb.update_item(
                TableName=self.table,
                Key={"phone": {"S": phone}},
                UpdateExpression="SET pin_attempts = :counted, pin_attempted_at = :now",
                ConditionExpression=_COUNTED if seen.attempts else _UNCOUNTED,
                ExpressionAttributeValues=values,
            )
        except self.dynamodb.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def _forget(self, phone: str) -> None:
        self.dynamodb.update_item(
            TableName=self.table,
            Key={"phone": {"S": phone}},
            UpdateExpression="REMOVE pin_attempts, pin_attempted_at",
        )
