"""Amazon Data Firehose: buffering, transformation by Lambda, conversion of the format, delivery to S3.

**Source**: Firehose developer guide, "Transform source data", "Convert input data format", "Handle errors for data
format conversion", "Understand buffering hints".
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from twin.cloud.catalogue import CatalogueTable
from twin.cloud.clock import VirtualClock
from twin.cloud.delivery.buffer import Arrival, Buffer
from twin.cloud.delivery.conversion import convert_records
from twin.cloud.delivery.failures import Failure
from twin.cloud.delivery.messages import ClientFactory
from twin.cloud.delivery.prefixes import fill_prefix
from twin.cloud.meter import Meter
from twin.cloud.units import FIREHOSE_ROUNDING_BYTES
from twin.contracts import ServiceError

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class DeliverySettings:
    """A delivery stream with an extended S3 destination.

    Attributes
    ----------
    read_schema
        Looks the table up, by whose columns records become Parquet; ``None`` leaves them as they are.
    """

    name: str
    arn: str
    bucket: str
    role: str
    prefix: str = ""
    error_prefix: str = ""
    buffer_seconds: float = 300.0
    buffer_bytes: int = 5 * _MEGABYTE
    compress: bool = False
    function_arn: str | None = None
    function_role: str = ""
    function_seconds: float = 60.0
    function_bytes: int = _MEGABYTE
    function_retries: int = 3
    read_schema: Callable[[], CatalogueTable] | None = None


class DeliveryStream:
    """One delivery stream.

    Parameters
    ----------
    clock, client
        Time, and boto3 clients by service and principal.
    settings
        The stream.
    new_id
        Gives record and invocation ids.
    """

    def __init__(
        self, clock: VirtualClock, client: ClientFactory, settings: DeliverySettings, new_id: Callable[[str], str]
    ) -> None:
        self._clock = clock
        self._client = client
        self._settings = settings
        self._new_id = new_id
        self._incoming = Buffer(settings.function_seconds, settings.function_bytes)
        self._outgoing = Buffer(settings.buffer_seconds, settings.buffer_bytes)

    @property
    def converts(self) -> bool:
        """Whether records become Parquet."""
        return self._settings.read_schema is not None

    def put(self, data: bytes) -> str:
        """Take a record; answer its id."""
        record = Arrival(self._new_id(f"firehose:{self._settings.name}"), data, self._clock.now())
        if self._settings.function_arn:
            self._add(self._incoming, [record], self._transform)
        else:
            self._add(self._outgoing, [record], self._deliver)
        return record.record_id

    def _add(self, buffer: Buffer, records: Sequence[Arrival], flush: Callable[[], None]) -> None:
        if not buffer.records and records:
            generation = buffer.generation
            self._clock.call_later(buffer.seconds, lambda: flush() if buffer.generation == generation else None)
        buffer.records += records
        if buffer.full:
            flush()

    def _transform(self) -> None:
        self._attempt(self._incoming.take(), 1)

    def _attempt(self, records: list[Arrival], attempt: int) -> None:
        event = {
            "invocationId": self._new_id("firehose invocation"),
            "deliveryStreamArn": self._settings.arn,
            "region": self._settings.arn.split(":")[3],
            "records": [_as_event(record) for record in records],
        }
        error = self._invoke_and_sort(records, event)
        if error is None:
            return
        if attempt <= self._settings.function_retries and error[0] != "Lambda.AccessDenied":
            self._clock.call_later(1.0, lambda: self._attempt(records, attempt + 1))
            return
        self._fail(records, attempt, *error)

    def _invoke_and_sort(self, records: list[Arrival], event: Mapping[str, Any]) -> tuple[str, str] | None:
        client = self._client("lambda", self._settings.function_role)
        try:
            answer = client.invoke(FunctionName=self._settings.function_arn, Payload=json.dumps(event).encode())
        except ClientError as error:
            return "Lambda.AccessDenied", str(error)
        payload = json.loads(answer["Payload"].read())
        if "FunctionError" in answer:
            return "Lambda.FunctionError", str(payload.get("errorMessage"))
        results = {entry.get("recordId"): entry for entry in (payload or {}).get("records", ())}
        self._sort(records, results)
        return None

    def _sort(self, records: Sequence[Arrival], results: Mapping[str, Mapping[str, Any]]) -> None:
        delivered: list[Arrival] = []
        for record in records:
            result = results.get(record.record_id)
            if result is None:
                self._fail([record], 1, "Lambda.MissingRecordId", "the function's answer does not hold the record")
            elif result["result"] == "Ok":
                delivered.append(Arrival(record.record_id, base64.b64decode(result["data"]), record.arrived))
            elif result["result"] != "Dropped":
                message = "the function reported the record as ProcessingFailed"
                self._fail([record], 1, "Lambda.ProcessingFailedStatus", message)
        self._add(self._outgoing, delivered, self._deliver)

    def _deliver(self) -> None:
        records = self._outgoing.take()
        prefix = self._prefix(self._settings.prefix, "")
        if self._settings.read_schema is not None:
            self._convert(records, self._settings.read_schema, prefix)
            return
        body = b"".join(record.data for record in records)
        if self._settings.compress:
            self._write(prefix, gzip.compress(body, mtime=0), ".gz")
        else:
            self._write(prefix, body)

    def _convert(self, records: Sequence[Arrival], read_schema: Callable[[], CatalogueTable], prefix: str) -> None:
        try:
            table = read_schema()
        except ServiceError as error:
            self._refuse(records, "DataFormatConversion.InvalidSchema", str(error), None)
            return
        converted = convert_records([record.data for record in records], table.columns)
        if converted.parquet:
            self._write(prefix, converted.parquet, ".parquet")
        for place, failure in converted.failures.items():
            self._refuse([records[place]], failure.code, str(failure), table)

    def _refuse(self, records: Sequence[Arrival], code: str, message: str, table: CatalogueTable | None) -> None:
        failure, arn = Failure(code, message, self._clock.now()), self._settings.arn
        lines = [failure.of_conversion(record.data, record.arrived, arn, table) for record in records]
        self._keep("format-conversion-failed", lines)

    def _fail(self, records: Sequence[Arrival], attempts: int, code: str, message: str) -> None:
        failure, arn = Failure(code, message, self._clock.now(), attempts), self._settings.function_arn
        lines = [failure.of_processing(record.data, record.arrived, arn) for record in records]
        self._keep("processing-failed", lines)

    def _keep(self, error_type: str, lines: Sequence[Mapping[str, Any]]) -> None:
        body = "".join(json.dumps(line) + "\n" for line in lines).encode()
        self._write(self._prefix(self._settings.error_prefix, error_type), body)

    def _prefix(self, prefix: str, error_type: str) -> str:
        return fill_prefix(prefix, self._clock.now(), error_type, lambda: self._new_id("firehose prefix")[:11])

    def _write(self, prefix: str, body: bytes, suffix: str = "") -> None:
        name = f"{self._settings.name}-1-{self._clock.now():%Y-%m-%d-%H-%M-%S}-{self._new_id('firehose object')}"
        client = self._client("s3", self._settings.role)
        client.put_object(Bucket=self._settings.bucket, Key=f"{prefix}{name}{suffix}", Body=body)


class Firehose:
    """Answers the boto3 client ``firehose``.

    Parameters
    ----------
    meter
        Counts ingested bytes, and those that are converted, each record rounded up to 5 KB.
    """

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self._streams: dict[str, DeliveryStream] = {}

    def add(self, name: str, stream: DeliveryStream) -> None:
        """Make a delivery stream known."""
        self._streams[name] = stream

    def call(self, operation: str, parameters: Mapping[str, Any], caller: str) -> dict[str, Any]:
        """Answer one operation of the API."""
        del caller
        stream = self._streams.get(parameters.get("DeliveryStreamName", ""))
        if stream is None:
            message = f"Delivery stream {parameters.get('DeliveryStreamName')} not found"
            raise ServiceError("ResourceNotFoundException", message)
        if operation == "PutRecord":
            return {"RecordId": self._put(stream, parameters["Record"]), "Encrypted": True}
        if operation == "PutRecordBatch":
            ids = [self._put(stream, record) for record in parameters["Records"]]
            return {"FailedPutCount": 0, "RequestResponses": [{"RecordId": record_id} for record_id in ids]}
        raise ServiceError("UnsupportedOperation", f"the twin's Firehose offers no {operation}", 501)

    def _put(self, stream: DeliveryStream, record: Mapping[str, Any]) -> str:
        data = record["Data"].encode() if isinstance(record["Data"], str) else bytes(record["Data"])
        rounded = -(-max(len(data), 1) // FIREHOSE_ROUNDING_BYTES) * FIREHOSE_ROUNDING_BYTES
        self._meter.add("firehose", "ingested bytes", rounded)
        if stream.converts:
            self._meter.add("firehose", "converted bytes", rounded)
        return stream.put(data)


def _as_event(record: Arrival) -> dict[str, Any]:
    return {
        "recordId": record.record_id,
        "approximateArrivalTimestamp": int(record.arrived.timestamp() * 1000),
        "data": base64.b64encode(record.data).decode(),
    }
