"""What somebody asks of a figure: which one, of whom, and of when. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from trunkline.console.access import BadRequestError, Caller, ForbiddenError
from trunkline.contact.moments import INTERVAL, day_bounds, interval_start, parse_moment
from trunkline.metrics.definitions import Definition, conventions_of, find_definition, read_counter
from trunkline.metrics.figures import figures_of
from trunkline.metrics.keys import Key
from trunkline.metrics.tally import AGENT_COUNTERS, Tally

_MOST_DAYS = 31
_SCOPES = ("queue", "agent", "center", "department", "channel")
_NEVER_QUEUED = "-"


@dataclass(frozen=True, kw_only=True)
class Question:
    """Which figure, of whom, and of which span.

    Attributes
    ----------
    definition, part
        The figure, and its convention or percentile.
    start, end
        Days of the centre or one interval, end excluded.
    scope, member
        ``queue``, ``agent``, ``department`` or ``channel`` and which; ``center`` with nothing is the whole centre,
        with ``-`` the contacts that never queued.
    queues
        The department's.
    """

    definition: Definition
    part: str | None
    start: datetime
    end: datetime
    scope: str
    member: str
    queues: Set[str] = frozenset()

    @property
    def of_states(self) -> bool:
        """Whether agents' states and offers count in it."""
        return not set(AGENT_COUNTERS).isdisjoint(self.definition.counters)

    def covers(self, key: Key) -> bool:
        """Tell whether what is counted under a key belongs to the figure."""
        if not self.start <= key.start < self.end:
            return False
        match self.scope:
            case "center" if not self.member:
                return key.scope in {"queue", "center"}
            case "department":
                return key.scope == "queue" and key.member in self.queues
            case "channel":
                return key.scope in {"queue", "center"} and key.channel == self.member
        return (key.scope, key.member) == (self.scope, self.member)

    def value(self, tally: Tally) -> Any:
        """Return the figure as it is shown: in percent, seconds, or as a count."""
        figure = figures_of(self.scope, tally)[self.definition.key]
        return figure if self.part is None else figure[self.part]

    def counts(self, tally: Tally) -> dict[str, int]:
        """Return the counters that the figure is made of."""
        return {name: read_counter(tally, name) for name in self.definition.counters}


def read_question(query: Mapping[str, str], center: Mapping[str, Any], caller: Caller, today: date) -> Question:
    """Read what is asked; agents may ask for their own figures only, which are also their centre's.

    Parameters
    ----------
    query
        ``figure``; ``day`` (today where it is absent) with ``to`` where there are several, or ``start`` of an
        interval; ``scope`` (``center``) and ``key``.
    center
        The centre's document.

    Raises
    ------
    BadRequestError
        Saying how to ask.
    ForbiddenError
        If an agent asks for another's figure.
    """
    try:
        definition, part = find_definition(query.get("figure", ""), conventions_of(center))
    except LookupError as error:
        raise BadRequestError(f"figure: {error.args[0]}") from error
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
    if scope != "agent" and definition.scopes == ("agent",):
        raise BadRequestError(f"scope: {definition.key} is told of agents only")
    if not definition.counters:
        raise BadRequestError(f"figure: {definition.key} is not made of counters; reports tell how it came about")
    start, end = _read_span(query, center["time_zone"], today)
    return Question(
        definition=definition,
        part=part,
        start=start,
        end=end,
        scope=scope,
        member=member,
        queues=frozenset(name for name, queue in center["queues"].items() if queue.get("department") == member),
    )


def _read_span(query: Mapping[str, str], time_zone: str, today: date) -> tuple[datetime, datetime]:
    try:
        if "start" not in query:
            first = date.fromisoformat(query["day"]) if "day" in query else today
            return _read_days(first, date.fromisoformat(query["to"]) if "to" in query else first, time_zone)
        start = parse_moment(query["start"])
    except (ValueError, OverflowError) as error:
        raise BadRequestError(
            "day, to, start: give a calendar day such as 2026-11-21, or an interval's start such as "
            "2026-11-21T18:15:00Z"
        ) from error
    if start != interval_start(start):
        raise BadRequestError("start: intervals begin at 0, 15, 30 and 45 minutes past the hour")
    return start, start + INTERVAL


def _read_days(first: date, last: date, time_zone: str) -> tuple[datetime, datetime]:
    if not 0 <= (last - first).days < _MOST_DAYS:
        raise BadRequestError(f"day, to: give 1 to {_MOST_DAYS} days, the first one first")
    return day_bounds(first, time_zone)[0], day_bounds(last, time_zone)[1]
