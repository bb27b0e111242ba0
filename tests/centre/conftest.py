"""One synthesis for all days; the twin allows one open centre a process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cli.session import SAMPLE_CENTER
from cli.synthesis import synthesise
from tests.centre.altered import AlteredAssembly


@pytest.fixture(scope="session")
def assembly() -> Path:
    """The synthesised sample centre."""
    return synthesise(SAMPLE_CENTER)


@pytest.fixture(scope="session")
def altered_copy(assembly: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], AlteredAssembly]:
    """Copy the synthesised sample centre, to be broken; a copy for each call."""
    return lambda: AlteredAssembly(assembly, tmp_path_factory.mktemp("altered") / "cdk.out")


@pytest.fixture
def altered(altered_copy: Callable[[], AlteredAssembly]) -> AlteredAssembly:
    """A copy of the synthesised sample centre, to be broken by one test."""
    return altered_copy()


@pytest.fixture
def changed_center(tmp_path: Path) -> Callable[[str, str], Path]:
    """Write a copy of the sample's file in which one text is replaced."""

    def change(old: str, new: str) -> Path:
        text = SAMPLE_CENTER.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path = tmp_path / "bad.yaml"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return path

    return change
