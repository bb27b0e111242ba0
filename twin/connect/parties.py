"""The people at both ends of the line, as the network sees them.

The network tells a party what it hears; the party acts through the handle that it is given: a
:class:`~twin.connect.call.Call` for callers, a :class:`~twin.connect.desk.Desk` for agents.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from twin.connect.call import Call
    from twin.connect.callback import Callback
    from twin.connect.desk import Desk


@dataclass(frozen=True)
class Prompt:
    """What the caller begins to hear.

    Attributes
    ----------
    language
        Language code such as ``en``.
    seconds
        Whole seconds that it lasts.
    listens
        ``keys`` while the flow waits for key presses, ``speech`` while a bot listens, else ``nothing``.
    """

    text: str
    language: str
    seconds: int
    listens: str = "nothing"


class Caller:
    """Somebody with a telephone, who does nothing but for what a subclass does.

    Attributes
    ----------
    number
        The E.164 number that the centre sees.
    """

    number: str

    def hears(self, call: Call, prompt: Prompt) -> None:
        """React to a prompt that begins: press keys, speak or hang up, now or later."""

    def waits(self, call: Call) -> None:
        """React to being put into a queue."""

    def speaks(self, call: Call, desk: Desk) -> None:
        """React to being connected to an agent."""

    def is_called(self, call: Callback) -> None:
        """React to a telephone that rings because a callback was agreed: pick up, now or later, or let it ring."""

    def is_put_through(self, call: Call) -> None:
        """React to being connected with somebody outside of the centre."""

    def is_left(self, call: Call) -> None:
        """React to the line going dead, or to having hung up."""


class AgentPerson:
    """Somebody at an agent's desk, who does nothing but for what a subclass does."""

    def is_rung(self, desk: Desk, call: Call) -> None:
        """React to a contact that rings: accept it, now or later, or let it ring."""

    def speaks(self, desk: Desk, call: Call) -> None:
        """React to being connected to a caller."""

    def wraps_up(self, desk: Desk, call: Call) -> None:
        """React to the end of a conversation: after-contact work has begun."""

    def is_missed(self, desk: Desk) -> None:
        """React to an offer that was missed or that the caller gave up."""
