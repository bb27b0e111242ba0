from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.unit.contact.samples import center_document
from trunkline.billing.volume import Volume, plan_volume


@pytest.fixture(scope="session")
def center() -> dict[str, Any]:
    return center_document()


@pytest.fixture
def volume(center):
    """Return a function that plans a volume of 200 calls a day of 6 minutes, with changes."""

    def plan(**changes: Any) -> Volume:
        values = {"calls_per_day": 200, "minutes": 6, **changes}
        whole = {"retention_days"}
        return plan_volume(
            center,
            **{
                name: value if name in whole or value is None else Decimal(str(value)) for name, value in values.items()
            },
        )

    return plan
