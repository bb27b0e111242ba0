"""The night after a day: its schedule closes the day, and the workflow tells what it compared."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from typing import Any

from cli.session import Session
from twin.cloud.bill import make_bill

_WORKFLOW = "CloseDay"
_CLOSES_AT = clock_time(3, 15)
_LONGEST = timedelta(hours=4)
_STEP = timedelta(minutes=5)


def live_through_night(session: Session, day: date) -> dict[str, Any]:
    """Let virtual time go on until the day is closed.

    Returns
    -------
    dict
        ``status`` of the workflow (``None`` where none was started), its ``output`` or ``error`` and ``cause``, and
        what the night cost in dollars.
    """
    cloud = session.cloud
    spent = _spent(session)
    begin = datetime.combine(day + timedelta(days=1), _CLOSES_AT, session.zone)
    cloud.run_until(begin + _STEP)
    execution = _find_execution(session, begin)
    while execution and execution["status"] == "RUNNING" and cloud.clock.now() < begin + _LONGEST:
        cloud.run_until(cloud.clock.now() + _STEP)
        execution = _find_execution(session, begin)
    execution = execution or {}
    return {
        "status": execution.get("status"),
        "output": json.loads(execution.get("output", "null")),
        "error": execution.get("error"),
        "cause": execution.get("cause"),
        "cost": round(_spent(session) - spent, 9),
    }


def is_proved(night: dict[str, Any] | None) -> bool:
    """Tell whether a night, if there was one, closed its day without drift."""
    if night is None:
        return True
    return night["status"] == "SUCCEEDED" and not any(
        night["output"][source]["drifted"] for source in ("log", "history")
    )


def tell_night(night: dict[str, Any]) -> str:
    """Say in one line how the day was closed.

    Examples
    --------
    >>> log, history = {"compared": 266, "drifted": 0, "stuck": 0}, {"compared": 5, "drifted": 0}
    >>> tell_night({"status": "SUCCEEDED", "output": {"log": log, "history": history}, "cost": 0.0005})
    'closed: 266 counters compared, 0 drifted; 5 hours of history compared, 0 drifted; 0 contacts stuck ($0.0005)'
    """
    if night["status"] is None:
        return "not closed: no schedule started the workflow"
    if night["status"] != "SUCCEEDED":
        return f"not closed: {night['status']}, {night['error']}: {night['cause']}"
    log, history = night["output"]["log"], night["output"]["history"]
    return (
        f"closed: {log['compared']} counters compared, {log['drifted']} drifted; "
        f"{history['compared']} hours of history compared, {history['drifted']} drifted; "
        f"{log['stuck']} contacts stuck (${night['cost']:.4f})"
    )


def _find_execution(session: Session, since: datetime) -> dict[str, Any] | None:
    client = session.cloud.client("stepfunctions")
    for resource, made in session.cloud.created("AWS::StepFunctions::StateMachine"):
        if _WORKFLOW in resource.logical_id:
            for one in reversed(client.list_executions(stateMachineArn=made.ref)["executions"]):
                if one["startDate"] >= since:  # the schedule's; what it starts itself comes later
                    found: dict[str, Any] = client.describe_execution(executionArn=one["executionArn"])
                    return found
    return None


def _spent(session: Session) -> float:
    return float(sum(line.amount for line in make_bill(session.cloud.usage(), 1).lines))
