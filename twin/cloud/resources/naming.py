"""Physical names, as CloudFormation makes them when a template gives none."""

from __future__ import annotations

import hashlib

from twin.contracts import Resource


def physical_name(resource: Resource, property_name: str, *, longest: int = 64, lower: bool = False) -> str:
    """Return the name in ``property_name``, or stack, logical id and a suffix that is always the same."""
    given = resource.properties.get(property_name)
    if given:
        return str(given)
    suffix = hashlib.sha256(f"{resource.stack}/{resource.logical_id}".encode()).hexdigest()[:8]
    name = f"{resource.stack}-{resource.logical_id}"[: longest - 9] + f"-{suffix}"
    return name.lower() if lower else name


def tag_list(resource: Resource) -> list[dict[str, str]]:
    """Return the resource's tags as most APIs take them."""
    tags = resource.properties.get("Tags", [])
    return [{"Key": str(tag["Key"]), "Value": str(tag["Value"])} for tag in tags]
