"""What Firehose keeps of records that it could not process or convert, beside what arrived.

**Source**: Amazon Data Firehose developer guide, "Handle failure in data transformation", "Handle errors for data
format conversion".
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from twin.cloud.catalogue import CatalogueTable


@dataclass(frozen=True)
class Failure:
    """Why a record did not come through, and when that was clear."""

    code: str
    message: str
    ended: datetime
    attempts: int = 1

    def of_processing(self, data: bytes, arrived: datetime, function_arn: str | None) -> dict[str, Any]:
        """Describe a record that the function failed on."""
        return {
            "attemptsMade": self.attempts,
            "arrivalTimestamp": _milliseconds(arrived),
            "errorCode": self.code,
            "errorMessage": self.message,
            "attemptEndingTimestamp": _milliseconds(self.ended),
            "rawData": base64.b64encode(data).decode(),
            "lambdaArn": function_arn,
        }

    def of_conversion(self, data: bytes, arrived: datetime, stream_arn: str, table: CatalogueTable | None) -> Any:
        """Describe a record that does not fit its table, or whose table cannot be read."""
        region, account = stream_arn.split(":")[3:5]
        named = {"databaseName": table.database, "tableName": table.name} if table else {}
        return {
            "attemptsMade": self.attempts,
            "arrivalTimestamp": _milliseconds(arrived),
            "lastErrorCode": self.code,
            "lastErrorMessage": self.message,
            "attemptEndingTimestamp": _milliseconds(self.ended),
            "rawData": base64.b64encode(data).decode(),
            "sequenceNumber": None,
            "subSequenceNumber": None,
            "dataCatalogTable": {"catalogId": account, "region": region, "versionId": "LATEST", **named},
        }


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
