"""Effects that end a session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from contactflow.run.effects.kinds import Ending


@dataclass(frozen=True, slots=True)
class Disconnect(Ending):
    """End the contact: the line goes dead for the caller.

    ``reason`` is ``flow`` for DisconnectParticipant, ``no_next_action`` where a flow names an error branch or
    action that is not there, ``endless`` where the guard against endless flows stopped it.
    """

    reason: Literal["flow", "no_next_action", "endless"] = "flow"


@dataclass(frozen=True, slots=True)
class End(Ending):
    """The flow has ended without disconnecting; the contact goes on elsewhere, or is already gone.

    ``reason``: ``ended`` (EndFlowExecution), ``queued``, ``transferred`` (to an agent or an outside number),
    ``dequeued``, ``hung_up``.
    """

    reason: Literal["ended", "queued", "transferred", "dequeued", "hung_up"] = "ended"
