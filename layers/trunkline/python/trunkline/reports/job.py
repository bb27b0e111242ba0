"""What happens every night: resolution is counted, a report is composed, kept and told of."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from trunkline.contact.log_store import ContactLog
from trunkline.contact.moments import day_bounds
from trunkline.metrics.resolution import ResolutionDays, ResolutionRule, count_resolution
from trunkline.metrics.resolution_store import ResolutionStore
from trunkline.reports.day_sums import DaySumsShelf
from trunkline.reports.delivery import ReportBell, ReportShelf
from trunkline.reports.periods import Period, find_reported
from trunkline.reports.reading import Sources
from trunkline.reports.report import compose_report

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class ReportJob:
    """Writes the report of one period; run again, it writes the same again and tells nobody twice.

    Parameters
    ----------
    center
        The centre's document.
    sources
        What reports are composed from.
    log
        All contacts, for resolution.
    resolution
        Where resolution is kept by day.
    sums
        Where sums of closed days are kept.
    shelf, bell
        Where the report goes, and who is told.
    told
        Kinds of period of which somebody is told.
    """

    center: Mapping[str, Any]
    sources: Sources
    log: ContactLog
    resolution: ResolutionStore
    sums: DaySumsShelf
    shelf: ReportShelf
    bell: ReportBell
    told: Collection[str]

    def run(self, kind: str | None, on: str | None, now: datetime) -> dict[str, Any]:
        """Write the report of a period.

        Parameters
        ----------
        kind, on
            ``day``, ``week`` or ``month``, and a day within it. The report of a day counts that day anew and keeps its
            sums, and counts its resolution and that of the days before it that are still provisional.
        now
            This moment.

        Returns
        -------
        dict
            ``period``, ``from``, ``to``, ``contacts``, ``told`` and ``places``.

        Raises
        ------
        PeriodError
            If there is no such period.
        """
        period = find_reported(kind, on, str(self.center["time_zone"]), now)
        if period.kind == "day":
            self.resolution.write(self.count_resolution(period, now))
            if period.is_complete(now):
                self.sums.put(self.sources.count_day(period.first, now))
        report = compose_report(self.sources.gather(period, now, with_cost=True))
        name = str(self.center["name"])
        news = not self.shelf.has(report)
        places = self.shelf.put_pages(report, name)
        if news and period.kind in self.told:
            self.bell.ring(report, name, places)
        self.shelf.put_document(report)
        return {
            "period": period.kind,
            "from": report["from"],
            "to": report["to"],
            "contacts": report["total"]["contacts"],
            "told": news and period.kind in self.told,
            "places": places,
        }

    def count_resolution(self, period: Period, now: datetime) -> ResolutionDays:
        """Count the resolution of a day, and again of the days before it whose cases may have been open."""
        rule = ResolutionRule.of_center(self.center)
        reach = timedelta(days=rule.days + 1)  # a case that began before midnight ends the day after
        wanted = [period.first - number * _ONE_DAY for number in range(reach.days + 1)]
        start = day_bounds(min(wanted) - _ONE_DAY, period.zone)[0]
        end = min(now, day_bounds(period.last + reach, period.zone)[1])
        counted = count_resolution(self.log.read_days(start, end), rule, now)
        return {day: counted.get(day, {}) for day in wanted}


def kinds_told(center: Mapping[str, Any]) -> list[str]:
    """Return the kinds of period of which somebody is told, as ``callcenter.yaml`` says."""
    reports = center.get("reports") or {}
    switches = {"day": "daily", "week": "weekly", "month": "monthly"}
    return [kind for kind, switch in switches.items() if reports.get(switch, True)]
