"""What a host can do wrong with a session.

* :class:`RunError`

  * :class:`SessionOverError` - resumed after an ending
  * :class:`SessionStateError` - started twice, or resumed before the start
  * :class:`UnexpectedResultError` - answered an effect with a result that it does not take

What goes wrong inside a flow is never raised: it takes the action's error branch and shows in the trace.
"""

from __future__ import annotations


class RunError(RuntimeError):
    """A session was used in a way that its contract excludes."""


class SessionOverError(RunError):
    """The session has ended; there is nothing to resume."""


class SessionStateError(RunError):
    """The session was started twice, or resumed before it was started."""


class UnexpectedResultError(RunError):
    """The effect does not take this result. The session is unchanged and may be resumed with another."""
