"""How a contact ended, as far as its record shows."""

_ENDED_BY_FLOW = frozenset({"CONTACT_FLOW_DISCONNECT", "API"})


def derive_outcome(
    answered: bool, queued: bool, open_: bool, transferred: bool, continued: bool, reason: str
) -> str | None:
    """Name a contact's outcome.

    Parameters
    ----------
    answered
        An agent was connected; a transfer after that does not undo the answer.
    queued
        The contact entered a queue.
    open_
        The contact has not been disconnected.
    transferred
        It was passed on: a transfer was completed or it went to another endpoint.
    continued
        Another contact follows it.
    reason
        ``DisconnectReason`` of the record.

    Returns
    -------
    str or None
        ``answered``, ``transferred``, ``callback``, ``ended_by_flow``, ``abandoned`` (in a queue) or
        ``ended_in_menu`` (before one); ``None`` while it is open.

    Examples
    --------
    >>> derive_outcome(answered=False, queued=True, open_=False, transferred=False, continued=False,
    ...                reason="CUSTOMER_DISCONNECT")
    'abandoned'

    Notes
    -----
    A caller who accepts a callback leaves the queue and a contact with method ``CALLBACK`` follows: the
    first contact has a ``NextContactId`` and no transfer.

    **Source**: Amazon Connect administrator guide, "Data model for contact records" (``DisconnectReason``,
    ``NextContactId``, ``TransferCompletedTimestamp``) and "Historical metrics definitions" (abandoned).
    """
    if answered:
        return "answered"
    if open_:
        return None
    if transferred:
        return "transferred"
    if queued and continued:
        return "callback"
    if reason in _ENDED_BY_FLOW:
        return "ended_by_flow"
    return "abandoned" if queued else "ended_in_menu"
