"""The tables that ``trunkline metrics`` works on: named one by one, or found in a stack."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from cli.errors import UsageError

if TYPE_CHECKING:
    from trunkline.contact.agent_log import AgentLog
    from trunkline.contact.log_store import ContactLog
    from trunkline.live.store import LiveStore
    from trunkline.metrics.store import MetricsStore


@dataclass(frozen=True)
class TableNames:
    """Names of the tables; what is ``None`` is looked for in the stack."""

    contacts: str | None = None
    agent_states: str | None = None
    metrics: str | None = None
    live: str | None = None


@dataclass(frozen=True)
class Stores:
    """The tables, open."""

    contacts: ContactLog
    agents: AgentLog
    metrics: MetricsStore
    live: LiveStore


def open_stores(stack: str, named: TableNames, retention_days: int) -> Stores:
    """Open the tables.

    Raises
    ------
    UsageError
        If a table is neither named nor in the stack, or there are no credentials.
    """
    import boto3
    from botocore.exceptions import BotoCoreError, ClientError

    from trunkline.contact.agent_log import AgentLog
    from trunkline.contact.log_store import ContactLog
    from trunkline.live.store import LiveStore
    from trunkline.metrics.store import MetricsStore

    try:
        tables = _complete(named, boto3, stack)
        dynamodb = boto3.client("dynamodb")
    except KeyError as error:
        raise UsageError(f"stack {stack} has no table {error.args[0]}", "Name the tables or another stack.") from error
    except (BotoCoreError, ClientError) as error:
        mend = "Give credentials and a region, and --stack, or every table (--contacts-table and so on)."
        raise UsageError(f"the tables of {stack} cannot be found: {error}", mend) from error
    seconds = retention_days * 86_400
    return Stores(
        ContactLog(dynamodb, tables["contacts"]),
        AgentLog(dynamodb, tables["agent_states"], seconds),
        MetricsStore(dynamodb, tables["metrics"], seconds),
        LiveStore(dynamodb, tables["live"]),
    )


def _complete(named: TableNames, boto3: Any, stack: str) -> dict[str, str]:
    names = {each.name: getattr(named, each.name) for each in fields(named)}
    if None in names.values():
        found = _find_tables(boto3.client("cloudformation"), stack)
        names = {name: table or found[name] for name, table in names.items()}
    return names


def _find_tables(cloudformation: Any, stack: str) -> dict[str, str]:
    """Return the tables of a stack by what they hold.

    Notes
    -----
    **Source**: AWS CloudFormation API reference, "ListStackResources".
    """
    parts = {"".join(word.title() for word in each.name.split("_")): each.name for each in fields(TableNames)}
    pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack)
    return {
        name: resource["PhysicalResourceId"]
        for page in pages
        for resource in page["StackResourceSummaries"]
        if resource["ResourceType"] == "AWS::DynamoDB::Table"
        for part, name in parts.items()
        if part in resource["LogicalResourceId"]
    }
