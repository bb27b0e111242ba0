"""Reading the bank's log: what counts as what, and what happens to dirty rows."""

from datetime import date
from pathlib import Path

import pytest

from cli.bank_log import COLUMNS, happenings, read_day
from cli.errors import UsageError
from cli.figures import count

DAY = date(1999, 2, 1)
ANSWERED = "AA0101 1 11 2 PS 990201 9:00:00 9:00:10 10 9:00:10 9:00:40 30 AGENT 9:00:39 9:02:00 81 DORIT"
ABANDONED = "AA0101 2 0 0 NW 990201 9:01:00 9:01:05 5 9:01:05 9:01:09 4 HANG 0:00:00 0:00:00 0 NO_SERVER"
IN_MENU = "AA0101 3 0 0 PS 990201 9:02:00 9:02:07 7 0:00:00 0:00:00 0 HANG 0:00:00 0:00:00 0 NO_SERVER"
PHANTOM = "AA0101 4 0 0 PS 990201 9:03:00 9:03:07 7 0:00:00 0:00:00 0 PHANTOM 0:00:00 0:00:00 0 NO_SERVER"
REAL_LOG = Path(__file__).parents[4] / "shared/data/calls/anonymous_bank_1999_02.tsv"


def log(folder: Path, *rows: str) -> Path:
    path = folder / "log.tsv"
    lines = ["\t".join(COLUMNS), *("\t".join(row.split()) for row in rows)]
    path.write_text("\n".join(lines) + "\n")
    return path


def test_outcomes_of_a_day(tmp_path):
    day = read_day(log(tmp_path, ANSWERED, ABANDONED, IN_MENU, PHANTOM), DAY)
    assert [call.outcome for call in day.calls] == ["answered", "abandoned", "ended_in_menu"]
    assert (day.rows, day.phantom) == (4, 1)
    answered = day.calls[0]
    assert (answered.menu_seconds, answered.queue_seconds, answered.talk_seconds) == (10, 30, 81)


def test_rows_of_other_days_are_left_out(tmp_path):
    assert read_day(log(tmp_path, ANSWERED, ABANDONED.replace("990201", "990202")), DAY).rows == 1


@pytest.mark.parametrize(
    ("dirty", "cause"),
    [
        (ANSWERED.replace(" 81 ", " x "), "ser_time is 'x'"),
        (ANSWERED.replace(" AGENT ", " LOST "), "outcome is 'LOST'"),
        (ANSWERED.replace("9:00:10 10", "9:61:10 10"), "vru_exit is '9:61:10'"),
        (ANSWERED.replace("9:00:40 30", "9:00:40 -30"), "q_time is -30"),
        (ANSWERED.rsplit(" ", 2)[0], "17 columns"),
    ],
)
def test_dirty_row_is_kept_with_its_line_and_cause_and_the_rest_goes_on(tmp_path, dirty, cause):
    day = read_day(log(tmp_path, dirty, ABANDONED), DAY)
    assert [row.line for row in day.rejected] == [2]
    assert cause in day.rejected[0].cause
    assert len(day.calls) == 1


def test_call_over_midnight_keeps_its_menu_time(tmp_path):
    row = ANSWERED.replace("9:00:00 9:00:10 10", "23:59:55 0:00:05 -86390")
    assert read_day(log(tmp_path, row), DAY).calls[0].menu_seconds == 10


def test_clock_that_was_set_back_counts_as_no_time_in_the_menu(tmp_path):
    row = ANSWERED.replace("9:00:00 9:00:10 10", "9:01:00 9:00:10 -50")
    call = read_day(log(tmp_path, row), DAY).calls[0]
    assert call.menu_seconds == 0
    assert call.arrival.strftime("%H:%M:%S") == "09:00:10"


def test_day_without_rows_says_so(tmp_path):
    with pytest.raises(UsageError, match="no call on 1999-02-02"):
        read_day(log(tmp_path, ANSWERED), date(1999, 2, 2))


def test_file_that_is_no_log_says_so(tmp_path):
    path = tmp_path / "other.tsv"
    path.write_text("a\tb\n1\t2\n")
    with pytest.raises(UsageError, match="17 tab-separated columns"):
        read_day(path, DAY)


@pytest.mark.shared
@pytest.mark.skipif(not REAL_LOG.exists(), reason="the bank's log is not beside this clone")
def test_february_1999_counts_as_published():
    calls = [
        contact
        for number in range(1, 29)
        for contact in happenings(read_day(REAL_LOG, date(1999, 2, number)), target_seconds=20)
    ]
    figures = count(calls, short_abandon_seconds=5)
    assert (figures["offered"], figures["answered"], figures["abandoned"]) == (31_125, 27_162, 3_963)
    assert figures["ended_in_menu"] == 1_941
    assert round(figures["average_speed_of_answer_seconds"], 4) == 40.7743
    assert {key: round(value, 4) for key, value in figures["service_level"].items()} == {
        "a": 52.0771,
        "b": 59.6753,
        "c": 56.1157,
        "d": 54.2688,
        "e": 52.5396,
    }
