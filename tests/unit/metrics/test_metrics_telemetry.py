"""What CloudWatch is told of a batch: few sums, of new contacts, once."""

from __future__ import annotations

import pytest

from tests.unit.metrics.calls import call, change
from tests.unit.metrics.fakes import MemoryCounters
from trunkline.metrics.fold import apply_changes
from trunkline.metrics.telemetry import count_new_contacts, queue_sums

SHARD = "shardId-00000001"


def center(convention="c"):
    metrics = {"service_level_convention": convention}
    return {"alias": "redline", "queues": {"orders": {}, "billing": {}}, "metrics": metrics}


def tell(*calls, convention="c"):
    """Return what is told of new contacts, by queue; the centre's under an empty name."""
    changes = [change(number, None, one) for number, one in enumerate(calls, 1)]
    counted = apply_changes(changes, SHARD, MemoryCounters(), lambda key, without: 0)
    return {at.get("Queue", ""): counts for at, counts in count_new_contacts(counted, center(convention))}


def test_queue_and_centre_are_told_in_one_set_of_sums_each():
    told = tell(
        call("a", wait_seconds=12, talk_seconds=100, hold_seconds=20, after_contact_seconds=30, survey_score=5),
        call("b", outcome="abandoned", wait_seconds=7),
    )
    assert told == {
        "orders": {
            "Offered": 2,
            "Answered": 1,
            "Abandoned": 1,
            "WaitSeconds": 12,
            "HandleSeconds": 150,
            "InTarget": 2,
        },
        "": {
            "Contacts": 2,
            "Offered": 2,
            "Abandoned": 1,
            "TalkSeconds": 120,
            "LineSeconds": 139,
            "SurveyAnswers": 1,
            "SurveySatisfied": 1,
        },
    }


@pytest.mark.parametrize(
    ("convention", "needs"),
    [
        ("a", {"AnsweredInTarget": 1}),
        ("b", {"AnsweredInTarget": 1}),
        ("c", {"InTarget": 2}),
        ("d", {"AnsweredInTarget": 1, "AbandonedInTarget": 1}),
        ("e", {"AnsweredInTarget": 1, "AbandonedShort": 0}),
    ],
)
def test_service_level_has_what_its_convention_needs_and_no_more(convention, needs):
    told = tell(call("a", wait_seconds=12), call("b", outcome="abandoned", wait_seconds=7), convention=convention)
    basis = {"Offered", "Answered", "Abandoned", "WaitSeconds", "HandleSeconds"}
    assert {name: count for name, count in told["orders"].items() if name not in basis} == needs
    assert set(queue_sums(convention)) == basis | set(needs)


def test_contact_that_ended_in_the_menu_counts_for_the_centre():
    told = tell(call("a", outcome="ended_in_menu", queue=None, enqueued_at=None, wait_seconds=None))
    assert list(told) == [""]
    assert (told[""]["Contacts"], told[""]["Offered"]) == (1, 0)


def test_channels_of_a_queue_count_together_and_unknown_queues_make_no_metric():
    told = tell(call("a"), call("b", channel="CHAT"), call("c", queue="made-up"))
    assert set(told) == {"orders", ""}
    assert (told["orders"]["Offered"], told[""]["Offered"]) == (2, 3)


def test_corrections_and_what_is_delivered_again_are_not_told():
    table = MemoryCounters()
    old = call("a", outcome="abandoned")
    batch = [change(1, None, old), change(2, old, call("a"))]
    counted = apply_changes(batch, SHARD, table, lambda key, without: 0)
    told = {at.get("Queue"): counts for at, counts in count_new_contacts(counted, center())}
    assert (told["orders"]["Abandoned"], told["orders"]["Answered"]) == (1, 0)
    again = apply_changes(batch, SHARD, table, lambda key, without: 0)
    assert list(count_new_contacts(again, center())) == []
