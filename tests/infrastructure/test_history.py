"""History: what rows have is what tables have, files are converted, queries are limited and saved."""

from __future__ import annotations

from typing import Any

import pytest

from trunkline.history.datasets import DATASETS
from trunkline.history.queries import read_queries

from .conftest import PROJECT
from .templates import Assembly, Found, flatten

QUERIES = read_queries(PROJECT / "infra" / "queries")


def tables(assembly: Assembly) -> dict[str, dict[str, Any]]:
    return {
        found.properties["TableInput"]["Name"]: found.properties["TableInput"]
        for found in assembly.of_type("AWS::Glue::Table")
    }


def conversions(assembly: Assembly) -> dict[str, Found]:
    """Delivery streams that convert, by the table whose columns they take."""
    member = "DataFormatConversionConfiguration"
    return {
        found.properties["ExtendedS3DestinationConfiguration"][member]["SchemaConfiguration"]["TableName"]: found
        for found in assembly.of_type("AWS::KinesisFirehose::DeliveryStream")
        if member in found.properties["ExtendedS3DestinationConfiguration"]
    }


def test_tables_have_the_columns_of_the_rows_that_are_put(assembly: Assembly) -> None:
    found = {
        name: {column["Name"]: column["Type"] for column in table["StorageDescriptor"]["Columns"]}
        for name, table in tables(assembly).items()
    }
    assert found == {name: dict(columns) for name, columns in DATASETS.items()}


def test_every_dataset_is_delivered_where_its_table_looks(assembly: Assembly) -> None:
    streams = conversions(assembly)
    assert streams.keys() == DATASETS.keys()
    for name, table in tables(assembly).items():
        destination = streams[name].properties["ExtendedS3DestinationConfiguration"]
        location = flatten(table["StorageDescriptor"]["Location"])
        assert destination["Prefix"] == f"history/{name}/day=!{{timestamp:yyyy-MM-dd}}/"
        assert location.endswith(f"/history/{name}/")
        assert table["Parameters"]["projection.day.type"] == "date"
        assert table["Parameters"]["projection.day.range"] == "NOW-730DAYS,NOW"
        assert flatten(table["Parameters"]["storage.location.template"]) == f"{location}day=${{day}}/"
        assert [key["Name"] for key in table["PartitionKeys"]] == ["day"]


def test_streams_convert_encrypted_and_keep_what_does_not_fit(assembly: Assembly) -> None:
    for name, found in conversions(assembly).items():
        assert found.properties["DeliveryStreamEncryptionConfigurationInput"]["KeyType"] == "AWS_OWNED_CMK"
        destination = found.properties["ExtendedS3DestinationConfiguration"]
        assert destination["ErrorOutputPrefix"].startswith(f"failed/history/{name}/!{{firehose:error-output-type}}/")
        assert destination["BufferingHints"] == {"IntervalInSeconds": 900, "SizeInMBs": 64}
        assert destination["CompressionFormat"] == "UNCOMPRESSED", "Parquet is compressed within"
        conversion = destination["DataFormatConversionConfiguration"]
        assert conversion["OutputFormatConfiguration"]["Serializer"]["ParquetSerDe"] == {"Compression": "SNAPPY"}


def test_queries_are_encrypted_limited_and_nobody_can_ask_otherwise(assembly: Assembly) -> None:
    (group,) = assembly.of_type("AWS::Athena::WorkGroup")
    configuration = group.properties["WorkGroupConfiguration"]
    assert configuration["EnforceWorkGroupConfiguration"] is True
    assert configuration["BytesScannedCutoffPerQuery"] == 10 * 1024**3
    results = configuration["ResultConfiguration"]
    assert results["EncryptionConfiguration"] == {"EncryptionOption": "SSE_S3"}
    assert flatten(results["OutputLocation"]).endswith("/results/")


def test_every_query_is_saved_with_what_it_tells_and_asks_for_days_only(assembly: Assembly) -> None:
    saved = {found.properties["Name"]: found.properties for found in assembly.of_type("AWS::Athena::NamedQuery")}
    assert saved.keys() == QUERIES.keys()
    for name, properties in saved.items():
        assert properties["Description"].startswith(QUERIES[name].tells[:40])
        asked = properties["Description"].rsplit("Asks: ", 1)[1].rstrip(".").split(", ")
        assert set(asked) <= {"from_day", "to_day", "compare_from_day", "compare_to_day"}
        code = "\n".join(line.partition("--")[0] for line in properties["QueryString"].splitlines())
        assert code.count("?") == len(asked)
        assert "'America/Los_Angeles'" in code


@pytest.mark.parametrize("name", ["store_contact", "track_agent", "analyse_transcript"])
def test_producers_know_their_stream(assembly: Assembly, name: str) -> None:
    variables = assembly.functions()[name].properties["Environment"]["Variables"]
    (stream,) = [value for key, value in variables.items() if key.startswith("HISTORY_") and key.endswith("_STREAM")]
    assert "Ref" in stream
