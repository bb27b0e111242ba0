"""The four kinds of effect."""

from __future__ import annotations


class Effect:
    """Base of everything that a session asks for."""

    __slots__ = ()


class Instruction(Effect):
    """A setting on the contact. Answer ``Done()``, or ``Failed(reason)`` if the service would refuse it."""

    __slots__ = ()


class Interaction(Effect):
    """Something between the caller and the line that takes time."""

    __slots__ = ()


class Question(Effect):
    """A fact that only the host knows."""

    __slots__ = ()


class Ending(Effect):
    """The session is over; resuming it raises :class:`~contactflow.run.errors.SessionOverError`."""

    __slots__ = ()
