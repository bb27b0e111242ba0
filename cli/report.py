"""``trunkline report``: the report of a day, a week or a month."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.errors import UsageError
from trunkline.center import CenterError, load_center
from trunkline.reports.periods import Period, PeriodError, find_reported

if TYPE_CHECKING:
    from trunkline.reports.reading import Sources

_CENTER = Path("callcenter.yaml")
_STACK = "Trunkline-dev-Data"


class ReportKind(StrEnum):
    """Periods that are reported."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class ReportLanguage(StrEnum):
    """Languages of a report."""

    EN = "en"
    KO = "ko"


class ReportFormat(StrEnum):
    """How a report is written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    HTML = "html"


def report(
    period: Annotated[ReportKind, typer.Option(help="Length of the period.")] = ReportKind.DAY,
    on: Annotated[str | None, typer.Option(help="A day within it, YYYY-MM-DD; yesterday unless told.")] = None,
    records: Annotated[
        Path | None, typer.Option(help="Contact records, one JSON object a line, in place of the stack's tables.")
    ] = None,
    output: Annotated[ReportFormat, typer.Option("--format", help="Form of the report.")] = ReportFormat.TEXT,
    language: Annotated[ReportLanguage, typer.Option(help="Language of text and page.")] = ReportLanguage.EN,
    out: Annotated[Path | None, typer.Option(help="File to write to.")] = None,
    center: Annotated[Path, typer.Option(help="The call centre.")] = _CENTER,
    stack: Annotated[str, typer.Option(help="Stack that has the tables.")] = _STACK,
) -> None:
    """Report a day, a week or a month: figures with their intervals, what changed, and what is usual.

    The tables are those of a deployed stack; with --records, a file of contact records is folded as the function
    folds them, as far back as the file goes.
    """
    document, now = _read_center(center), datetime.now(UTC)
    wanted = _find_period(period, on, document, now)
    composed = _compose(_open_sources(document, center, records, stack), wanted, now)
    _write(composed, document["name"], output, language, out)


def _compose(sources: Sources, period: Period, now: datetime) -> dict[str, Any]:
    from botocore.exceptions import BotoCoreError, ClientError

    from trunkline.reports.report import compose_report

    try:
        return compose_report(sources.gather(period, now, with_cost=True))
    except (BotoCoreError, ClientError) as error:
        raise UsageError(f"the tables cannot be read: {error}", "Check the credentials and the region.") from error


def _open_sources(center: dict[str, Any], center_file: Path, records: Path | None, stack: str) -> Sources:
    if records is not None:
        from cli.report_file import open_file

        return open_file(records, center, center_file)
    from cli.report_tables import open_tables

    return open_tables(center, stack)


def _write(report: dict[str, Any], center_name: str, output: ReportFormat, language: str, out: Path | None) -> None:
    if output is ReportFormat.TEXT:
        from cli.report_table import print_report

        print_report(report, center_name, out, language)
        return
    text = _render(report, center_name, output, language)
    if out is None:
        typer.echo(text, nl=False)
        return
    try:
        out.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise UsageError(f"{out} cannot be written: {error.strerror}", "Give another file with --out.") from error


def _render(report: dict[str, Any], center_name: str, output: ReportFormat, language: str) -> str:
    if output is ReportFormat.JSON:
        return json.dumps(report, ensure_ascii=False, indent=1) + "\n"
    if output is ReportFormat.CSV:
        from trunkline.reports.csv_rows import write_report_csv

        return write_report_csv(report)
    from trunkline.reports.page import write_page

    return write_page(report, center_name, language)


def _find_period(kind: str, on: str | None, center: dict[str, Any], now: datetime) -> Period:
    try:
        return find_reported(kind, on, center["time_zone"], now)
    except PeriodError as error:
        raise UsageError(str(error), "Give --period day, week or month, and --on YYYY-MM-DD up to today.") from error


def _read_center(path: Path) -> dict[str, Any]:
    try:
        document: dict[str, Any] = json.loads(load_center(path).model_dump_json(by_alias=True))
    except CenterError as error:
        raise UsageError(str(error), f"Run `trunkline check {path}`, or name another centre with --center.") from error
    return document
