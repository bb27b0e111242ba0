"""What each action type does: one handler each, found by the type's name.

An action type that is not here takes its error branch, and the trace says that it is not implemented.
"""

from __future__ import annotations

from collections.abc import Mapping

from contactflow.run.actions import (
    bots,
    contact,
    control,
    entry,
    functions,
    participant,
    queueing,
    recording,
    transfers,
)
from contactflow.run.outcomes import Handler

HANDLERS: Mapping[str, Handler] = {
    **participant.HANDLERS,
    **entry.HANDLERS,
    **bots.HANDLERS,
    **contact.HANDLERS,
    **recording.HANDLERS,
    **queueing.HANDLERS,
    **transfers.HANDLERS,
    **control.HANDLERS,
    **functions.HANDLERS,
}

__all__ = ["HANDLERS"]
