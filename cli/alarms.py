"""Which alarms fired on the twin."""

from __future__ import annotations

from typing import Any

from cli.session import Session


def fired_alarms(session: Session) -> list[dict[str, Any]]:
    """Return each time that an alarm fired: ``at`` in the centre's time, ``alarm``, ``means`` and ``reason``."""
    return [
        {
            "at": change.at.astimezone(session.zone).isoformat(timespec="minutes"),
            "alarm": change.alarm,
            "means": change.description,
            "reason": change.reason,
        }
        for change in session.cloud.alarms.fired
    ]
