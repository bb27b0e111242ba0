"""What a figure is explained from: its counters, and the contacts and agents' states that they were counted from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from trunkline.console.access import Caller
from trunkline.console.explain import explain_figure
from trunkline.console.questions import Question
from trunkline.contact.agent_log import AgentLog
from trunkline.contact.agent_states import AgentEntry
from trunkline.contact.log_store import ContactLog
from trunkline.metrics.rebuild import LOOK_BACK, STATES_LOOK_BACK
from trunkline.metrics.store import MetricsStore
from trunkline.metrics.targets import Targets

MOST_READ = 5_000


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The tables that a figure is explained from."""

    counters: MetricsStore
    contacts: ContactLog
    states: AgentLog

    def explain(self, question: Question, center: Mapping[str, Any], caller: Caller) -> dict[str, Any]:
        """Tell what a figure is made of; at most ``MOST_READ`` contacts are read for it.

        Contacts that began before the span and were queued in it are found by the index of days, whole contacts
        are read of those alone that may count.
        """
        start, end = question.start, question.end
        candidates = self.contacts.read_candidates(
            start - LOOK_BACK,
            start,
            end,
            queue=question.member if question.scope == "queue" else None,
            agent=question.member if question.scope == "agent" else None,
            most=MOST_READ,
        )
        return explain_figure(
            question,
            self.counters.read_between(start, end),
            candidates.contacts,
            Targets.of_center(center),
            caller,
            entries=self._read_states(question) if question.of_states else (),
            unread=candidates.more,
        )

    def _read_states(self, question: Question) -> Iterator[AgentEntry]:
        entries = self.states.read_days(question.start - STATES_LOOK_BACK, question.end)
        return (entry for entry in entries if entry.username == question.member)
