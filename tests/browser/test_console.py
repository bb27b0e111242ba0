"""The console in a real browser, against a server of the API's contract."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.console_server import start_server
from tests.browser.running import names_of, require_console, run_scenarios

MODULE = "scenarios.mjs"


@pytest.fixture(scope="module")
def console_address() -> Iterator[str]:
    require_console()
    server = start_server()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def outcomes(console_address: str) -> dict[str, str | None]:
    return run_scenarios(MODULE, console_address)


@pytest.mark.parametrize("name", names_of(MODULE))
def test_in_the_browser(name: str, outcomes: dict[str, str | None]) -> None:
    error = outcomes[name]
    assert error is None, error
