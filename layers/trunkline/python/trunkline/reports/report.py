"""The report of a period: every section, composed from its material. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trunkline.contact.moments import format_moment
from trunkline.reports.catalogue import list_figures
from trunkline.reports.material import Material
from trunkline.reports.sections import Subject, write_daily, write_section


def compose_report(material: Material) -> dict[str, Any]:
    """Compose the report of a period.

    Parameters
    ----------
    material
        Counts, resolution, cost.

    Returns
    -------
    dict
        JSON-compatible, as docs/reports.md tells it.
    """
    figures = list_figures(material.center["metrics"]["service_level_convention"])
    total = Subject(key="-", name=None, scope="queue", members=material.everything, cost=material.bill, resolves=True)
    report = {
        **describe_period(material),
        "total": write_section(total, material, figures),
        "queues": [write_section(each, material, figures) for each in queue_subjects(material)],
        "departments": [write_section(each, material, figures) for each in department_subjects(material)],
        "agents": [write_section(each, material, figures) for each in agent_subjects(material)],
        "channels": [write_section(each, material, figures) for each in _channel_subjects(material)],
        "daily": write_daily(total, material),
    }
    if material.with_cost:
        report["cost"] = _show_cost(material.bill)
    return report


def describe_period(material: Material) -> dict[str, Any]:
    """Say which period a document is about, and by which conventions it counts."""
    period, center, rule = material.period, material.center, material.rule
    return {
        "period": period.kind,
        "on": period.first.isoformat(),
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "days": len(period.days),
        "complete": period.is_complete(material.now),
        "start": format_moment(material.span.start),
        "end": format_moment(material.span.end),
        "time_zone": period.zone,
        "previous": {"from": period.previous.first.isoformat(), "to": period.previous.last.isoformat()},
        "baseline_weeks": period.baseline_weeks,
        "service_level_convention": center["metrics"]["service_level_convention"],
        "resolution": {"convention": rule.convention, "days": rule.days},
        "currency": center["costs"]["currency"],
        "made_at": format_moment(material.now),
        "written_at": format_moment(material.written_at),
        "late_days": sorted(material.late),
    }


def queue_subjects(material: Material) -> list[Subject]:
    """Return the queues, in the order of ``callcenter.yaml``."""
    queues, costs = material.center["queues"], _groups(material, "queues")
    return [
        Subject(
            key=queue,
            name=queues.get(queue, {}).get("title"),
            scope="queue",
            members=[("queue", queue)],
            cost=costs.get(queue),
            extras={"department": queues.get(queue, {}).get("department")},
        )
        for queue in material.queues
    ]


def department_subjects(material: Material) -> list[Subject]:
    """Return the departments, in the order of their queues."""
    costs = _groups(material, "departments")
    return [
        Subject(
            key=name,
            name=name,
            scope="queue",
            members=[("queue", queue) for queue in queues],
            cost=costs.get(name),
            extras={"queues": queues},
        )
        for name, queues in material.departments.items()
    ]


def agent_subjects(material: Material) -> list[Subject]:
    """Return the agents, by name."""
    people = material.center["agents"]
    return [
        Subject(
            key=username,
            name=people.get(username, {}).get("name"),
            scope="agent",
            members=[("agent", username)],
            usual=False,
        )
        for username in material.agents
    ]


def _channel_subjects(material: Material) -> list[Subject]:
    return [
        Subject(
            key=channel,
            name=None,
            scope="queue",
            members=material.everything,
            channels=[channel],
            resolves=False,
            usual=False,
        )
        for channel in sorted(material.span.counts.channels)
    ]


def _groups(material: Material, kind: str) -> Mapping[str, Any]:
    return material.bill[kind] if material.bill else {}


def _show_cost(bill: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if bill is None:
        return None
    return {name: bill[name] for name in ("currency", "total", "fixed", "contacts", "categories", "estimates")}
