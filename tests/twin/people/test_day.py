"""A day of a scenario: everybody behaves, and the same seed gives the same day."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, time
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from tests.twin.connect.centre import SURVEY_OF_TWO, Centre, open_centre
from tests.twin.connect.fakes import FakeStudio
from twin.people import Person, Scenario, ScenarioError, load_population, load_scenario
from twin.people import open_centre as open_for
from twin.people.conversation import plan_conversation

REDLINE = Path(__file__).parents[3] / "scenarios" / "redline.yaml"
DIALOGUE = [
    {"agent": "Good morning."},
    {"customer": "I need a bumper."},
    {"agent": "Here it is."},
    {"customer": "Thanks."},
]
DAY: dict[str, Any] = {
    "name": "small",
    "time_zone": "America/Los_Angeles",
    "arrivals": [{"days": ["mon", "tue", "wed", "thu", "fri"], "calls_by_hour": {9: 30, 10: 60, 21: 2}}],
    "languages": {"en": {"share": 1.0, "key": "1"}},
    "callers": {"patience_mean_seconds": 60},
    "shifts": [{"start": "08:55", "end": "19:00", "breaks": [{"at": "09:30", "minutes": 10}]}],
    "reasons": {
        "order": {"weight": 2, "keys": ["1"], "dialogues": {"en": [DIALOGUE]}},
        "invoice": {"weight": 1, "keys": ["2"], "talks_as": "order"},
    },
}


def small(**changes: Any) -> Scenario:
    return Scenario.model_validate(DAY | changes)


def run_day(seed: int = 7, calls: int = 80, scenario: Scenario | None = None, **centre: Any) -> Centre:
    opened = open_centre(agents=("mina", "dae"), survey=True, **centre)
    day = open_for(
        opened.network, scenario or small(), seed=seed, start=datetime(2026, 11, 20, 18, tzinfo=UTC), calls=calls
    )
    opened.cloud.clock.run()
    assert day.finished
    return opened


def test_all_planned_calls_arrive_and_end() -> None:
    centre = run_day(calls=80)
    assert len(centre.network.ledger) == 80
    assert len(centre.cloud.contact_records()) == 80
    outcomes = Counter(one.outcome for one in centre.network.ledger)
    assert outcomes["answered"] > 40
    assert outcomes["abandoned"] > 0
    assert any(one.survey_score for one in centre.network.ledger)


def test_same_seed_gives_the_same_day_and_another_seed_another() -> None:
    first, again, other = run_day(seed=7), run_day(seed=7), run_day(seed=8)
    assert first.network.ledger == again.network.ledger
    assert first.cloud.contact_records() == again.cloud.contact_records()
    assert first.cloud.events == again.cloud.events
    assert [one.initiated_at for one in other.network.ledger] != [one.initiated_at for one in first.network.ledger]


def test_agents_go_home_after_their_last_contact() -> None:
    centre = run_day()
    assert not any(centre.network.desk(name).logged_in for name in ("mina", "dae"))
    kinds = Counter(e["EventType"] for e in centre.cloud.agent_events())
    assert kinds["LOGIN"] == kinds["LOGOUT"] == 2


def test_agents_note_what_became_of_a_contact_and_change_nothing_else() -> None:
    notes = {"disposition": {"resolved": 3, "unresolved": 1, "": 1}}
    silent = run_day()
    centre = run_day(scenario=small(agents=DAY.get("agents", {}) | {"notes": notes}))
    answered = [one for one in centre.network.ledger if one.outcome == "answered"]
    noted = Counter(one.attributes.get("disposition") for one in answered)
    assert set(noted) == {"resolved", "unresolved", None}
    assert noted["resolved"] > noted["unresolved"]
    assert not any("disposition" in one.attributes for one in centre.network.ledger if one.outcome != "answered")
    records = {record["ContactId"]: record for record in centre.cloud.contact_records()}
    assert all(
        records[one.contact_id]["Attributes"].get("disposition") == one.attributes.get("disposition")
        for one in answered
    )
    assert [one.disconnected_at for one in centre.network.ledger] == [
        one.disconnected_at for one in silent.network.ledger
    ]


def test_callers_know_the_question_whether_their_matter_is_resolved() -> None:
    habits = {"answers_survey_share": 1.0, "resolved_words": ["resolved"], "resolved_share": 0.7}
    hooks = {"CustomerRemaining": ("CONTACT_FLOW", SURVEY_OF_TWO)}
    centre = run_day(scenario=small(callers=habits), hooks=hooks)
    told = Counter(one.attributes.get("survey_resolved") for one in centre.network.ledger if one.survey_score)
    assert told.keys() <= {"1", "2", None}
    assert told["1"] > told["2"] > 0


def test_calls_outside_opening_hours_hear_that_the_shop_is_closed() -> None:
    centre = run_day(scenario=small(arrivals=[{"days": ["fri"], "calls_by_hour": {21: 1}}]), calls=5)
    assert {one.outcome for one in centre.network.ledger} <= {"ended_by_flow", "ended_in_menu"}


def test_callers_who_gave_up_call_again_within_the_planned_calls() -> None:
    habits = {"patience_mean_seconds": 1, "calls_again_share": 1.0, "calls_again_seconds": {"least": 60, "most": 60}}
    centre = run_day(scenario=small(callers=habits, shifts=[]), calls=40)
    numbers = Counter(one.customer for one in centre.network.ledger)
    assert len(centre.network.ledger) == 40
    assert max(numbers.values()) > 1


def test_known_customers_ring_from_their_own_numbers() -> None:
    people = [Person(phone="+12065550199", language="en")]
    opened = open_centre(agents=("mina",))
    habits = {"known_share": 1.0}
    open_for(opened.network, small(callers=habits), seed=1, calls=10, population=people)
    opened.cloud.clock.run()
    assert {one.customer for one in opened.network.ledger} == {"+12065550199"}


def test_open_end_goes_on_until_it_is_closed() -> None:
    opened = open_centre(agents=("mina", "dae"))
    day = open_for(opened.network, small(), seed=1, calls_per_hour=60)
    opened.cloud.clock.run(3600)
    still_open = not day.finished
    day.close()
    opened.cloud.clock.run()
    assert still_open
    assert day.finished
    assert 40 <= day.dialled <= 80
    assert len(opened.network.ledger) == day.dialled
    assert not opened.network.desk("mina").logged_in


def test_conversation_is_spoken_in_turn_and_a_hold_leaves_a_pause() -> None:
    scenario = small(agents={"holds_share": 1.0, "hold_seconds": {"least": 20, "most": 20}})
    dialogue = scenario.reasons["order"].dialogues["en"][0]
    plan = plan_conversation(dialogue, "en", studio=FakeStudio(), habits=scenario.agents, chance=Random(1))
    assert plan.hold is not None
    start, length = plan.hold
    for before, after in zip(plan.utterances, plan.utterances[1:], strict=False):
        assert before.end_seconds < after.start_seconds
    assert not any(start < one.start_seconds < start + length for one in plan.utterances)
    assert plan.seconds >= plan.utterances[-1].end_seconds


def test_sample_scenario_is_valid_and_speaks_both_languages() -> None:
    scenario = load_scenario(REDLINE)
    assert {language for _, language, _ in scenario.lines()} == {"en", "ko"}
    for name in scenario.reasons:
        for dialogues in scenario.dialogues_of(name).values():
            assert all(8 <= len(dialogue) <= 16 for dialogue in dialogues)
    zone = ZoneInfo(scenario.time_zone)
    friday = datetime.combine(datetime(2026, 11, 20, tzinfo=zone).date(), time(0), zone).date()
    assert sum(scenario.rates_on(friday).values()) > 100


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("reasons", "order", "keys"), ["x"], "reasons.order.keys.0"),
        (("reasons", "order", "dialogues"), {}, "reasons.order: give dialogues"),
        (("reasons", "invoice", "talks_as"), "orders", "there is no reason 'orders'"),
        (("languages", "ko"), {"share": 0.2, "key": "2"}, "none in 'ko'"),
        (("shifts", 0, "end"), "07:00", "the shift starts at"),
        (("callers", "patience"), 3, "callers.patience"),
    ],
)
def test_broken_scenario_names_the_place(tmp_path: Path, path: tuple[Any, ...], value: Any, message: str) -> None:
    broken = yaml.safe_load(yaml.safe_dump(DAY))
    place = broken
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    file = tmp_path / "scenario.yaml"
    file.write_text(yaml.safe_dump(broken))
    with pytest.raises(ScenarioError) as caught:
        load_scenario(file)
    assert message in str(caught.value)


def test_shift_of_an_unknown_agent_is_refused() -> None:
    opened = open_centre(agents=("mina",))
    scenario = small(shifts=[{"agents": ["mnia"], "start": "08:00", "end": "09:00"}])
    with pytest.raises(ScenarioError, match="mnia; it has mina"):
        open_for(opened.network, scenario, seed=1, calls=1)


def test_population_is_a_list_of_people_with_telephones(tmp_path: Path) -> None:
    file = tmp_path / "customers.yaml"
    file.write_text("- {phone: '+12065550101', language: ko, name: Kim, vip: true}\n")
    assert load_population(file) == (Person(phone="+12065550101", language="ko"),)
    file.write_text("- {phone: '0206'}\n")
    with pytest.raises(ScenarioError, match=r"customers\.0\.phone"):
        load_population(file)
