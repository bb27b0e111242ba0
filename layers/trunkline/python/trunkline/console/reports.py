"""Reports and scorecards, as the console's API answers them to whoever asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from trunkline.console.access import BadRequestError, Caller, ForbiddenError
from trunkline.console.responses import TextAnswer
from trunkline.reports.csv_rows import write_report_csv, write_scorecards_csv
from trunkline.reports.periods import Period, PeriodError, find_reported
from trunkline.reports.reading import Sources
from trunkline.reports.report import compose_report
from trunkline.reports.scorecards import OwnTargets, compose_scorecards

_FORMATS = ("json", "csv")

Query = Mapping[str, str]
Answer = dict[str, Any] | TextAnswer


@dataclass(frozen=True, kw_only=True)
class ReportRequest:
    """Who asks for which period, in which form."""

    caller: Caller
    period: Period
    form: str
    now: datetime

    @classmethod
    def read(cls, query: Query, caller: Caller, zone: str, now: datetime) -> ReportRequest:
        """Read ``period``, ``on`` and ``format``.

        Raises
        ------
        BadRequestError
            If one of them is none, or the period has not begun.
        """
        form = query.get("format", "json")
        if form not in _FORMATS:
            raise BadRequestError(f"format: give {' or '.join(_FORMATS)}")
        try:
            period = find_reported(query.get("period"), query.get("on"), zone, now)
        except PeriodError as error:
            raise BadRequestError(str(error)) from error
        return cls(caller=caller, period=period, form=form, now=now)

    def answer(self, kind: str, document: dict[str, Any], text: str) -> Answer:
        """Return the document, or its text as a file to keep."""
        if self.form == "json":
            return document
        return TextAnswer(text, "text/csv", f"{kind}-{self.period.kind}-{self.period.first.isoformat()}.csv")


def show_report(request: ReportRequest, sources: Sources) -> Answer:
    """Show a report to supervisors and managers; costs to managers only.

    Raises
    ------
    ForbiddenError
        To agents, who have their scorecards.
    """
    if request.caller.own_only:
        raise ForbiddenError("reports are shown to supervisors and managers; your own figures are in /api/scorecards")
    with_cost = request.caller.role == "manager"
    report = compose_report(sources.gather(request.period, request.now, with_cost=with_cost))
    return request.answer("report", report, write_report_csv(report) if request.form == "csv" else "")


def show_scorecards(request: ReportRequest, sources: Sources, own: OwnTargets) -> Answer:
    """Show scorecards: agents see their own."""
    material = sources.gather(request.period, request.now, compared=False)
    cards = compose_scorecards(material, own, only_agent=request.caller.only_agent)
    return request.answer("scorecards", cards, write_scorecards_csv(cards) if request.form == "csv" else "")
