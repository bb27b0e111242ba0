"""What each figure means: its definition in words, its formula, and the counters that it is made of.

The texts are in ``definitions.json``; a test holds that every key of ``to_agent_figures`` has one, and that
docs/metrics.md names the same figures.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from trunkline.metrics.figures import to_figures
from trunkline.metrics.tally import Tally

Conventions = Mapping[str, str]
"""Figures of which there are several conventions, and the centre's own."""


@dataclass(frozen=True, kw_only=True)
class Definition:
    """One figure's definition.

    Attributes
    ----------
    key
        Its key in the figures, in reports, or of the live picture.
    unit
        ``percent``, ``seconds``, ``count``, ``money`` or ``score``.
    attribution
        ``arrival``: counted in the interval of enqueue, or of an agent's answer; ``work``: split over the
        intervals in which the time was spent; ``moment``: as it is now.
    scopes
        Of whom the figure is told: ``queue``, ``agent``, ``center``.
    counters
        What the formula is made of, and what makes a contact stand behind the figure (``read_counter`` for those of
        ``contacts``). Empty where there is one for each state of agents, and where nothing counts.
    formula
        In names of counters; empty where each part has its own.
    parts
        Formulas of the figure's parts: service level conventions, percentiles.
    order
        What its contacts are listed by: ``newest``, ``wait`` or ``handle``, the longest first.
    also
        Other names of the figure: what reports call it.
    at
        Where the live picture has it, such as ``queues[].waiting``.
    evidence
        What stands behind it: ``contacts`` (and agents' states) that counters count, ``cases``, ``schedule`` (an
        agent's states against the shift), ``costs`` of contacts, the live picture of this ``moment``, or counters and
        picture of the ``running`` interval.
    no_contacts
        Why nothing can be listed behind it, by language; ``None`` where something can.
    en, ko
        The definition in words.
    source
        Whose definition it is.
    """

    key: str
    unit: str
    attribution: str
    scopes: tuple[str, ...]
    counters: tuple[str, ...]
    formula: str
    en: str
    ko: str
    source: str
    order: str = "newest"
    parts: Mapping[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    evidence: str = "contacts"
    no_contacts: Mapping[str, str] | None = None

    def formula_of(self, part: str | None) -> str:
        """Return the formula of a part, or of the whole figure."""
        return self.parts[part] if part is not None else self.formula

    def to_document(self, conventions: Conventions) -> dict[str, Any]:
        """Return what the API tells of the figure, with the formula of the centre's own convention."""
        own = conventions.get(self.key)
        return {
            "key": self.key,
            "also": list(self.also),
            "at": list(self.at),
            "unit": self.unit,
            "attribution": self.attribution,
            "scopes": list(self.scopes),
            "definition": {"en": self.en, "ko": self.ko},
            "formula": self.formula_of(own),
            "parts": dict(self.parts),
            "counters": list(self.counters),
            "evidence": self.evidence,
            "no_contacts": None if self.no_contacts is None else dict(self.no_contacts),
            "convention": own,
            "source": self.source,
        }


@cache
def load_definitions() -> Mapping[str, Definition]:
    """Return every definition, by the figure's key."""
    documents = json.loads(Path(__file__).with_name("definitions.json").read_text(encoding="utf-8"))
    definitions = [_read(each) for each in documents]
    return {each.key: each for each in definitions}


def conventions_of(center: Mapping[str, Any]) -> Conventions:
    """Return the conventions of a centre's document."""
    metrics = center["metrics"]
    resolution = (metrics.get("resolution") or {}).get("convention", "no_further_contact")
    level = metrics["service_level_convention"]
    return {
        "service_level": level,
        "running_service_level_percent": level,
        "first_contact_resolution_percent": resolution,
    }


def find_definition(figure: str, conventions: Conventions) -> tuple[Definition, str | None]:
    """Return the definition of a figure such as ``offered`` or ``service_level.a``, and the part asked for.

    Parameters
    ----------
    figure
        A figure's key, with ``.`` and a part where it has parts.
    conventions
        The centre's own: the part where a figure is asked for without one.

    Raises
    ------
    LookupError
        Saying what there is.

    Examples
    --------
    >>> definition, part = find_definition("service_level", {"service_level": "c"})
    >>> definition.key, part, definition.formula_of("b")
    ('service_level', 'c', '100 × answered_in_target / answered')
    """
    key, _, part = figure.partition(".")
    known = {name: each for each in load_definitions().values() for name in (each.key, *each.also)}
    definition = known.get(key)
    if definition is None:
        raise LookupError(f"no figure {key!r}; /api/definitions lists them")
    if not definition.parts:
        if part:
            raise LookupError(f"{key} has no parts")
        return definition, None
    part = part or conventions.get(definition.key) or next(iter(definition.parts))
    if part not in definition.parts:
        raise LookupError(f"{key} has the parts {', '.join(definition.parts)}")
    return definition, part


def read_counter(tally: Tally, name: str) -> int:
    """Return one of the counters that definitions name.

    Beside the counters themselves these are ``open``, ``longest_wait_seconds`` (which takes the longest where
    others add up), and the number of queue times (``waits``) and handle times (``handles``) in the sketches.
    """
    if name in {"waits", "handles"}:
        return sum(getattr(tally, name).values())
    if name == "open":
        return int(to_figures(tally)["open"])
    return int(getattr(tally, name))


def _read(document: Mapping[str, Any]) -> Definition:
    lists = {name: tuple(document.get(name, ())) for name in ("scopes", "counters", "also", "at")}
    return Definition(**{**document, **lists})
