"""What a set of cases went through."""

from contactflow.model import Action
from contactflow.testing import Coverage, FlowLibrary, TestCase, run_case
from contactflow.testing.coverage import list_branches

from .cases import SHOP, answers, chain, end, hear, press, start

LIBRARY = FlowLibrary({"shop": SHOP})


def cover(*documents):
    coverage = Coverage(LIBRARY)
    for document in documents:
        coverage.add(run_case(TestCase.parse(document), LIBRARY).trace)
    return coverage


ORDERS = chain(hear("For orders, press 1", press("1")))
STATUS = chain(start(answers({"number": "7"})), hear("For orders, press 1", press("2")), hear("Your order 7 is here."))


def test_counts_add_up_over_cases():
    shop = cover(ORDERS, STATUS, STATUS).summarise()["flows"]["shop"]
    assert shop["actions"]["hello"] == 3
    assert shop["branches"]["menu"] == {
        "1": 1,
        "2": 2,
        "InputTimeLimitExceeded": 0,
        "NoMatchingCondition": 0,
        "NoMatchingError": 0,
    }
    assert shop["branches"]["status"] == {"NextAction": 2, "NoMatchingError": 0}


def test_totals_tell_how_much_is_covered():
    summary = cover(ORDERS).summarise()
    assert summary["actions"] == {"covered": 6, "total": len(SHOP.actions)}
    assert summary["branches"]["covered"] == 6


def test_what_is_not_covered_is_told_once():
    uncovered = [(one.place.action_id, one.branch) for one in cover(ORDERS).list_uncovered()]
    assert ("closed", None) in uncovered
    assert ("open", "False") in uncovered
    assert not [branch for action, branch in uncovered if action == "closed" and branch]


def test_branches_that_no_run_can_take_do_not_count():
    by_name = {action.identifier: action for action in SHOP.actions}
    assert list_branches(by_name["open"]) == ("True", "False", "NoMatchingError")
    assert list_branches(by_name["queue"]) == ("Terminal", "QueueAtCapacity", "NoMatchingError")
    assert list_branches(by_name["bye"]) == ("Terminal",)
    assert list_branches(Action("x", "DisconnectParticipant", {}, None)) == ("Terminal",)


def test_a_call_that_ends_within_an_action_counts_for_it():
    shop = cover(chain(hear("Welcome to the shop.", end()))).summarise()["flows"]["shop"]
    assert shop["actions"]["hello"] == 1
    assert shop["branches"]["hello"] == {"NextAction": 0}
