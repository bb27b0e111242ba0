"""What loading templates leaves for resources that come later, and for the front."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from twin.cloud.assembly import Asset
from twin.cloud.front.routes import HttpApi


@dataclass
class Inventory:
    """Things of the loaded stacks that no service keeps.

    Attributes
    ----------
    assets
        By object key.
    layers
        Folders by ARN of the layer version.
    sites
        Buckets that a site was deployed to.
    http_apis
        By id.
    role_names
        ARNs by name.
    managed_policies
        Documents by ARN.
    """

    assets: dict[str, Asset] = field(default_factory=dict)
    layers: dict[str, Path] = field(default_factory=dict)
    sites: list[str] = field(default_factory=list)
    http_apis: dict[str, HttpApi] = field(default_factory=dict)
    role_names: dict[str, str] = field(default_factory=dict)
    managed_policies: dict[str, Mapping[str, Any]] = field(default_factory=dict)
