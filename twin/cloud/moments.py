"""Moments as AWS writes them in events: ISO 8601, UTC, with a ``Z``."""

from __future__ import annotations

from datetime import UTC, datetime


def iso_seconds(moment: datetime) -> str:
    """Return ``yyyy-mm-ddThh:mm:ssZ``.

    Examples
    --------
    >>> iso_seconds(datetime(2026, 11, 21, 9, 30, tzinfo=UTC))
    '2026-11-21T09:30:00Z'
    """
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def iso_seconds_at(timestamp: float) -> str:
    """Return the moment that is ``timestamp`` seconds after 1970, to the second."""
    return iso_seconds(datetime.fromtimestamp(timestamp, UTC))


def iso_milliseconds(moment: datetime) -> str:
    """Return ``yyyy-mm-ddThh:mm:ss.sssZ``.

    Examples
    --------
    >>> iso_milliseconds(datetime(2026, 11, 21, 9, 30, microsecond=5000, tzinfo=UTC))
    '2026-11-21T09:30:00.005Z'
    """
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
