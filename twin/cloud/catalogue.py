"""The Glue Data Catalogue: databases and tables, to whoever may see them.

**Source**: AWS Glue API reference, "GetDatabase", "GetTable", "GetTables".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from twin.cloud.api import ApiCall
from twin.contracts import ServiceError

Parameters = Mapping[str, Any]


@dataclass(frozen=True)
class CatalogueTable:
    """A table: names of columns to types, in lower case, and where its files lie."""

    database: str
    name: str
    columns: Mapping[str, str]
    partitions: Mapping[str, str]
    location: str
    definition: Mapping[str, Any]


class DataCatalogue:
    """Answers the boto3 client ``glue``, and services that look tables up in somebody's name.

    Parameters
    ----------
    authorise
        Tells why a call is refused.
    """

    def __init__(self, authorise: Callable[[ApiCall], ServiceError | None]) -> None:
        self._authorise = authorise
        self._databases: dict[str, dict[str, CatalogueTable]] = {}

    def add_database(self, name: str) -> None:
        """Make a database known."""
        self._databases.setdefault(name.lower(), {})

    def add_table(self, table: CatalogueTable) -> None:
        """Make a table known; its database must be."""
        self._tables(table.database)[table.name] = table

    def names(self, database: str) -> list[str]:
        """Return the names of a database's tables."""
        return list(self._tables(database))

    def read_table(self, database: str, name: str, principal: str | None) -> CatalogueTable:
        """Return a table in somebody's name.

        Raises
        ------
        ServiceError
            If it is not there, or the principal may not see it.
        """
        denied = self._authorise(ApiCall("glue", "GetTable", {"DatabaseName": database, "Name": name}, principal, 0))
        if denied is not None:
            raise denied
        return self._table(database, name)

    def call(self, operation: str, parameters: Parameters, caller: str) -> dict[str, Any]:
        """Answer one operation of the API."""
        del caller
        if operation == "GetDatabase":
            self._tables(parameters["Name"])
            return {"Database": {"Name": parameters["Name"]}}
        if operation == "GetTable":
            return {"Table": dict(self._table(parameters["DatabaseName"], parameters["Name"]).definition)}
        if operation == "GetTables":
            tables = self._tables(parameters["DatabaseName"]).values()
            return {"TableList": [dict(table.definition) for table in tables]}
        raise ServiceError("UnsupportedOperation", f"the twin's catalogue offers no {operation}", 501)

    def _tables(self, database: str) -> dict[str, CatalogueTable]:
        try:
            return self._databases[database.lower()]
        except KeyError:
            raise ServiceError("EntityNotFoundException", f"Database {database} not found.") from None

    def _table(self, database: str, name: str) -> CatalogueTable:
        try:
            return self._tables(database)[name.lower()]
        except KeyError:
            raise ServiceError("EntityNotFoundException", f"Table {name} not found.") from None
