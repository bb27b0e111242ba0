"""The pages of the API: what each route answers. Composed by the handler, free of AWS."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from trunkline.billing.contact_bill import bill_contact
from trunkline.billing.prices import PriceList
from trunkline.console import contacts as shown
from trunkline.console.access import BadRequestError, Caller, ForbiddenError
from trunkline.console.announcements import show_announcement
from trunkline.console.bills import show_bill
from trunkline.console.board import draw_board, show_in_progress
from trunkline.console.days import show_day, total_figures
from trunkline.console.drawings import Drawings
from trunkline.console.evidence import Evidence
from trunkline.console.explain import list_definitions
from trunkline.console.moment import name_agents
from trunkline.console.questions import read_question
from trunkline.console.reports import Answer, ReportRequest, show_report, show_scorecards
from trunkline.console.sources import Analyses, FlowLogs, RecordingLinks
from trunkline.console.timeline import tell_timeline
from trunkline.contact.moments import INTERVAL, day_bounds, interval_start, local_day, parse_moment
from trunkline.contact.store import ContactStore
from trunkline.contact.wholeness import failures_of
from trunkline.live.announcement import read_announcement
from trunkline.live.store import LiveStore
from trunkline.metrics.store import MetricsStore
from trunkline.reports.reading import Sources
from trunkline.reports.target_store import TargetStore

_MOST_ROWS = 200
_CONTACT_ID = re.compile(r"[A-Za-z0-9-]{1,64}")


@dataclass(frozen=True, kw_only=True)
class Console:
    """Everything that the pages read.

    Parameters
    ----------
    center
        The centre's document.
    now
        Clock, aware and in UTC.
    """

    center: Mapping[str, Any]
    contacts: ContactStore
    evidence: Evidence
    metrics: MetricsStore
    live: LiveStore
    recordings: RecordingLinks
    analyses: Analyses
    flow_logs: FlowLogs
    drawings: Drawings
    prices: PriceList
    reported: Sources
    targets: TargetStore
    now: Callable[[], datetime]

    def show_me(self, caller: Caller) -> dict[str, Any]:
        """Show who is signed in."""
        person = self.center["agents"].get(caller.username, {})
        return {
            "username": caller.username,
            "name": person.get("name", caller.username),
            "role": caller.role,
        }

    def show_center(self) -> dict[str, Any]:
        """Show what the centre is."""
        center = self.center
        return {
            "name": center["name"],
            "time_zone": center["time_zone"],
            "currency": center["costs"]["currency"],
            "languages": [
                {"code": code, "locale": language["locale"]} for code, language in center["languages"].items()
            ],
            "queues": [
                {"key": key, **{name: queue.get(name) for name in ("title", "department", "service_target")}}
                for key, queue in center["queues"].items()
            ],
            "agents": [{"username": key, "name": agent["name"]} for key, agent in center["agents"].items()],
            "short_abandon_seconds": center["metrics"]["short_abandon_seconds"],
            "service_level_convention": center["metrics"]["service_level_convention"],
        }

    def show_live(self, caller: Caller, *, today: bool = False) -> dict[str, Any]:
        """Show what happens now by two queries: one of the live picture, one of the counters.

        The counters of a whole day are many; ``today`` asks for their figures, which change once a minute.
        """
        now = self.now()
        picture = self.live.read_picture(now.timestamp())
        start, end = day_bounds(local_day(now, self._zone), self._zone) if today else _recent_intervals(now)
        counters, written_at = self.metrics.read_with_age(start, end)
        page = draw_board(self.center, picture, counters, written_at, caller, now)
        page["announcement"] = show_announcement(read_announcement(picture.announcement, now.timestamp()))
        if today:
            page["today"] = total_figures(counters, caller)
        return page

    def list_contacts(
        self, caller: Caller, *, day: str | None, limit: str | None, cursor: str | None
    ) -> dict[str, Any]:
        """List a day's contacts, newest first."""
        wanted = self._day(day)
        start, end = day_bounds(wanted, self._zone)
        page = self.contacts.list_between(
            start,
            end,
            limit=_limit(limit),
            agent=caller.only_agent,
            resume_at=shown.read_cursor(cursor),
        )
        return {
            "day": wanted.isoformat(),
            "contacts": [shown.show_row(item, caller) for item in page.contacts],
            "cursor": shown.write_cursor(page.resume_at),
        }

    def show_contact(self, caller: Caller, contact_id: str) -> dict[str, Any]:
        """Show one contact: recording, transcript, analysis, failures, timeline; no bill to agents."""
        if not _CONTACT_ID.fullmatch(contact_id):
            raise BadRequestError("contact id: letters, digits and hyphens, at most 64")
        parts: Mapping[str, Mapping[str, Any]] = self.contacts.read_parts(contact_id)
        if "contact" not in parts:
            parts = {**parts, **self._in_progress(contact_id)}
        shown.check_access(parts, caller)
        recording, analysed = parts.get("recording"), parts.get("analysis")
        analysis = self.analyses.read(analysed["analysis_key"]) if analysed else None
        url = self.recordings.link(recording["key"]) if recording else None
        flow_log = self._flow_log(parts, contact_id)
        parts = _with_attributes(parts, flow_log)
        timeline = tell_timeline(parts, flow_log)
        billed = not caller.own_only and "disconnected_at" in parts.get("contact", {})
        return {
            "contact": {**shown.show_contact(parts, contact_id, caller), **shown.name_customer(flow_log)},
            "recording": shown.show_recording(recording, url),
            "transcript": shown.show_transcript(analysis),
            "analysis": shown.show_analysis(analysed, analysis),
            "failures": failures_of(parts),
            "timeline": shown.mask_for(caller, timeline),
            "bill": bill_contact(parts, self.center, self.prices) if billed else None,
        }

    def show_day(self, caller: Caller, *, day: str | None) -> dict[str, Any]:
        """Show a day's figures."""
        wanted = self._day(day)
        counters = self.metrics.read_between(*day_bounds(wanted, self._zone))
        return show_day(counters, wanted, self._zone, caller)

    def list_definitions(self) -> dict[str, Any]:
        """List what every figure means."""
        return list_definitions(self.center)

    def explain_figure(self, caller: Caller, query: Mapping[str, str]) -> dict[str, Any]:
        """Tell what a figure of a day or an interval is made of, and list its contacts."""
        question = read_question(query, self.center, caller, self.now())
        return self.evidence.explain(question, caller)

    def show_bill(self, caller: Caller, *, first: str | None, last: str | None) -> dict[str, Any]:
        """Show what the days from ``first`` to ``last`` cost, by queue and department; to managers only.

        Without days it is the month so far.
        """
        if caller.role != "manager":
            raise ForbiddenError("bills are shown to managers")
        until = self._day(last, "to")
        since = self._day(first, "from") if first is not None else until.replace(day=1)
        return show_bill(self.contacts, self.center, self.prices, since, until)

    def show_report(self, caller: Caller, query: Mapping[str, str]) -> Answer:
        """Show the report of a period; not to agents, and costs to managers only."""
        return show_report(ReportRequest.read(query, caller, self._zone, self.now()), self.reported)

    def show_scorecards(self, caller: Caller, query: Mapping[str, str]) -> Answer:
        """Show the scorecards of a period; to agents their own."""
        return show_scorecards(
            ReportRequest.read(query, caller, self._zone, self.now()), self.reported, self.targets.read()
        )

    @property
    def _zone(self) -> str:
        return str(self.center["time_zone"])

    def _day(self, text: str | None, name: str = "day") -> date:
        if text is None:
            return local_day(self.now(), self._zone)
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise BadRequestError(f"{name}: give a calendar day such as 2026-11-21") from error

    def _in_progress(self, contact_id: str) -> dict[str, dict[str, Any]]:
        picture = self.live.read_picture(self.now().timestamp())
        live = [each for each in picture.contacts if each["id"] == contact_id]
        if not live:
            return {}
        (named,) = name_agents(live, picture.agents)
        return {"contact": show_in_progress(named)}

    def _flow_log(self, parts: Mapping[str, Mapping[str, Any]], contact_id: str) -> list[dict[str, Any]]:
        contact = parts.get("contact", {})
        if "initiated_at" not in contact:
            return []
        start = parse_moment(contact["initiated_at"])
        end = parse_moment(contact["disconnected_at"]) if "disconnected_at" in contact else self.now()
        return self.flow_logs.read(contact_id, start, end)


def utc_now() -> datetime:
    """Return this moment, aware, in UTC."""
    return datetime.now(UTC)


def _recent_intervals(now: datetime) -> tuple[datetime, datetime]:
    """Return the span of the running interval and the one before, which tells how old the figures are."""
    start = interval_start(now)
    return start - INTERVAL, start + INTERVAL


def _with_attributes(
    parts: Mapping[str, Mapping[str, Any]], flow_log: list[dict[str, Any]]
) -> Mapping[str, Mapping[str, Any]]:
    """Give a contact in progress the attributes that only its flow knows as yet."""
    contact = parts.get("contact", {})
    if "state" not in contact:
        return parts
    attributes = shown.attributes_set(flow_log)
    language = {"language": attributes["language"]} if "language" in attributes else {}
    return {**parts, "contact": {**contact, **language, "attributes": attributes}}


def _limit(text: str | None) -> int:
    if text is None:
        return 50
    if not text.isdecimal() or not 1 <= int(text) <= _MOST_ROWS:
        raise BadRequestError(f"limit: give a whole number from 1 to {_MOST_ROWS}")
    return int(text)
