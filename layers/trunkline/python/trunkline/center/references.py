"""Checking what two places of ``callcenter.yaml`` say about each other.

Works on the raw document, so that one misshapen value hides no other problem. A part that is missing
or misshapen as a whole is reported by :mod:`trunkline.center.shapes` and is not reported again here.
"""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from .document import Document
from .errors import suggest_name
from .menus import check_menus
from .opening import check_hours
from .place import Place
from .price_codes import PRICE_CODES
from .services import check_services
from .shifts import check_shifts
from .texts import check_texts

_time_zones = cache(available_timezones)  # the files of the time zones, which do not change


def check_references(document: Document) -> None:
    """Note every reference in ``document`` that leads nowhere, and every contradiction."""
    center = Place(document, (), document.data)
    _check_time_zone(center["time_zone"])
    check_hours(center)
    _check_skills(center)
    _check_queues(center)
    _check_agents(center)
    check_shifts(center)
    check_texts(center)
    check_menus(center)
    check_services(center)
    _check_retention(center["recording"])
    _check_prices(center["costs"]["prices"])
    _check_resolution(center)


def _check_time_zone(zone: Place) -> None:
    if zone.text and zone.text not in _time_zones():
        zone.blame(
            zone.text,
            "a time zone such as America/Los_Angeles or Asia/Seoul",
            suggest_name(zone.text, sorted(_time_zones())),
        )


def _check_queues(center: Place) -> None:
    hours, skills = center["hours"].names(), center["skills"].names()
    mastered = _skills_of_agents(center)
    for _, queue in center["queues"].entries():
        queue["hours"].refer(hours, "opening hours defined under hours")
        skill = queue["skill"]
        known = skill.refer(skills, "a skill listed under skills")
        if known and mastered and skill.text not in mastered:
            found = f"{skill.text}, which no agent has"
            skill.blame(found, "a skill of at least one agent, or nobody can answer")


def _check_skills(center: Place) -> None:
    wanted = {queue["skill"].text for _, queue in center["queues"].entries()}
    mastered = _skills_of_agents(center)
    seen: set[str] = set()
    for skill in center["skills"].items():
        if skill.text is None:
            continue
        if skill.text in seen:
            skill.blame(f"{skill.text} again", "each skill once")
        elif mastered and skill.text not in mastered and skill.text not in wanted:
            skill.blame(f"{skill.text}, which no agent has", "skills that agents have (or remove it)")
        seen.add(skill.text)


def _skills_of_agents(center: Place) -> set[str]:
    return {skill for _, agent in center["agents"].entries() for skill, _ in agent["skills"].entries()}


def _check_agents(center: Place) -> None:
    languages, skills = center["languages"].names(), center["skills"].names()
    for _, agent in center["agents"].entries():
        spoken: set[str] = set()
        for language in agent["languages"].items():
            language.refer(languages, "a language defined under languages")
            if language.text in spoken:
                language.blame(f"{language.text} again", "each language once")
            spoken.add(language.text or "")
        for skill, level in agent["skills"].entries():
            Place(level.document, level.path, skill).refer(skills, "a skill listed under skills")


def _check_retention(recording: Place) -> None:
    recordings, contacts = recording["retention_days"].number, recording["contact_retention_days"].number
    if recordings is not None and contacts is not None and contacts < recordings:
        recording["contact_retention_days"].blame(
            None, f"at least {recordings} (retention_days): a contact must outlive its recording"
        )


def _check_prices(prices: Place) -> None:
    for code, price in prices.entries():
        Place(price.document, price.path, code).refer(PRICE_CODES, "a code of the price list")


def _check_resolution(center: Place) -> None:
    convention, asked = center["metrics"]["resolution"]["convention"], center["ivr"]["survey"].names()
    if convention.text == "survey" and asked is not None and "resolved" not in asked:
        found = "survey, though no survey asks whether the matter is resolved"
        convention.blame(found, "ivr.survey.resolved, which asks it, or another convention")
