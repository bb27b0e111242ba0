"""Every example in a docstring is true."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WINGS = (
    ROOT / "contactflow",
    ROOT / "layers" / "trunkline" / "python" / "trunkline",
    ROOT / "twin",
    ROOT / "infra",
    ROOT / "cli",
)


def modules_with_examples() -> list[str]:
    found = []
    for wing in WINGS:
        for path in sorted(wing.rglob("*.py")):
            if ">>> " in path.read_text(encoding="utf-8"):
                parts = path.relative_to(wing.parent).with_suffix("").parts
                found.append(".".join(part for part in parts if part != "__init__"))
    return found


@pytest.mark.parametrize("name", modules_with_examples())
def test_examples_in_the_docstrings_are_true(name):
    outcome = doctest.testmod(import_module(name))
    assert outcome.attempted
    assert not outcome.failed
