"""What somebody asks of a figure: which one, of whom, and of when. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from trunkline.console.access import BadRequestError, Caller, ForbiddenError
from trunkline.contact.moments import INTERVAL, day_bounds, interval_start, local_day, parse_moment
from trunkline.metrics.definitions import Definition, conventions_of, find_definition
from trunkline.metrics.keys import Key

_MOST_DAYS = 31
_SCOPES = ("queue", "agent", "center", "department", "channel")
_NEVER_QUEUED = "-"
_OF_NOW = frozenset({"moment", "running"})


@dataclass(frozen=True, kw_only=True)
class Span:
    """Days of the centre, one interval, or this moment.

    Attributes
    ----------
    start, end
        In UTC, end excluded; of this moment both are it.
    days
        The days; empty for an interval or a moment.
    """

    start: datetime
    end: datetime
    days: tuple[date, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Question:
    """Which figure, of whom, and of which span.

    Attributes
    ----------
    definition, part
        The figure, and its convention or percentile.
    span
        Of when.
    scope, member
        ``queue``, ``agent``, ``department`` or ``channel`` and which; ``center`` with nothing is the whole centre,
        with ``-`` the contacts that never queued.
    queues
        The department's.
    now
        When it is asked.
    """

    definition: Definition
    part: str | None
    span: Span
    scope: str
    member: str
    queues: Set[str] = frozenset()
    now: datetime

    def covers(self, key: Key) -> bool:
        """Tell whether what is counted under a key belongs to the figure."""
        if not self.span.start <= key.start < self.span.end:
            return False
        if self.scope == "channel":
            return key.scope in {"queue", "center"} and key.channel == self.member
        return self.covers_member(key.scope, key.member)

    def covers_member(self, scope: str, member: str) -> bool:
        """Tell whether what counts for a queue, for an agent, or for no queue (``center``) belongs to the figure."""
        if self.scope == "center" and not self.member:
            return scope in {"queue", "center"}
        if self.scope == "department":
            return scope == "queue" and member in self.queues
        return (scope, member) == (self.scope, self.member)


def read_question(query: Mapping[str, str], center: Mapping[str, Any], caller: Caller, now: datetime) -> Question:
    """Read what is asked; agents may ask for their own figures only, which are also their centre's.

    Parameters
    ----------
    query
        ``figure``; ``day`` (today where it is absent) with ``to`` where there are several, or ``start`` of an
        interval; ``scope`` (``center``) and ``key``. Live figures are of this moment.
    center
        The centre's document.

    Raises
    ------
    BadRequestError
        Saying how to ask.
    ForbiddenError
        If an agent asks for what is not the agent's own, or anybody but a manager for costs.
    """
    try:
        definition, part = find_definition(query.get("figure", ""), conventions_of(center))
    except LookupError as error:
        raise BadRequestError(f"figure: {error.args[0]}") from error
    scope, member = _read_place(query, caller)
    _check_figure(definition, part, center, caller)
    _check_place(definition, scope, member)
    return Question(
        definition=definition,
        part=part,
        span=_read_span(query, definition, center["time_zone"], now),
        scope=scope,
        member=member,
        queues=frozenset(name for name, queue in center["queues"].items() if queue.get("department") == member),
        now=now,
    )


def _read_place(query: Mapping[str, str], caller: Caller) -> tuple[str, str]:
    scope, member = query.get("scope", "center"), query.get("key", "")
    if scope not in _SCOPES:
        raise BadRequestError(f"scope: give one of {', '.join(_SCOPES)}")
    if caller.own_only and (scope, member) == ("center", ""):
        scope, member = "agent", caller.username
    if caller.own_only and (scope, member) != ("agent", caller.username):
        raise ForbiddenError("agents see the contacts behind their own figures")
    if scope != "center" and not member:
        raise BadRequestError(f"key: say which {scope}")
    if scope == "center" and member not in {"", _NEVER_QUEUED}:
        raise BadRequestError("key: the centre has none; '-' are the contacts that never queued")
    return scope, member


def _check_figure(definition: Definition, part: str | None, center: Mapping[str, Any], caller: Caller) -> None:
    key, own = definition.key, conventions_of(center).get(definition.key)
    if definition.no_contacts is not None:
        raise BadRequestError(f"figure: nothing is listed behind {key}. {definition.no_contacts['en']}")
    if definition.evidence == "cases" and part != own:
        raise BadRequestError(f"figure: cases are judged by {own} alone (metrics.resolution.convention); ask for {key}")
    if definition.evidence == "costs" and caller.role != "manager":
        raise ForbiddenError("costs are shown to managers")
    if definition.evidence in _OF_NOW and caller.own_only:
        raise ForbiddenError("who is behind the live picture is shown to supervisors and managers")


def _check_place(definition: Definition, scope: str, member: str) -> None:
    told: tuple[str, ...] = (*definition.scopes, *(["department"] if "queue" in definition.scopes else []))
    if definition.evidence == "contacts" and told != ("agent",):
        told = _SCOPES
    if scope not in told:
        raise BadRequestError(f"scope: {definition.key} is told of: {', '.join(told)}")
    if member == _NEVER_QUEUED and definition.evidence not in {"contacts", "costs"}:
        raise BadRequestError(f"key: {definition.key} is not told of contacts that never queued; leave key away")


def _read_span(query: Mapping[str, str], definition: Definition, time_zone: str, now: datetime) -> Span:
    given = {"day", "to", "start"} & query.keys()
    if definition.evidence in _OF_NOW:
        if given:
            raise BadRequestError(f"{', '.join(sorted(given))}: {definition.key} is of this moment; leave it away")
        start = interval_start(now)
        return Span(start=start, end=start + INTERVAL) if definition.evidence == "running" else Span(start=now, end=now)
    try:
        if "start" not in given:
            first = date.fromisoformat(query["day"]) if "day" in query else local_day(now, time_zone)
            return _read_days(first, date.fromisoformat(query["to"]) if "to" in query else first, time_zone)
        start = parse_moment(query["start"])
    except (ValueError, OverflowError) as error:
        raise BadRequestError(
            "day, to, start: give a calendar day such as 2026-11-21, or an interval's start such as "
            "2026-11-21T18:15:00Z"
        ) from error
    if definition.evidence == "cases":
        raise BadRequestError(f"start: {definition.key} is counted by days; give day, and to where there are several")
    if start != interval_start(start):
        raise BadRequestError("start: intervals begin at 0, 15, 30 and 45 minutes past the hour")
    return Span(start=start, end=start + INTERVAL)


def _read_days(first: date, last: date, time_zone: str) -> Span:
    if not 0 <= (last - first).days < _MOST_DAYS:
        raise BadRequestError(f"day, to: give 1 to {_MOST_DAYS} days, the first one first")
    days = tuple(first + timedelta(days=number) for number in range((last - first).days + 1))
    return Span(start=day_bounds(first, time_zone)[0], end=day_bounds(last, time_zone)[1], days=days)
