"""Days that were counted in after they were over: noted by what counts, told to the night, forgotten by a closing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import boto3
import pytest
import time_machine

from tests.contracts.test_phone_handlers import change, firehose, window
from tests.unit.contact.samples import contact_record
from trunkline.metrics.late_days import LateDays
from trunkline.runtime import client

NIGHT = "2026-11-22T11:15:00Z"  # a quarter past three in Los Angeles
SATURDAY, FRIDAY = "2026-11-21", "2026-11-20"


@pytest.fixture
def late_days(aws):
    return LateDays(client("dynamodb"), "metrics")


@pytest.fixture
def recount(load_handler, aws):
    boto3.client("s3").create_bucket(Bucket="night")
    return load_handler("recount_day", DRIFT_BUCKET="night")


@pytest.fixture
def count(load_handler):
    """Keep a contact and count it, at some moment."""
    keep, aggregate = load_handler("store_contact"), load_handler("aggregate_metrics")

    def count(moment):
        keep(firehose(contact_record()))
        (item,) = boto3.client("dynamodb").scan(TableName="contacts")["Items"]
        with time_machine.travel(moment, tick=False):
            aggregate(window(change(1, item)))

    return count


def test_day_is_noted_once_however_often_and_listed_in_order(late_days):
    late_days.note([SATURDAY, "2026-03-08"])
    late_days.note([SATURDAY])
    assert late_days.list() == ["2026-03-08", SATURDAY]


def test_day_that_is_noted_anew_while_it_is_closed_again_stays_noted(late_days):
    with time_machine.travel(NIGHT, tick=False) as clock:
        late_days.note([FRIDAY, SATURDAY])
        clock.shift(timedelta(minutes=1))
        begun_at = datetime.now(UTC)
        late_days.note([FRIDAY])
        for day in (FRIDAY, SATURDAY, "2026-10-31"):
            late_days.forget(day, begun_at)
    assert late_days.list() == [FRIDAY]


def test_what_is_counted_on_its_own_day_is_not_late(count, late_days):
    count("2026-11-22T07:59:00Z")
    assert late_days.list() == []


def test_what_is_counted_after_its_day_is_noted_before_it_is_counted(count, late_days, monkeypatch):
    monkeypatch.setattr("trunkline.metrics.store.MetricsStore.write", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        count("2026-11-22T08:00:00Z")
    assert late_days.list() == [SATURDAY]


def test_scheduled_night_names_late_days_but_the_one_that_it_closes(recount, late_days):
    late_days.note([FRIDAY, SATURDAY])
    with time_machine.travel(NIGHT, tick=False):
        told = recount({"input": {"scheduled_at": NIGHT}, "again": False})
    assert (told["day"], told["late_days"]) == (SATURDAY, [FRIDAY])


def test_day_that_is_closed_by_hand_starts_no_other_and_tells_of_week_and_month_once_these_are_over(recount, late_days):
    late_days.note([FRIDAY])
    with time_machine.travel(NIGHT, tick=False):
        told = recount({"input": {"day": "2026-10-31"}, "again": False})
    assert told["late_days"] == []
    assert [report["period"] for report in told["reports"]] == ["day", "week", "month"]


def test_day_is_late_no_more_when_its_hours_are_rolled_up(load_handler, late_days):
    with time_machine.travel("2026-11-22T10:00:00Z", tick=False):
        late_days.note([FRIDAY, SATURDAY])
    roll_up = load_handler("roll_up_day", HISTORY_COUNTERS_STREAM="contacts")
    assert roll_up({"day": FRIDAY, "begun_at": NIGHT}) == {"rows": 0}
    assert late_days.list() == [SATURDAY]
