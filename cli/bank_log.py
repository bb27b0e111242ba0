"""Read a day of the anonymous bank's call log, and count its figures from the log alone.

The log is tab-separated with a header of 17 columns: ``vru+line call_id customer_id priority
type date vru_entry vru_exit vru_time q_start q_exit q_time outcome ser_start ser_exit ser_time
server``; dates are ``YYMMDD``, clock times ``H:MM:SS`` of the bank's day, ``*_time`` seconds.
Reading: PHANTOM rows are dropped; AGENT is answered; HANG without queue times ended in the
menu; other HANG rows abandoned in the queue; ``ser_time`` is talk. ``call_id`` is not unique.

**Source** Mandelbaum, Sakov, Zeltyn, "Empirical analysis of a call center", Technion, 2000;
docs/metrics.md, "A real log to check against".
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal

from cli.errors import UsageError
from cli.figures import Happening

COLUMNS = (
    "vru+line",
    "call_id",
    "customer_id",
    "priority",
    "type",
    "date",
    "vru_entry",
    "vru_exit",
    "vru_time",
    "q_start",
    "q_exit",
    "q_time",
    "outcome",
    "ser_start",
    "ser_exit",
    "ser_time",
    "server",
)
NOWHERE = "0:00:00"
DAY_SECONDS = 86_400
LONGEST_CALL_SECONDS = 6 * 3600

LogOutcome = Literal["answered", "abandoned", "ended_in_menu"]


class RowError(Exception):
    """A row that cannot be read; the message says which column, what it held and what was expected."""


@dataclass(frozen=True)
class BankCall:
    """One call of the log.

    Attributes
    ----------
    arrival
        Local moment at which the menu began, without a zone, as in the log.
    menu_seconds, queue_seconds, talk_seconds
        Durations in whole seconds, never negative.
    service
        The log's ``type``: PS, NW, NE, IN, TT or PE.
    server
        Agent's name; empty unless answered.
    """

    line: int
    arrival: datetime
    customer: str
    service: str
    outcome: LogOutcome
    menu_seconds: int
    queue_seconds: int
    talk_seconds: int
    server: str


@dataclass(frozen=True)
class RejectedRow:
    """A row that could not be read, kept with its cause."""

    line: int
    cause: str


@dataclass
class BankDay:
    """The calls of one day of a log, and what of it was not a call."""

    date: date
    rows: int = 0
    phantom: int = 0
    calls: list[BankCall] = field(default_factory=list)
    rejected: list[RejectedRow] = field(default_factory=list)


def read_day(path: Path, day: date) -> BankDay:
    """Read the rows of ``day``; a dirty row is kept with its cause and does not stop the rest.

    Rows whose date cannot be read belong to no day: they are reported with every day.

    Raises
    ------
    UsageError
        When the file is not there, is not such a log, or has no row of that day.
    """
    result = BankDay(day)
    for line, row in _rows(path):
        try:
            if _date(row) != day:
                continue
            result.rows += 1
            if row["outcome"] == "PHANTOM":
                result.phantom += 1
            else:
                result.calls.append(_call(line, row))
        except RowError as error:
            result.rejected.append(RejectedRow(line, str(error)))
    if not result.rows:
        raise UsageError(f"{path} has no call on {day.isoformat()}", "give a date that the log covers with --date")
    result.calls.sort(key=lambda call: (call.arrival, call.line))
    return result


def happenings(day: BankDay, *, target_seconds: int) -> Iterator[Happening]:
    """Yield the calls of the log as contacts to count, untouched by twin or system."""
    for call in day.calls:
        queued = call.outcome != "ended_in_menu"
        yield Happening(
            outcome=call.outcome,
            queue=call.service.lower() if queued else None,
            agent=call.server or None,
            wait_seconds=call.queue_seconds,
            talk_seconds=call.talk_seconds,
            target_seconds=target_seconds,
        )


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    try:
        with path.open(encoding="utf-8", errors="replace", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise UsageError(
                    f"{path} is not a log of the bank: its header is not the 17 tab-separated columns",
                    "see docs/replay.md for the format",
                )
            for row in reader:
                yield reader.line_num, row
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}", "give the path of a call log") from error


def _call(line: int, row: Mapping[str, str]) -> BankCall:
    if None in row or None in row.values():
        raise RowError("the row does not have 17 columns")
    outcome = _outcome(row)
    talk = _seconds(row, "ser_time")
    server = row["server"].strip()
    if outcome == "answered" and not server:
        raise RowError("server is empty on an answered call")
    menu = _menu_seconds(row)
    enqueued = datetime.combine(_date(row), time()) + timedelta(seconds=_clock(row, "vru_exit"))
    return BankCall(
        line=line,
        arrival=enqueued - timedelta(seconds=menu),
        customer=row["customer_id"].strip(),
        service=row["type"].strip(),
        outcome=outcome,
        menu_seconds=menu,
        queue_seconds=_seconds(row, "q_time"),
        talk_seconds=talk if outcome == "answered" else 0,
        server=server if outcome == "answered" else "",
    )


def _outcome(row: Mapping[str, str]) -> LogOutcome:
    if row["outcome"] == "AGENT":
        return "answered"
    if row["outcome"] != "HANG":
        raise RowError(f"outcome is {row['outcome']!r}; expected AGENT, HANG or PHANTOM")
    if row["q_start"] == NOWHERE and _seconds(row, "q_time") == 0:
        return "ended_in_menu"
    return "abandoned"


def _menu_seconds(row: Mapping[str, str]) -> int:
    """Return the time in the menu; a call over midnight counts on, a clock set back counts as none."""
    seconds = _integer(row, "vru_time")
    if seconds <= -DAY_SECONDS // 2:
        seconds += DAY_SECONDS
    return max(seconds, 0)


def _date(row: Mapping[str, str]) -> date:
    return _parse_date(row["date"] or "")


@lru_cache(maxsize=366)
def _parse_date(text: str) -> date:
    try:
        return datetime.strptime(text, "%y%m%d").date()  # noqa: DTZ007 the log has no zone
    except ValueError:
        raise RowError(f"date is {text!r}; expected YYMMDD") from None


def _clock(row: Mapping[str, str], column: str) -> int:
    text = row[column]
    try:
        hours, minutes, seconds = (int(part) for part in text.split(":"))
    except ValueError:
        raise RowError(f"{column} is {text!r}; expected H:MM:SS") from None
    if not (0 <= hours < 24 and 0 <= minutes < 60 and 0 <= seconds < 60):
        raise RowError(f"{column} is {text!r}; expected a time of day")
    return hours * 3600 + minutes * 60 + seconds


def _seconds(row: Mapping[str, str], column: str) -> int:
    value = _integer(row, column)
    if not 0 <= value <= LONGEST_CALL_SECONDS:
        raise RowError(f"{column} is {value}; expected 0 to {LONGEST_CALL_SECONDS} seconds")
    return value


def _integer(row: Mapping[str, str], column: str) -> int:
    try:
        return int(row[column])
    except ValueError:
        raise RowError(f"{column} is {row[column]!r}; expected a whole number of seconds") from None
