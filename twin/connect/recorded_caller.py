"""The caller of a conversation that was recorded elsewhere."""

from __future__ import annotations

from twin.connect.call import Call
from twin.connect.desk import Desk
from twin.connect.moments import SecondClock
from twin.connect.parties import Caller


class RecordedCaller(Caller):
    """Says what the recording holds, then hangs up; no flow runs, and the agent answers at once.

    Parameters
    ----------
    seconds
        Length of the recording.
    """

    def __init__(self, number: str, audio: bytes, seconds: float, clock: SecondClock) -> None:
        self.number = number
        self._audio = audio
        self._seconds = seconds
        self._clock = clock

    def speaks(self, call: Call, desk: Desk) -> None:
        """Let the recording play."""
        del desk
        call.play(self._audio)
        self._clock.later(self._seconds, call.hang_up)

    def is_left(self, call: Call) -> None:
        """Send an agent home who came for this conversation only."""
        desk = call.desk
        if desk is not None and desk.person is None:
            self._clock.later(1, lambda: desk.log_out() if desk.logged_in and desk.idle else None)
