"""Scorecards: figures held against targets, and said to be met only where that is sure."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.unit.contact.samples import ROOT, center_document
from tests.unit.reports.materials import at, call, gather
from trunkline.center import CenterError, load_center
from trunkline.reports.catalogue import list_figures
from trunkline.reports.scorecards import compose_scorecards
from trunkline.reports.targets import (
    AGENT_FIGURES,
    AT_MOST,
    DEPARTMENT_FIGURES,
    OwnTarget,
    TargetError,
    UnknownTargetError,
    parse_target,
)

FRIDAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
SAMPLE = ROOT / "callcenter.yaml"
CENTER = center_document()


def targets(**figures):
    return {"scorecards": {"targets": figures}}


def compose(contacts, own=None, *, only_agent=None, **changes):
    return compose_scorecards(gather(contacts, compared=False, **changes), own or {}, only_agent=only_agent)


def card(cards, key, kind="agents"):
    return next(each for each in cards[kind] if each["key"] == key)["figures"]


def calls(number, satisfied):
    return [
        call(each, at(FRIDAY, f"{8 + each % 9:02}:00"), survey_score=5 if each < satisfied else 2)
        for each in range(number)
    ]


@pytest.mark.parametrize(
    ("number", "satisfied", "status"),
    [(10, 9, "no_telling"), (200, 190, "met"), (200, 120, "not_met"), (0, 0, "no_telling")],
)
def test_target_is_met_or_missed_only_where_the_whole_interval_says_so(number, satisfied, status):
    figure = card(compose(calls(number, satisfied), reports=targets(csat_percent=80)), "mina")["csat_percent"]
    assert figure["status"] == status
    assert figure["target"] == {"value": 80, "bound": "at_least", "source": "center"}
    assert (figure.get("n"), figure["small"]) == (number, number < 30)


def test_long_calls_miss_an_upper_bound():
    contacts = [call(each, at(FRIDAY, f"{8 + each % 9:02}:{each % 60:02}"), talk=500 + each) for each in range(60)]
    figure = card(compose(contacts, reports=targets(average_handle_time_seconds=300)), "mina")
    assert figure["average_handle_time_seconds"]["target"]["bound"] == "at_most"
    assert figure["average_handle_time_seconds"]["status"] == "not_met"


def test_supervisors_target_holds_for_one_agent_with_its_reason():
    own = OwnTarget("mina", "csat_percent", 60, "Learns billing", "sue", "2026-11-03T17:02:11Z")
    contacts = [*calls(200, 140), *(call(900 + each, at(FRIDAY), agent="jordan", survey_score=2) for each in range(9))]
    cards = compose(contacts, {"mina": {"csat_percent": own}}, reports=targets(csat_percent=80))
    figure = card(cards, "mina")["csat_percent"]
    assert figure["status"] == "met"
    assert figure["target"] == {
        "value": 60,
        "bound": "at_least",
        "source": "supervisor",
        "center_value": 80,
        "reason": "Learns billing",
        "set_by": "sue",
        "set_at": "2026-11-03T17:02:11Z",
    }
    assert card(cards, "jordan")["csat_percent"]["target"]["source"] == "center"


def test_without_targets_nothing_is_judged():
    cards = compose(calls(40, 40), reports=targets())
    for each in (*cards["agents"], *cards["departments"]):
        assert {figure["status"] for figure in each["figures"].values()} == {None}


def test_provisional_resolution_is_not_called_met():
    contacts = calls(60, 0)
    soon = compose(contacts, reports=targets(first_contact_resolution_percent=50), now=at(date(2026, 11, 21)))
    later = compose(contacts, reports=targets(first_contact_resolution_percent=50))
    name = "first_contact_resolution_percent"
    assert (card(soon, "mina")[name]["status"], card(soon, "mina")[name]["provisional"]) == ("no_telling", 60)
    assert (card(later, "mina")[name]["status"], card(later, "mina")[name]["provisional"]) == ("met", 0)


def test_agents_see_their_own_card_and_no_department():
    cards = compose(calls(5, 5), only_agent="mina")
    assert [each["key"] for each in cards["agents"]] == ["mina"]
    assert cards["departments"] == []


def test_every_agent_and_department_has_a_card_and_nobody_is_ranked():
    cards = compose(calls(5, 5))
    names = [each["name"] for each in cards["agents"]]
    assert names == sorted(names)
    assert len(names) == len(CENTER["agents"])
    assert [each["key"] for each in cards["departments"]] == ["Sales", "Finance", "Service"]
    assert card(cards, "Sales", "departments")["answered"]["value"] == 5


def test_figures_of_cards_are_figures_of_reports():
    known = list_figures("c")
    assert set(AGENT_FIGURES) <= {key for key, figure in known.items() if "agent" in figure.scopes}
    assert set(DEPARTMENT_FIGURES) <= {key for key, figure in known.items() if "queue" in figure.scopes}
    assert set(AGENT_FIGURES) | set(DEPARTMENT_FIGURES) >= AT_MOST


def test_centre_takes_a_target_for_each_figure_of_a_card_and_for_no_other():
    from trunkline.center.reporting import ScorecardTargets

    assert set(ScorecardTargets.model_fields) == set(AGENT_FIGURES) | set(DEPARTMENT_FIGURES)


def test_misspelt_target_is_told_with_its_line(tmp_path):
    center_file = tmp_path / "callcenter.yaml"
    text = SAMPLE.read_text(encoding="utf-8").replace("csat_percent:", "csat_percents:")
    center_file.write_text(text, encoding="utf-8")
    with pytest.raises(CenterError, match="csat_percent"):
        load_center(center_file)


def test_supervisor_sets_a_target():
    body = {"figure": "csat_percent", "value": 75, "reason": "  New in\n billing "}
    target = parse_target(body, username="mina", center=CENTER, now=NOW, set_by="sue")
    assert target == OwnTarget("mina", "csat_percent", 75, "New in billing", "sue", "2026-11-21T18:00:00Z")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"value": "75"}, "value"),
        ({"value": True}, "value"),
        ({"value": float("nan")}, "value"),
        ({"value": 101}, "0 to 100"),
        ({"value": -1}, "0 to 100"),
        ({"reason": ""}, "reason"),
        ({"reason": None}, "reason"),
        ({"reason": "x" * 501}, "3 to 500"),
        ({"figure": None}, "figure"),
        ({"figure": ["csat_percent"]}, "figure"),
        ({"username": "walt"}, "no such field"),
    ],
)
def test_target_that_makes_no_sense_is_refused(changes, told):
    body = {"figure": "csat_percent", "value": 75, "reason": "New in billing", **changes}
    with pytest.raises(TargetError, match=told):
        parse_target(body, username="mina", center=CENTER, now=NOW, set_by="sue")


@pytest.mark.parametrize("body", [None, [], "csat_percent"])
def test_target_that_is_no_object_is_refused(body):
    with pytest.raises(TargetError, match="JSON object"):
        parse_target(body, username="mina", center=CENTER, now=NOW, set_by="sue")


@pytest.mark.parametrize(("username", "figure"), [("nobody", "csat_percent"), ("mina", "cost_per_contact")])
def test_unknown_agent_or_figure_is_named(username, figure):
    with pytest.raises(UnknownTargetError):
        parse_target(
            {"figure": figure, "value": 75, "reason": "New in billing"},
            username=username,
            center=CENTER,
            now=NOW,
            set_by="sue",
        )
