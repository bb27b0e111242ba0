"""Telephones outside of Amazon Connect that flows call: somebody answers, nobody does, or the line is busy.

**Source**: Amazon Connect API Reference, "TransferParticipantToThirdParty" (CallFailed, and the time limit for the
third party to answer), "StartOutboundVoiceContact" (``RingTimeoutInSeconds``: 60 where none is given).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

RING_SECONDS = 60
"""How long an outside telephone rings where nobody says otherwise."""


@dataclass(frozen=True)
class OutsideCall:
    """What becomes of one call to an outside number.

    Attributes
    ----------
    outcome
        ``busy`` covers every call that the network cannot complete.
    seconds
        Until somebody answers, or until the network reports that it cannot be completed.
    talk_seconds
        From the answer until the outside party hangs up.
    """

    outcome: Literal["answers", "no_answer", "busy"]
    seconds: int = 1
    talk_seconds: int = 0


OutsideWorld = Callable[[str], OutsideCall]
"""Tells what becomes of a call to a number in E.164 format."""


def nobody(_number: str) -> OutsideCall:
    """Connect no outside number at all."""
    return OutsideCall("busy")
