"""Amazon Athena: queries that run in virtual time, in the name of whoever asks.

**Source**: Amazon Athena API reference (StartQueryExecution, GetQueryExecution, GetQueryResults,
StopQueryExecution, ListNamedQueries, GetNamedQuery); user guide, "Use workgroups", "Access to Athena and S3".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from botocore.exceptions import ClientError

from twin.cloud.api import ApiCall
from twin.cloud.athena.engine import Answer, FileTable, SqlError, ask
from twin.cloud.athena.executions import QueryExecution, WorkGroup
from twin.cloud.athena.files import FetchedFiles
from twin.cloud.athena.parameters import ParameterError, substitute
from twin.cloud.athena.results import page_of, write_csv
from twin.cloud.catalogue import DataCatalogue
from twin.cloud.clock import VirtualClock
from twin.cloud.meter import Meter
from twin.contracts import ServiceError

QUEUED_SECONDS = 0.2
RUNNING_SECONDS = 1.3
LEAST_SCANNED_BYTES = 10 * 1024**2
"""Each query is charged for as much at least."""
_MOST_ROWS = 1000

Parameters = Mapping[str, Any]


class Athena:
    """Answers the boto3 client ``athena``.

    Parameters
    ----------
    clock, client, catalogue, meter, new_id
        Rooms of the cloud.
    authorise
        Tells why a call is refused.
    """

    def __init__(
        self,
        *,
        clock: VirtualClock,
        client: Callable[[str, str | None], Any],
        catalogue: DataCatalogue,
        meter: Meter,
        new_id: Callable[[str], str],
        authorise: Callable[[ApiCall], ServiceError | None],
    ) -> None:
        self._clock = clock
        self._client = client
        self._catalogue = catalogue
        self._meter = meter
        self._new_id = new_id
        self._authorise = authorise
        self._files = FetchedFiles()
        self._workgroups = {"primary": WorkGroup("primary", enforced=False)}
        self._named: dict[str, Mapping[str, Any]] = {}
        self._executions: dict[str, QueryExecution] = {}

    def add_workgroup(self, workgroup: WorkGroup) -> None:
        """Make a workgroup known."""
        self._workgroups[workgroup.name] = workgroup

    def add_named_query(self, query: Mapping[str, Any]) -> str:
        """Keep a saved query, and return its id."""
        query_id = self._new_id("athena named query")
        self._named[query_id] = {**query, "NamedQueryId": query_id}
        return query_id

    def call(self, operation: str, parameters: Parameters, caller: str) -> dict[str, Any]:
        """Answer one operation of the API."""
        answers: Mapping[str, Callable[[Parameters, str], dict[str, Any]]] = {
            "StartQueryExecution": self._start,
            "GetQueryExecution": self._describe,
            "GetQueryResults": self._results,
            "StopQueryExecution": self._stop,
            "ListNamedQueries": self._list_named,
            "GetNamedQuery": self._get_named,
        }
        if operation not in answers:
            raise ServiceError("UnsupportedOperation", f"the twin's Athena offers no {operation}", 501)
        return answers[operation](parameters, caller)

    # --- one query ----------------------------------------------------------------------------------

    def _start(self, parameters: Parameters, caller: str) -> dict[str, Any]:
        workgroup = self._workgroup(parameters.get("WorkGroup", "primary"))
        asked = parameters.get("ResultConfiguration", {}).get("OutputLocation", "")
        location = workgroup.output_location if workgroup.enforced or not asked else asked
        if not location:
            raise _invalid("No output location provided. An output location is required.")
        execution = QueryExecution(
            self._new_id("athena query"),
            parameters["QueryString"],
            tuple(parameters.get("ExecutionParameters", ())),
            parameters.get("QueryExecutionContext", {}).get("Database", "default"),
            workgroup,
            location,
            caller or None,
            self._clock.now(),
        )
        self._executions[execution.execution_id] = execution
        self._clock.call_later(QUEUED_SECONDS, lambda: self._begin(execution))
        return {"QueryExecutionId": execution.execution_id}

    def _begin(self, execution: QueryExecution) -> None:
        if execution.state == "QUEUED":
            execution.state = "RUNNING"
            self._clock.call_later(RUNNING_SECONDS, lambda: self._run(execution))

    def _run(self, execution: QueryExecution) -> None:
        if execution.state != "RUNNING":
            return
        try:
            answer = self._answer(execution)
            self._keep(execution, answer)
        except (ParameterError, SqlError) as error:
            self._end(execution, "FAILED", str(error))
        except (ClientError, ServiceError) as error:
            self._end(execution, "FAILED", f"PERMISSION_DENIED or missing: {error}")
        else:
            execution.answer = answer
            limit = execution.workgroup.most_scanned_bytes
            if limit is not None and execution.scanned_bytes > limit:
                self._end(execution, "CANCELLED", "Query cancelled! : Bytes scanned limit was exceeded")
            else:
                self._end(execution, "SUCCEEDED", "")
        self._meter.add("athena", "scanned bytes", max(execution.scanned_bytes, LEAST_SCANNED_BYTES))

    def _answer(self, execution: QueryExecution) -> Answer:
        query = substitute(execution.query, execution.parameters)
        words = set(re.findall(r"\w+", query.lower()))
        s3, tables = self._client("s3", execution.principal), []
        for name in self._catalogue.names(execution.database):
            if name in words:
                table = self._catalogue.read_table(execution.database, name, execution.principal)
                files, size = self._files.fetch(s3, table)
                execution.scanned_bytes += size
                tables.append(FileTable(name, table.columns, table.partitions, files))
        return ask(query, tables)

    def _keep(self, execution: QueryExecution, answer: Answer) -> None:
        bucket, key = execution.place
        option = execution.workgroup.encryption.get("EncryptionOption", "")
        encryption = {"ServerSideEncryption": "AES256"} if option == "SSE_S3" else {}
        s3 = self._client("s3", execution.principal)
        s3.put_object(Bucket=bucket, Key=key, Body=write_csv(answer), **encryption)

    def _end(self, execution: QueryExecution, state: str, reason: str) -> None:
        execution.state, execution.reason, execution.completed = state, reason, self._clock.now()

    def _stop(self, parameters: Parameters, caller: str) -> dict[str, Any]:
        execution = self._find(parameters, "StopQueryExecution", caller)
        if not execution.over:
            self._end(execution, "CANCELLED", "Query cancelled by the user")
        return {}

    def _describe(self, parameters: Parameters, caller: str) -> dict[str, Any]:
        execution = self._find(parameters, "GetQueryExecution", caller)
        return {"QueryExecution": execution.describe(self._clock.now())}

    def _results(self, parameters: Parameters, caller: str) -> dict[str, Any]:
        execution = self._find(parameters, "GetQueryResults", caller)
        if execution.state != "SUCCEEDED" or execution.answer is None:
            raise _invalid(f"Query has not yet finished. Current state: {execution.state}")
        bucket, key = execution.place
        self._client("s3", caller or None).get_object(Bucket=bucket, Key=key)
        start, size = int(parameters.get("NextToken", 0)), int(parameters.get("MaxResults", _MOST_ROWS))
        return page_of(execution.answer, start, min(size, _MOST_ROWS))

    def _find(self, parameters: Parameters, operation: str, caller: str) -> QueryExecution:
        execution = self._executions.get(parameters["QueryExecutionId"])
        if execution is None:
            raise _invalid(f"QueryExecution {parameters['QueryExecutionId']} was not found")
        call = ApiCall("athena", operation, {"WorkGroup": execution.workgroup.name}, caller or None, 0)
        denied = self._authorise(call)
        if denied is not None:
            raise denied
        return execution

    # --- saved queries ------------------------------------------------------------------------------

    def _list_named(self, parameters: Parameters, caller: str) -> dict[str, Any]:
        del caller
        group = parameters.get("WorkGroup", "primary")
        return {"NamedQueryIds": [name for name, query in self._named.items() if query["WorkGroup"] == group]}

    def _get_named(self, parameters: Parameters, caller: str) -> dict[str, Any]:
        del caller
        if parameters["NamedQueryId"] not in self._named:
            raise _invalid(f"NamedQuery {parameters['NamedQueryId']} was not found")
        return {"NamedQuery": dict(self._named[parameters["NamedQueryId"]])}

    def _workgroup(self, name: str) -> WorkGroup:
        if name not in self._workgroups:
            raise _invalid(f"WorkGroup {name} is not found.")
        return self._workgroups[name]


def _invalid(message: str) -> ServiceError:
    return ServiceError("InvalidRequestException", message)
