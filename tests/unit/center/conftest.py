"""Breaking the small call centre."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.center.garage import SMALL, Broken, problems_in


@pytest.fixture
def break_center() -> Callable[..., Broken]:
    """Return a function that replaces parts of the small centre and reads the result."""

    def edit(*changes: tuple[str, str]) -> Broken:
        text = SMALL
        for old, new in changes:
            assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times"
            text = text.replace(old, new)
        return Broken(text, problems_in(text))

    return edit
