"""The Glue catalogue's databases and tables, and Athena's workgroups and saved queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from twin.cloud.athena.executions import WorkGroup
from twin.cloud.athena.types import duckdb_type
from twin.cloud.catalogue import CatalogueTable
from twin.cloud.errors import NotOfferedError
from twin.cloud.resources.naming import physical_name
from twin.contracts import Created, Resource

if TYPE_CHECKING:
    from twin.cloud.cloud import LocalCloud


def create_database(cloud: LocalCloud, resource: Resource) -> Created:
    """Create a database of the catalogue."""
    name = resource.properties["DatabaseInput"].get("Name") or physical_name(resource, "Name", lower=True)
    cloud.catalogue.add_database(name)
    return Created(name)


def create_table(cloud: LocalCloud, resource: Resource) -> Created:
    """Create a table over Parquet files."""
    database, given = resource.properties["DatabaseName"], resource.properties["TableInput"]
    storage = given["StorageDescriptor"]
    library = storage.get("SerdeInfo", {}).get("SerializationLibrary", "")
    if "parquet" not in library.lower():
        raise NotOfferedError(f"table {given['Name']}: the twin reads Parquet only, not {library}")
    table = CatalogueTable(
        database=database.lower(),
        name=given["Name"].lower(),
        columns=_read_columns(storage["Columns"]),
        partitions=_read_columns(given.get("PartitionKeys", ())),
        location=storage["Location"],
        definition={**given, "DatabaseName": database},
    )
    cloud.catalogue.add_table(table)
    return Created(given["Name"])


def create_workgroup(cloud: LocalCloud, resource: Resource) -> Created:
    """Create a workgroup."""
    name, given = resource.properties["Name"], resource.properties.get("WorkGroupConfiguration", {})
    results, limit = given.get("ResultConfiguration", {}), given.get("BytesScannedCutoffPerQuery")
    cloud.athena.add_workgroup(
        WorkGroup(
            name,
            results.get("OutputLocation", ""),
            given.get("EnforceWorkGroupConfiguration", True),
            results.get("EncryptionConfiguration", {}),
            int(limit) if limit is not None else None,
        )
    )
    return Created(name, {"CreationTime": cloud.clock.now().isoformat()})


def create_named_query(cloud: LocalCloud, resource: Resource) -> Created:
    """Keep a saved query."""
    members = ("Name", "Description", "Database", "QueryString", "WorkGroup")
    given = {name: resource.properties[name] for name in members if name in resource.properties}
    query_id = cloud.athena.add_named_query({"WorkGroup": "primary", **given})
    return Created(query_id, {"NamedQueryId": query_id})


def _read_columns(columns: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    for column in columns:
        duckdb_type(column["Type"])
    return {column["Name"].lower(): column["Type"].lower() for column in columns}


PROVIDERS = {
    "AWS::Glue::Database": create_database,
    "AWS::Glue::Table": create_table,
    "AWS::Athena::WorkGroup": create_workgroup,
    "AWS::Athena::NamedQuery": create_named_query,
}
