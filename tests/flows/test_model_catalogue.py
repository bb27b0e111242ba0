"""What is known of each action type, held against itself and against published flows."""

from __future__ import annotations

from pathlib import Path

import pytest

from contactflow.model import ACTION_TYPES, Action, Flow, list_needed_errors

PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "flows"
PUBLISHED_FLOWS = sorted(PUBLISHED.glob("*.json")) if PUBLISHED.is_dir() else []


def action(kind: str, **parameters: object) -> Action:
    return Action("one", kind, parameters, None)


@pytest.mark.parametrize("name", sorted(ACTION_TYPES))
def test_action_type_is_consistent(name: str) -> None:
    kind = ACTION_TYPES[name]
    assert kind.name == name
    assert kind.page
    assert set(kind.needed_errors) <= set(kind.errors)
    assert len(set(kind.errors)) == len(kind.errors)
    if kind.answers == "listed":
        assert set(kind.needed_answers) <= set(kind.possible_answers)
    if kind.answers in {"none", "keys", "intents"}:
        assert not kind.possible_answers
    if kind.ends:
        assert (kind.answers, kind.errors, kind.needs_next) == ("none", (), False)


def test_catalogue_cannot_be_changed_by_those_who_read_it() -> None:
    with pytest.raises(TypeError):
        ACTION_TYPES["New"] = ACTION_TYPES["Loop"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("asked", "needed"),
    [
        (action("GetParticipantInput"), {"NoMatchingError", "NoMatchingCondition", "InputTimeLimitExceeded"}),
        (
            action("GetParticipantInput", StoreInput="False"),
            {"NoMatchingError", "NoMatchingCondition", "InputTimeLimitExceeded"},
        ),
        (action("GetParticipantInput", StoreInput="True"), {"NoMatchingError"}),
        (
            action("GetParticipantInput", StoreInput="True", InputValidation={"PhoneNumberValidation": {}}),
            {"NoMatchingError", "InvalidPhoneNumber"},
        ),
        (action("GetParticipantInput", StoreInput="True", InputValidation="odd"), {"NoMatchingError"}),
        (
            action("UpdateContactRecordingAndAnalyticsBehavior", ChatBehavior={}),
            {"NoMatchingError", "ChannelMismatch", "InFlightRedactionConfigurationFailed"},
        ),
        (action("MessageParticipant", Text="Hello"), set()),
        (action("SomethingNew"), set()),
    ],
)
def test_errors_that_an_action_needs_depend_on_its_parameters(asked: Action, needed: set[str]) -> None:
    assert set(list_needed_errors(asked)) == needed


@pytest.mark.shared
@pytest.mark.skipif(not PUBLISHED_FLOWS, reason=f"no published flows in {PUBLISHED}")
@pytest.mark.parametrize("path", PUBLISHED_FLOWS or [None], ids=lambda path: path.stem[:60] if path else "none")
def test_published_flow_has_known_types_and_every_branch_that_they_need(path: Path) -> None:
    for found in Flow.parse(path.read_bytes()).actions:
        kind = ACTION_TYPES[found.type]
        ways = found.transitions
        assert ways is not None
        errors = {branch.error_type for branch in ways.errors or ()}
        answers = {operand for branch in ways.conditions or () for operand in branch.condition.operands}
        assert set(list_needed_errors(found)) <= errors <= set(kind.errors), found.identifier
        assert set(kind.needed_answers) <= answers, found.identifier
        assert bool(ways.next_action) == kind.needs_next, found.identifier
        if kind.answers == "none":
            assert not answers, found.identifier
        if kind.answers == "listed":
            assert answers <= set(kind.possible_answers), found.identifier
