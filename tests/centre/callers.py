"""A caller who presses keys and hangs up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.centre.centre import Centre
from twin.connect.call import Call
from twin.connect.callback import Callback
from twin.connect.parties import Prompt


def ring(centre: Centre, keys: list[str]) -> list[str]:
    """Let somebody ring, press keys and hang up two minutes later; return what was said."""
    caller = KeyPresser(centre, keys)
    call = centre.session.network.dial(caller)
    centre.session.network.clock.later(120, call.hang_up)
    centre.run(minutes=5)
    return caller.heard


class KeyPresser:
    """A caller who presses one key a prompt that listens."""

    number = "+12065550199"

    def __init__(self, centre: Centre, keys: list[str]) -> None:
        self._later: Callable[..., Any] = centre.session.network.clock.later
        self._keys = list(keys)
        self.heard: list[str] = []

    def hears(self, call: Call, prompt: Prompt) -> None:
        self.heard.append(prompt.text)
        if prompt.listens == "keys" and self._keys:
            key = self._keys.pop(0)
            self._later(prompt.seconds, lambda: call.press(key))

    def waits(self, call: Call) -> None:
        pass

    def speaks(self, call: Call, desk: Any) -> None:
        pass

    def is_called(self, call: Callback) -> None:
        pass

    def is_put_through(self, call: Call) -> None:
        pass

    def is_left(self, call: Call) -> None:
        pass
