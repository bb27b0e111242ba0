"""Where a count belongs: an interval, of whom, and by which channel."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from trunkline.contact.moments import format_moment


class Key(NamedTuple):
    """Where a count belongs: an interval of a queue, of an agent, or of the centre (member ``-``).

    Attributes
    ----------
    scope
        ``queue``, ``agent`` or ``center``.
    name
        The queue, agent or ``-``; where the channel is not voice, followed by ``/`` and the channel.
    """

    start: datetime
    scope: str
    name: str

    @property
    def member(self) -> str:
        """The queue, the agent, or ``-``."""
        return self.name.partition("/")[0]

    @property
    def channel(self) -> str:
        """The channel, such as ``VOICE``."""
        return self.name.partition("/")[2] or "VOICE"

    @property
    def day(self) -> str:
        """UTC date: partition key of the metrics table."""
        return format_moment(self.start)[:10]

    @property
    def interval_key(self) -> str:
        """Sort key of the metrics table."""
        return f"{format_moment(self.start)}#{self.scope}#{self.name}"
