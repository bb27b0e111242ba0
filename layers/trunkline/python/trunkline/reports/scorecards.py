"""Scorecards of agents and departments: each figure with the number behind it, its interval and its target. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from trunkline.reports.catalogue import list_figures
from trunkline.reports.evidence import find_evidence, show_value
from trunkline.reports.material import Material
from trunkline.reports.report import agent_subjects, department_subjects, describe_period
from trunkline.reports.sections import Subject, count_subject, give
from trunkline.reports.targets import AGENT_FIGURES, DEPARTMENT_FIGURES, OwnTarget, bound_of

OwnTargets = Mapping[str, Mapping[str, OwnTarget]]
"""Targets that supervisors set, by agent and figure."""


def compose_scorecards(material: Material, own: OwnTargets, *, only_agent: str | None = None) -> dict[str, Any]:
    """Compose the scorecards of a period.

    Parameters
    ----------
    material
        Counts and resolution; the period before is not looked at.
    own
        Targets that supervisors set.
    only_agent
        The one agent whose card is wanted: then no department's is there.

    Returns
    -------
    dict
        JSON-compatible, as docs/reports.md tells it.
    """
    agents, departments = agent_subjects(material), department_subjects(material)
    if only_agent is not None:
        agents, departments = [each for each in agents if each.key == only_agent], []
    kept = ("period", "on", "from", "to", "days", "complete", "start", "end", "time_zone", "made_at", "written_at")
    described = describe_period(material)
    return {
        **{name: described[name] for name in (*kept, "late_days", "resolution", "service_level_convention")},
        "figures": list(AGENT_FIGURES),
        "agents": [_write_card(each, AGENT_FIGURES, own.get(each.key, {}), material) for each in agents],
        "departments": [_write_card(each, DEPARTMENT_FIGURES, {}, material) for each in departments],
    }


def judge(shown: Mapping[str, Any], value: float, bound: str) -> str:
    """Tell whether a figure meets its target.

    Returns
    -------
    str
        ``met`` or ``not_met`` where the whole interval is on one side of the target, ``no_telling`` where it is not,
        where there is no figure, or where a ratio has no interval.

    Examples
    --------
    >>> judge({"value": 88.1, "low": 77.5, "high": 94.1, "unit": "percent"}, 85, "at_least")
    'no_telling'
    >>> judge({"value": 88.1, "low": 85.0, "high": 94.1, "unit": "percent"}, 85, "at_least")
    'met'
    >>> judge({"value": 402, "low": None, "high": None, "unit": "count"}, 500, "at_least")
    'not_met'
    """
    low, high = shown["low"], shown["high"]
    if shown["unit"] == "count":
        low = high = shown["value"]
    if shown["value"] is None or low is None or high is None:
        return "no_telling"
    if bound == "at_most":
        low, high, value = -high, -low, -value
    if low >= value:
        return "met"
    return "not_met" if high < value else "no_telling"


def _write_card(
    subject: Subject, names: Iterable[str], own: Mapping[str, OwnTarget], material: Material
) -> dict[str, Any]:
    count = count_subject(subject, material.span, material.zone)
    given = give(subject, material, material.span, cost=False)
    days, catalogue = material.span.length_days(material.zone), list_figures(_convention(material.center))
    shown: dict[str, Any] = {}
    for name in names:
        evidence = find_evidence(catalogue[name], count, days, given)
        if evidence is None:
            continue
        figure = show_value(catalogue[name], evidence)
        if name == "first_contact_resolution_percent":
            figure["provisional"] = evidence.provisional
        target = _find_target(name, own.get(name), material.center)
        status = None if target is None else judge(figure, target["value"], target["bound"])
        if evidence.provisional and status == "met":
            status = "no_telling"
        shown[name] = {**figure, "target": target, "status": status}
    return {"key": subject.key, "name": subject.name, "contacts": count.tally.answered, "figures": shown}


def _find_target(figure: str, own: OwnTarget | None, center: Mapping[str, Any]) -> dict[str, Any] | None:
    targets = (center.get("reports") or {}).get("scorecards", {}).get("targets", {})
    of_center = targets.get(figure)
    if own is not None:
        return {
            "value": own.value,
            "bound": bound_of(figure),
            "source": "supervisor",
            "center_value": of_center,
            **{name: getattr(own, name) for name in ("reason", "set_by", "set_at")},
        }
    return None if of_center is None else {"value": of_center, "bound": bound_of(figure), "source": "center"}


def _convention(center: Mapping[str, Any]) -> str:
    return str(center["metrics"]["service_level_convention"])
