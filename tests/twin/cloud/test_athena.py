"""Athena over the twin's S3: rows through Firehose and Glue into files, and SQL over them under a role."""

from __future__ import annotations

import base64
import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.twin.cloud.assemblies import allow, arn_of, role
from tests.twin.cloud.conftest import Load, arn, ref
from twin.cloud import LocalCloud
from twin.cloud.athena.engine import FileTable, ask
from twin.cloud.athena.parameters import ParameterError, substitute

GLUE = ["glue:GetTable"]
ASKING = [
    "athena:StartQueryExecution",
    "athena:GetQueryExecution",
    "athena:GetQueryResults",
    "athena:StopQueryExecution",
]
READING = ["s3:GetObject", "s3:ListBucket", "s3:PutObject"]


def lake(*statements: dict[str, Any], scanned: int | None = None) -> dict[str, Any]:
    """A stream that converts, its table, and a workgroup; ``statements`` is what the role Asker may do."""
    column = {"Name": "calls", "Type": "int"}
    location = {"Fn::Join": ["", ["s3://", {"Ref": "Bucket"}, "/history/calls/"]]}
    storage = {
        "Location": location,
        "Columns": [{"Name": "queue", "Type": "string"}, column],
        "SerdeInfo": {"SerializationLibrary": "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"},
    }
    table = {"Name": "calls", "PartitionKeys": [{"Name": "day", "Type": "string"}], "StorageDescriptor": storage}
    schema = {"DatabaseName": {"Ref": "Database"}, "TableName": {"Ref": "Table"}, "RoleARN": arn_of("Delivery")}
    destination = {
        "BucketARN": arn_of("Bucket"),
        "RoleARN": arn_of("Delivery"),
        "Prefix": "history/calls/day=!{timestamp:yyyy-MM-dd}/",
        "ErrorOutputPrefix": "failed/!{firehose:error-output-type}/",
        "BufferingHints": {"IntervalInSeconds": 900, "SizeInMBs": 64},
        "DataFormatConversionConfiguration": {
            "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {}}},
            "OutputFormatConfiguration": {"Serializer": {"ParquetSerDe": {}}},
            "SchemaConfiguration": schema,
        },
    }
    results = {"OutputLocation": {"Fn::Join": ["", ["s3://", {"Ref": "Bucket"}, "/results/"]]}}
    group = {"ResultConfiguration": results, **({"BytesScannedCutoffPerQuery": scanned} if scanned else {})}
    return {
        "Bucket": {"Type": "AWS::S3::Bucket", "Properties": {}},
        "Delivery": role(allow(["s3:PutObject", *GLUE]), service="firehose.amazonaws.com"),
        "Asker": role(*statements),
        "Database": {"Type": "AWS::Glue::Database", "Properties": {"DatabaseInput": {"Name": "center"}}},
        "Table": {
            "Type": "AWS::Glue::Table",
            "Properties": {"DatabaseName": {"Ref": "Database"}, "TableInput": table},
        },
        "Stream": {
            "Type": "AWS::KinesisFirehose::DeliveryStream",
            "Properties": {"ExtendedS3DestinationConfiguration": destination},
        },
        "Group": {
            "Type": "AWS::Athena::WorkGroup",
            "Properties": {"Name": "reports", "WorkGroupConfiguration": group},
        },
        "Saved": {
            "Type": "AWS::Athena::NamedQuery",
            "Properties": {
                "Name": "busiest",
                "Database": "center",
                "QueryString": "SELECT queue, sum(calls) AS calls FROM calls WHERE day >= ? GROUP BY queue ORDER BY 1",
                "WorkGroup": {"Ref": "Group"},
            },
        },
    }


def put(cloud: LocalCloud, *rows: Any) -> None:
    records = [{"Data": row if isinstance(row, bytes) else json.dumps(row).encode()} for row in rows]
    cloud.client("firehose").put_record_batch(DeliveryStreamName=ref(cloud, "Stream"), Records=records)
    cloud.run_until(cloud.clock.now() + timedelta(minutes=16))


def objects(cloud: LocalCloud, prefix: str) -> dict[str, bytes]:
    client, bucket = cloud.client("s3"), ref(cloud, "Bucket")
    listed = client.list_objects_v2(Bucket=bucket, Prefix=prefix).get("Contents", ())
    return {one["Key"]: client.get_object(Bucket=bucket, Key=one["Key"])["Body"].read() for one in listed}


def run(cloud: LocalCloud, sql: str, *values: str, principal: str | None = None) -> tuple[Any, str]:
    client = cloud.client("athena", principal)
    given = {"ExecutionParameters": list(values)} if values else {}
    context = {"Database": "center"}
    execution = client.start_query_execution(
        QueryString=sql, WorkGroup="reports", QueryExecutionContext=context, **given
    )["QueryExecutionId"]
    cloud.run_until(cloud.clock.now() + timedelta(seconds=3))
    return client.get_query_execution(QueryExecutionId=execution)["QueryExecution"], execution


def answer(cloud: LocalCloud, execution: str, **page: Any) -> list[list[str | None]]:
    found = cloud.client("athena").get_query_results(QueryExecutionId=execution, **page)
    return [[datum.get("VarCharValue") for datum in row["Data"]] for row in found["ResultSet"]["Rows"]]


def test_rows_become_parquet_by_day_and_answer_a_saved_query(load: Load) -> None:
    cloud = load(lake())
    put(cloud, {"queue": "orders", "calls": 2}, {"queue": "billing", "calls": None}, {"queue": "orders", "calls": 3})
    (key,) = objects(cloud, "history/")
    assert key.startswith("history/calls/day=2026-11-21/")
    assert key.endswith(".parquet")
    client = cloud.client("athena")
    (saved,) = client.list_named_queries(WorkGroup="reports")["NamedQueryIds"]
    query = client.get_named_query(NamedQueryId=saved)["NamedQuery"]
    told, execution = run(cloud, query["QueryString"], "'2026-11-01'")
    assert told["Status"]["State"] == "SUCCEEDED"
    assert told["Statistics"]["DataScannedInBytes"] > 0
    assert answer(cloud, execution) == [["queue", "calls"], ["billing", None], ["orders", "5"]]
    result = objects(cloud, f"results/{execution}.csv")
    assert list(csv.reader(io.StringIO(next(iter(result.values())).decode()))) == [
        ["queue", "calls"],
        ["billing", ""],
        ["orders", "5"],
    ]


def test_rows_that_do_not_fit_are_kept_with_their_cause(load: Load) -> None:
    cloud = load(lake())
    put(cloud, {"calls": "many"}, {"calls": 1}, b"{")
    kept = [json.loads(line) for body in objects(cloud, "failed/").values() for line in body.splitlines()]
    assert sorted(one["lastErrorCode"] for one in kept) == [
        "DataFormatConversion.MalformedData",
        "DataFormatConversion.ParseError",
    ]
    assert {base64.b64decode(one["rawData"]) for one in kept} == {b'{"calls": "many"}', b"{"}
    assert kept[0]["dataCatalogTable"]["tableName"] == "calls"
    assert all(key.startswith("failed/format-conversion-failed/") for key in objects(cloud, "failed/"))


def test_conversion_is_charged_beside_delivery(load: Load) -> None:
    cloud = load(lake())
    put(cloud, {"calls": 1})
    usage = cloud.usage()
    assert usage["firehose", "converted bytes"] == usage["firehose", "ingested bytes"] == 5120


def test_delivery_role_that_may_not_see_the_table_delivers_nothing(load: Load) -> None:
    resources = lake()
    resources["Delivery"] = role(allow("s3:PutObject"), service="firehose.amazonaws.com")
    cloud = load(resources)
    put(cloud, {"calls": 1})
    assert not objects(cloud, "history/")
    assert objects(cloud, "failed/format-conversion-failed/")
    assert "glue:GetTable" in cloud.denials[0].message()


@pytest.mark.parametrize("missing", ["glue:GetTable", "s3:GetObject", "s3:ListBucket", "s3:PutObject"])
def test_query_runs_in_the_name_of_whoever_asks(load: Load, missing: str) -> None:
    rights = [action for action in (*ASKING, *GLUE, *READING) if action != missing]
    cloud = load(lake(allow(rights)))
    put(cloud, {"calls": 1})
    told, _ = run(cloud, "SELECT * FROM calls", principal=arn(cloud, "Asker"))
    assert told["Status"]["State"] == "FAILED"
    assert missing in "".join(denial.message() for denial in cloud.denials)


def test_role_with_every_right_gets_its_answer(load: Load) -> None:
    cloud = load(lake(allow([*ASKING, *GLUE, *READING])))
    put(cloud, {"queue": "orders", "calls": 1})
    asker = arn(cloud, "Asker")
    told, execution = run(cloud, "SELECT queue FROM calls", principal=asker)
    assert told["Status"]["State"] == "SUCCEEDED", told
    found = cloud.client("athena", asker).get_query_results(QueryExecutionId=execution)
    assert found["ResultSet"]["Rows"][1] == {"Data": [{"VarCharValue": "orders"}]}
    assert not cloud.denials


def test_others_may_not_look_at_a_query(load: Load) -> None:
    cloud = load(lake(allow("athena:StartQueryExecution")))
    put(cloud, {"calls": 1})
    _, execution = run(cloud, "SELECT * FROM calls")
    with pytest.raises(ClientError, match="AccessDenied"):
        cloud.client("athena", arn(cloud, "Asker")).get_query_execution(QueryExecutionId=execution)


def test_query_takes_its_time_and_can_be_stopped(load: Load) -> None:
    cloud = load(lake())
    client = cloud.client("athena")
    execution = client.start_query_execution(QueryString="SELECT 1", WorkGroup="reports")["QueryExecutionId"]
    assert client.get_query_execution(QueryExecutionId=execution)["QueryExecution"]["Status"]["State"] == "QUEUED"
    with pytest.raises(ClientError, match="has not yet finished"):
        client.get_query_results(QueryExecutionId=execution)
    client.stop_query_execution(QueryExecutionId=execution)
    cloud.run_until(cloud.clock.now() + timedelta(seconds=5))
    assert client.get_query_execution(QueryExecutionId=execution)["QueryExecution"]["Status"]["State"] == "CANCELLED"


def test_query_that_reads_too_much_is_cancelled(load: Load) -> None:
    cloud = load(lake(scanned=10))
    put(cloud, {"calls": 1})
    told, _ = run(cloud, "SELECT * FROM calls")
    assert told["Status"]["State"] == "CANCELLED"
    assert "Bytes scanned limit" in told["Status"]["StateChangeReason"]


def test_wrong_sql_fails_with_the_engines_words(load: Load) -> None:
    told, _ = run(load(lake()), "SELECT nothing FROM calls")
    assert told["Status"]["State"] == "FAILED"
    assert "nothing" in told["Status"]["StateChangeReason"]


def test_answers_come_in_pages(load: Load) -> None:
    cloud = load(lake())
    put(cloud, *({"queue": f"q{number}"} for number in range(5)))
    _, execution = run(cloud, "SELECT queue FROM calls ORDER BY queue")
    assert answer(cloud, execution, MaxResults=2) == [["queue"], ["q0"]]
    pages = (
        cloud.client("athena")
        .get_paginator("get_query_results")
        .paginate(QueryExecutionId=execution, PaginationConfig={"PageSize": 4})
    )
    assert [len(page["ResultSet"]["Rows"]) for page in pages] == [4, 2]


def test_unknown_workgroup_is_refused(load: Load) -> None:
    with pytest.raises(ClientError, match="WorkGroup nowhere is not found"):
        load(lake()).client("athena").start_query_execution(QueryString="SELECT 1", WorkGroup="nowhere")


@pytest.mark.parametrize(
    ("sql", "values", "why"),
    [
        ("SELECT ? FROM t", ["1"], "only WHERE takes parameters"),
        ("SELECT a FROM t WHERE b = ? LIMIT ?", ["1", "2"], "LIMIT"),
        ("SELECT a FROM (SELECT ? AS a FROM t WHERE b = 1)", ["1"], "SELECT"),
        ("SELECT a FROM t WHERE b = ?", [], "expected 1 but found 0"),
        ("SELECT a FROM t WHERE b = '?'", ["1"], "expected 0 but found 1"),
    ],
)
def test_parameters_stand_where_athena_takes_them(sql: str, values: list[str], why: str) -> None:
    with pytest.raises(ParameterError, match=why):
        substitute(sql, values)


def test_parameter_may_stand_deep_in_a_condition() -> None:
    sql = "SELECT a FROM t WHERE b BETWEEN CAST(? AS date) AND (SELECT max(c) FROM u WHERE d = ?) -- ?"
    assert substitute(sql, ["'x'", "2"]) == sql.replace("?", "'x'", 1).replace("d = ?", "d = 2")


@pytest.mark.parametrize(
    ("sql", "value"),
    [
        ("SELECT 7 / 2", 3),
        ("SELECT day_of_week(DATE '2026-11-22')", 7),
        ("SELECT hour(at_timezone(with_timezone(TIMESTAMP '2026-11-01 09:30:00', 'UTC'), 'America/Los_Angeles'))", 1),
        ("SELECT cardinality(sequence(DATE '2026-11-01', DATE '2026-11-03', INTERVAL '1' DAY))", 3),
        ("SELECT max(x) FROM (VALUES (1), (NULL)) AS t (x)", 1),
    ],
)
def test_engine_means_what_athenas_means(sql: str, value: Any) -> None:
    assert ask(sql, [FileTable("nothing", {"a": "int"})]).rows == [(value,)]
