"""Put the sample's customers into the Customers table, as an import from the shop's own system would."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from boto3.dynamodb.types import TypeSerializer

from twin.cloud import LocalCloud


def load_customers(cloud: LocalCloud, table: str, path: Path) -> int:
    """Write every customer of ``path`` into ``table``; return how many."""
    client = cloud.client("dynamodb")
    serialise = TypeSerializer().serialize
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = path.read_text(encoding="utf-8")
    customers: list[dict[str, Any]] = yaml.load(text, loader)["customers"]  # noqa: S506  # it is a safe loader
    for customer in customers:
        client.put_item(TableName=table, Item={key: serialise(value) for key, value in customer.items()})
    return len(customers)
