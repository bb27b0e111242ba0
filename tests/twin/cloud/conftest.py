from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.twin.cloud.assemblies import write_assembly, write_code
from twin.cloud import LocalCloud

START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
Load = Callable[..., LocalCloud]


@pytest.fixture
def cloud() -> Iterator[LocalCloud]:
    with LocalCloud(seed=1, start=START) as opened:
        yield opened


@pytest.fixture
def load(cloud: LocalCloud, tmp_path: Path) -> Load:
    """Load one stack into the cloud; code is given as the text of its handler."""

    def loader(resources: Mapping[str, Any], code: str = "", **modules: str) -> LocalCloud:
        folder = write_code(tmp_path / "code", code or "def handler(event, context):\n    return event\n", **modules)
        cloud.load(write_assembly(tmp_path / "cdk.out", {"Stack": resources}, {"code.zip": folder}))
        return cloud

    return loader


def arn(cloud: LocalCloud, logical_id: str, attribute: str = "Arn") -> str:
    return str(cloud.loader.created["Stack", logical_id].attributes[attribute])


def ref(cloud: LocalCloud, logical_id: str) -> str:
    return cloud.loader.created["Stack", logical_id].ref
