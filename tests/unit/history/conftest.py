"""One made-up span of days, delivered roughly and written as history writes it."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.unit.history.days import Delivery, deliver, make_contact, write_contacts


@pytest.fixture(scope="session")
def deliveries() -> list[Delivery]:
    random = Random(4)
    return deliver(random, [make_contact(random, number) for number in range(1500)])


@pytest.fixture(scope="session")
def folder(deliveries: list[Delivery], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("history")
    write_contacts(folder, deliveries)
    return folder
