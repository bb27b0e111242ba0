"""First contact resolution: who did not have to come back, and until when nobody knows."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from tests.unit.reports.materials import ZONE, call
from trunkline.metrics.resolution import ResolutionCounts, ResolutionRule, count_resolution

RULE = ResolutionRule("no_further_contact", 7, ZONE)
DAY = date(2026, 10, 28)
"""Four days later the clocks go back."""
LATER = datetime(2026, 12, 31, tzinfo=UTC)
ANA = "+12065550111"


def local(day: date, clock: str = "10:00") -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), ZoneInfo(ZONE)).astimezone(UTC)


def ended(contact) -> datetime:
    return contact.disconnected_at


def counts(contacts, *, rule=RULE, now=LATER, day=DAY, who=("queue", "orders")):
    return count_resolution(contacts, rule, now).get(day, {}).get(who, ResolutionCounts())


def told(found) -> tuple[int, int, int]:
    return found.resolved, found.not_resolved, found.provisional


FIRST = call(1, local(DAY), customer=ANA)


def comes_back(moment, **changes):
    return call(2, moment, customer=ANA, **changes)


def test_case_is_provisional_until_the_days_have_passed_on_the_clock():
    closes_at = local(DAY + timedelta(days=7), "10:03:50")
    assert ended(FIRST) == local(DAY, "10:03:50")
    assert closes_at - ended(FIRST) == timedelta(days=7, hours=1)
    assert told(counts([FIRST], now=closes_at)) == (0, 0, 1)
    assert told(counts([FIRST], now=closes_at + timedelta(seconds=1))) == (1, 0, 0)


@pytest.mark.parametrize(("late", "expected"), [(-1, (0, 1, 0)), (0, (0, 1, 0)), (1, (1, 0, 0))])
def test_contact_exactly_seven_days_later_still_counts_against_the_first(late, expected):
    moment = local(DAY + timedelta(days=7), "10:03:50") + timedelta(seconds=late)
    assert told(counts([FIRST, comes_back(moment)])) == expected


def test_who_comes_back_at_once_is_known_at_once():
    soon = ended(FIRST) + timedelta(minutes=5)
    assert told(counts([FIRST, comes_back(soon)], now=soon + timedelta(minutes=30))) == (0, 1, 1)


def test_abandoned_contact_counts_against_the_first_and_is_no_case_itself():
    assert told(counts([FIRST, comes_back(local(DAY, "15:00"), agent=None)])) == (0, 1, 0)


def test_another_topic_or_another_customer_is_no_return():
    others = [
        comes_back(local(DAY, "15:00"), queue="billing"),
        call(3, local(DAY, "16:00"), customer="+12065550222"),
        comes_back(local(DAY, "17:00"), queue=None, enqueued_at=None, agent=None, contact_id="menu"),
    ]
    assert told(counts([FIRST, *others])) == (2, 0, 0)


def test_outbound_call_to_the_customer_is_no_return():
    assert told(counts([FIRST, comes_back(local(DAY, "15:00"), initiation_method="OUTBOUND")])) == (1, 0, 0)


def test_unknown_customers_are_not_counted_and_never_repeat_each_other():
    anonymous = [call(number, local(DAY, f"1{number}:00"), customer=None) for number in range(3)]
    assert told(counts(anonymous)) == (0, 0, 0)


def test_transfer_is_one_case_of_who_answered_last():
    first = replace(FIRST, transferred=True, next_contact_id="c2")
    second = comes_back(
        local(DAY, "10:03:50"), queue="billing", agent="sofia", initiation_method="TRANSFER", previous_contact_id="c1"
    )
    for contacts in ([first, second], [second, first]):
        assert told(counts(contacts)) == (0, 0, 0)
        assert told(counts(contacts, who=("queue", "billing"))) == (1, 0, 0)
        assert told(counts(contacts, who=("agent", "sofia"))) == (1, 0, 0)
        assert told(counts(contacts, who=("agent", "mina"))) == (0, 0, 0)


def test_chain_that_goes_back_to_its_first_queue_is_no_return():
    chain = [
        FIRST,
        comes_back(local(DAY, "10:03:50"), queue="billing", previous_contact_id="c1", initiation_method="TRANSFER"),
        call(3, local(DAY, "10:09"), customer=ANA, previous_contact_id="c2", initiation_method="TRANSFER"),
    ]
    assert told(counts(chain)) == (1, 0, 0)


def test_callback_belongs_to_the_contact_that_asked_for_it():
    asked = call(1, local(DAY), customer=ANA, agent=None, outcome="callback", next_contact_id="c2")
    called = comes_back(local(DAY, "11:00"), initiation_method="CALLBACK", previous_contact_id="c1")
    assert told(counts([asked, called])) == (1, 0, 0)


def test_case_counts_on_the_local_day_of_its_answer():
    evening = call(1, local(DAY, "23:50"), customer=ANA)
    assert evening.answered_at.astimezone(UTC).date() == DAY + timedelta(days=1)
    assert told(counts([evening])) == (1, 0, 0)


def test_correction_that_moves_a_contact_changes_what_is_counted():
    back = comes_back(local(DAY, "15:00"))
    assert told(counts([FIRST, back])) == (1, 1, 0)
    corrected = replace(back, queue="billing", version=LATER)
    assert told(counts([FIRST, corrected])) == (1, 0, 0)


@pytest.mark.parametrize(("convention", "attribute"), [("disposition", "disposition"), ("survey", "survey_resolved")])
def test_agents_or_customers_may_say_it(convention, attribute):
    rule = ResolutionRule(convention, 7, ZONE)
    said = [("resolved", "Yes "), ("unresolved", "no"), ("", "maybe"), (None, None)]
    contacts = [
        call(number, local(DAY), attributes={} if pair[0] is None else {attribute: pair[attribute == SURVEY]})
        for number, pair in enumerate(said)
    ]
    assert told(counts(contacts, rule=rule)) == (1, 1, 0)


SURVEY = "survey_resolved"


def test_dispositions_are_counted_beside_every_convention():
    contacts = [
        call(number, local(DAY), attributes={"disposition": told})
        for number, told in enumerate(("resolved", "resolved", "unresolved"))
    ]
    found = counts(contacts)
    assert asdict(found) == {
        "resolved": 3,
        "not_resolved": 0,
        "provisional": 0,
        "disposed": 3,
        "disposed_resolved": 2,
    }


def test_a_regular_customer_takes_no_longer_than_others():
    contacts = [call(number, local(DAY) + timedelta(seconds=60 * number), customer=ANA) for number in range(4_000)]
    found = count_resolution(contacts, RULE, LATER)
    total = ResolutionCounts()
    for members in found.values():
        total.add(members["queue", "orders"])
    assert told(total) == (1, 3_999, 0)


def test_rule_comes_from_the_centre_and_has_a_default():
    assert ResolutionRule.of_center({"metrics": {}, "time_zone": ZONE}) == RULE
    told = {"metrics": {"resolution": {"convention": "survey", "days": 3}}, "time_zone": ZONE}
    assert ResolutionRule.of_center(told) == ResolutionRule("survey", 3, ZONE)
