"""Callers who help themselves, and supervisors who speak to all of them, on the whole sample centre."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.centre.announcing import announce, ring_as
from tests.centre.callers import KeyPresser
from tests.centre.centre import Centre, open_centre

ANN = "+15555550101"
EARL = "+15555550104"
DEBORAH = "+15555550103"


@pytest.fixture(scope="module")
def opened() -> Iterator[Centre]:
    with open_centre(1) as centre:
        centre.run_until(11)
        yield centre


@pytest.fixture
def centre(opened: Centre) -> Iterator[Centre]:
    yield opened
    announce(opened, "DELETE")


def publish(centre: Centre, text: str, *, closed: bool = False) -> None:
    until = centre.session.cloud.clock.now() + timedelta(hours=1)
    announce(centre, "PUT", text={"en": text, "ko": "안내입니다."}, closed=closed, expires_at=until.isoformat())


def test_order_is_found_at_the_shops_own_endpoint(centre: Centre) -> None:
    heard = ring_as(centre, ANN, "4", "10017#", "1")
    assert "Your order 1 0 0 1 7 left our warehouse yesterday and should arrive in two days." in heard


def test_order_that_the_endpoint_cannot_tell_goes_on_to_people(centre: Centre) -> None:
    heard = ring_as(centre, ANN, "4", "99994#", "1")
    assert not any("Your order" in one for one in heard)
    assert any("expected wait" in one for one in heard)


def test_balance_is_told_to_who_knows_the_pin_and_the_pin_appears_nowhere(centre: Centre) -> None:
    heard = ring_as(centre, EARL, "5", "1560")
    assert "The balance due on your account is 1240 dollars." in heard
    cloud = centre.session.cloud
    logged = [
        line
        for group in cloud.client("logs").describe_log_groups()["logGroups"]
        for line in cloud.logs.lines(group["logGroupName"])
    ]
    assert logged
    assert not [line for line in logged if '"1560"' in line]


def test_wrong_pin_is_told_and_people_help(centre: Centre) -> None:
    heard = ring_as(centre, ANN, "5", "1111")
    assert any("PIN is not right" in one for one in heard)
    assert not any("balance due" in one for one in heard)


def test_third_wrong_pin_locks_and_people_help(centre: Centre) -> None:
    heard = ring_as(centre, DEBORAH, "5", "1111", "1112", "1113", "7093")
    assert [one for one in heard if "PIN" in one and "enter" not in one] == [
        *["This PIN is not right."] * 2,
        "For your safety, your PIN is locked for some minutes. One of our people will help you.",
    ]
    assert not any("balance due" in one for one in heard)
    centre.run(minutes=16)
    assert any("balance due" in one for one in ring_as(centre, DEBORAH, "5", "7093"))


class Listener(KeyPresser):
    """A caller who learns at the second prompt that something was published meanwhile."""

    def __init__(self, centre: Centre, publish_now: Any, keys: list[str]) -> None:
        super().__init__(centre, keys)
        self.number = ANN
        self._publish = publish_now

    def hears(self, call: Any, prompt: Any) -> None:
        if prompt.listens == "keys" and self._publish is not None:
            self._publish()
            self._publish = None
        super().hears(call, prompt)


def test_call_in_a_menu_hears_a_new_announcement_at_its_next_step_and_once(centre: Centre) -> None:
    caller = Listener(centre, lambda: publish(centre, "Snow closes the pass."), ["3", "2"])
    call = centre.session.network.dial(caller)
    centre.run(minutes=3)
    call.hang_up()
    assert caller.heard.count("Snow closes the pass.") == 1
    menu = next(index for index, one in enumerate(caller.heard) if one.startswith("For an order"))
    assert caller.heard.index("Snow closes the pass.") > menu


def test_emergency_closure_ends_calls_in_menus_at_their_next_step(centre: Centre) -> None:
    caller = Listener(centre, lambda: publish(centre, "We had to leave the building.", closed=True), ["3", "2"])
    call = centre.session.network.dial(caller)
    centre.run(minutes=2)
    assert caller.heard[-1] == "We had to leave the building."
    assert call.over
    assert ring_as(centre, ANN, "1")[-1] == "We had to leave the building."
