"""What stays for as long as the process is set aside once; a closed cloud is not among it for long."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from twin.cloud import garbage


class Cloud:
    """Holds itself, as clouds do: only the collector lets it go."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(garbage, "_state", "nothing set aside")
    frozen = gc.get_freeze_count()
    gc.unfreeze()
    yield
    gc.unfreeze()
    if frozen:
        gc.freeze()


def test_collector_no_longer_walks_through_what_a_first_cloud_loaded() -> None:
    garbage.set_aside()
    assert gc.get_freeze_count() > 0


def test_nothing_is_set_aside_when_the_process_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    at_the_end: list[object] = []
    monkeypatch.setattr("atexit.register", at_the_end.append)
    garbage.set_aside()
    assert at_the_end == [gc.unfreeze]


def test_first_cloud_is_let_go_when_a_second_opens() -> None:
    first = Cloud()
    seen = weakref.ref(first)
    garbage.set_aside()
    del first
    gc.collect()
    assert seen() is not None
    garbage.release_closed()
    assert seen() is None
    assert gc.get_freeze_count() > 0


def test_later_clouds_are_not_set_aside() -> None:
    garbage.set_aside()
    garbage.release_closed()
    later = Cloud()
    seen = weakref.ref(later)
    garbage.set_aside()
    garbage.release_closed()
    del later
    gc.collect()
    assert seen() is None
