"""Reading what is behind a figure: for each kind of evidence, what it is found in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from trunkline.billing.prices import PriceList
from trunkline.console.access import BadRequestError, Caller
from trunkline.console.behind.cases import find_cases
from trunkline.console.behind.contacts import counts_states, find_contacts
from trunkline.console.behind.costs import find_costs
from trunkline.console.behind.finding import Finding
from trunkline.console.behind.moment import find_moment, find_running
from trunkline.console.behind.schedule import find_schedule
from trunkline.console.explain import tell_finding
from trunkline.console.questions import Question
from trunkline.contact.agent_log import AgentLog
from trunkline.contact.agent_states import AgentEntry, AgentState
from trunkline.contact.log_store import Candidates, ContactLog
from trunkline.contact.moments import day_bounds, interval_start
from trunkline.live.store import LiveStore
from trunkline.metrics.adherence import Shift, known_until
from trunkline.metrics.rebuild import LOOK_BACK, STATES_LOOK_BACK
from trunkline.metrics.resolution import ResolutionRule
from trunkline.metrics.resolution_store import ResolutionStore
from trunkline.metrics.store import MetricsStore
from trunkline.metrics.targets import Targets
from trunkline.reports.material import Span
from trunkline.reports.reading import MOST_BILLED, ContactSource

MOST_READ = 5_000
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The tables that figures are explained from.

    Parameters
    ----------
    center
        The centre's document.
    counters, contacts, states
        What counters count, and what they counted.
    resolution
        Resolution as the nights counted it.
    listed, prices
        For costs.
    live
        The live picture.
    """

    center: Mapping[str, Any]
    counters: MetricsStore
    contacts: ContactLog
    states: AgentLog
    resolution: ResolutionStore
    listed: ContactSource
    prices: PriceList
    live: LiveStore

    def explain(self, question: Question, caller: Caller) -> dict[str, Any]:
        """Tell what a figure is made of; at most ``MOST_READ`` whole contacts are read for it.

        Raises
        ------
        BadRequestError
            If there is nothing that it could be made of, saying why.
        """
        find = _FINDERS[question.definition.evidence]
        return tell_finding(question, find(self, question, caller), self.center)

    def find_contacts(self, question: Question, caller: Caller) -> Finding:
        """Find the contacts and agents' states that counters counted."""
        start, end, found = question.span.start, question.span.end, self._read_candidates(question)
        return find_contacts(
            question,
            self.counters.read_between(start, end),
            found.contacts,
            Targets.of_center(self.center),
            caller,
            entries=self._read_entries(question, end) if counts_states(question.definition) else (),
            unread=found.more,
        )

    def find_cases(self, question: Question, caller: Caller) -> Finding:
        """Find cases, as they are judged now: their contacts, and those with which their customers came back."""
        rule, (first, *_), last = ResolutionRule.of_center(self.center), question.span.days, question.span.days[-1]
        start = day_bounds(first - _ONE_DAY, rule.zone)[0]
        middle = min(question.now, day_bounds(last + _ONE_DAY, rule.zone)[1])
        end = min(question.now, day_bounds(last + timedelta(days=rule.days + 1), rule.zone)[1])
        found = self.contacts.read_followed(start, middle, end, most=MOST_READ)
        stored = self.resolution.read(question.span.days)
        return find_cases(question, stored, found.contacts, rule, caller, unread=found.more)

    def find_schedule(self, question: Question, _caller: Caller) -> Finding:
        """Find an agent's states, and what the shift planned."""
        shift, end = Shift.of_center(self.center, question.member), _gone(question)
        if shift is None:
            raise BadRequestError(f"key: {question.member} has no shift in callcenter.yaml, so nothing is scheduled")
        states = [each for each in self._read_entries(question, end) if isinstance(each, AgentState)]
        return find_schedule(question, states, shift, known_until(states, question.span.start, end, question.now))

    def find_costs(self, question: Question, caller: Caller) -> Finding:
        """Find what contacts cost, of those that reports bill."""
        end = _gone(question)
        rows = self.listed.list_rows(question.span.start, end, MOST_BILLED)
        if rows is None:
            raise BadRequestError(f"day, to: more than {MOST_BILLED} contacts; give fewer days, or an interval's start")
        days = Span(start=question.span.start, end=end).length_days(self.center["time_zone"])
        length = Decimal(str(round(days, 6)))
        return find_costs(question, rows, self.center, self.prices, caller, end=end, days=length)

    def find_moment(self, question: Question, _caller: Caller) -> Finding:
        """Find who is behind a figure of this moment: one query of the live picture."""
        return find_moment(question, self.live.read_picture(question.now.timestamp()), self.center)

    def find_running(self, question: Question, caller: Caller) -> Finding:
        """Find the contacts of the running interval."""
        picture = self.live.read_picture(question.now.timestamp())
        stored = self.counters.read_between(question.span.start, question.span.end)
        found = self._read_candidates(question)
        return find_running(question, stored, picture, found.contacts, self.center, caller, unread=found.more)

    def _read_entries(self, question: Question, end: datetime) -> Iterator[AgentEntry]:
        entries = self.states.read_days(question.span.start - STATES_LOOK_BACK, end)
        return (entry for entry in entries if entry.username == question.member)

    def _read_candidates(self, question: Question) -> Candidates:
        """Read the contacts that may count.

        Contacts that began before the span and were queued in it are found by the index of days, whole contacts
        are read of those alone that may count.
        """
        start, end = question.span.start, question.span.end
        return self.contacts.read_candidates(
            start - LOOK_BACK,
            start,
            end,
            queue=question.member if question.scope == "queue" else None,
            agent=question.member if question.scope == "agent" else None,
            most=MOST_READ,
        )


def _gone(question: Question) -> datetime:
    """Return the end of a span as far as it has gone: with the last whole interval, as in reports."""
    return max(question.span.start, min(question.span.end, interval_start(question.now)))


_FINDERS: Mapping[str, Callable[[Evidence, Question, Caller], Finding]] = MappingProxyType(
    {
        "contacts": Evidence.find_contacts,
        "cases": Evidence.find_cases,
        "schedule": Evidence.find_schedule,
        "costs": Evidence.find_costs,
        "moment": Evidence.find_moment,
        "running": Evidence.find_running,
    }
)
"""Kinds of evidence that definitions name."""
