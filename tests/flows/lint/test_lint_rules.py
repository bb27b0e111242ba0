from __future__ import annotations

import pytest

from contactflow.lint import RULES, UnknownRuleError, choose_rules, lint_flow
from tests.flows.lint.building import flow as build
from tests.flows.lint.building import say
from tests.flows.lint.cases import CASES


def test_every_rule_has_a_flow_that_trips_it_and_one_that_nearly_does() -> None:
    assert set(CASES) == {rule.id for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_is_tripped(rule) -> None:
    case = CASES[rule.id]
    found = lint_flow(case.trips, rules=[rule], **case.options)
    assert tuple(finding.action for finding in found) == case.actions
    assert {finding.rule for finding in found} == {rule.id}
    assert all(finding.message and finding.mend and finding.path.startswith("$") for finding in found)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_lets_a_near_miss_pass(rule) -> None:
    case = CASES[rule.id]
    assert lint_flow(case.near_miss, rules=[rule], **case.options) == []


def test_rules_are_named_once_in_words_joined_by_hyphens() -> None:
    names = [rule.id for rule in RULES]
    assert len(set(names)) == len(names)
    assert all(name.replace("-", "").isalpha() and name == name.lower() for name in names)


def test_findings_are_told_in_the_order_of_the_flow() -> None:
    flow = build(say("b", "<speak>", then="a"), say("a", "<speak>"), say("lost", "<speak>"))
    assert [finding.action for finding in lint_flow(flow)] == ["b", "a", "lost"]


def test_rules_are_chosen_and_ignored_by_name() -> None:
    assert [rule.id for rule in choose_rules(["dead-end", "endless-loop"], ["dead-end"])] == ["endless-loop"]
    assert "dead-end" not in {rule.id for rule in choose_rules(ignored=["dead-end"])}


def test_rule_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(UnknownRuleError, match=r"There is no rule dead_end.*dead-end"):
        choose_rules(["dead_end"])
