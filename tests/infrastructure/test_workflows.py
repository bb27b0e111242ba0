"""Workflows: Express where nothing waits, whole, commented, silent about people."""

import json
import re
from typing import Any

from .conftest import PROJECT
from .templates import Assembly, flatten

DEFINITIONS = sorted((PROJECT / "statemachines").glob("*.asl.json"))
WAITING = {"close_day"}
"""Workflows in which time passes, once a day: they are paid by the transition, and those of a call are not."""


def test_every_definition_is_deployed_and_only_what_waits_is_standard(assembly: Assembly) -> None:
    machines = assembly.of_type("AWS::StepFunctions::StateMachine")
    deployed = {
        json.dumps(json.loads(flatten(one.properties["DefinitionString"])), sort_keys=True): one for one in machines
    }
    written = {
        json.dumps(json.loads(path.read_text(encoding="utf-8")), sort_keys=True): path.name.split(".")[0]
        for path in DEFINITIONS
    }
    assert set(deployed) == set(written)
    kinds = {written[text]: one.properties["StateMachineType"] for text, one in deployed.items()}
    assert {name for name, kind in kinds.items() if kind == "STANDARD"} == WAITING
    assert {
        name
        for name, text in ((path.name.split(".")[0], path.read_text()) for path in DEFINITIONS)
        if '"Type": "Wait"' in text
    } == WAITING


def test_every_substitution_of_a_definition_is_given_and_used(assembly: Assembly) -> None:
    for machine in assembly.of_type("AWS::StepFunctions::StateMachine"):
        wanted = set(re.findall(r"\$\{(\w+)\}", flatten(machine.properties["DefinitionString"])))
        assert set(machine.properties["DefinitionSubstitutions"]) == wanted, machine.logical_id


def test_every_state_says_what_it_is_for_and_leads_somewhere() -> None:
    for path in DEFINITIONS:
        definition = json.loads(path.read_text(encoding="utf-8"))
        assert definition["Comment"]
        check_states(path.name, definition)


def check_states(file: str, definition: dict[str, Any]) -> None:
    known: dict[str, dict[str, Any]] = definition["States"]
    assert definition["StartAt"] in known
    for name, state in known.items():
        assert state.get("Comment"), f"{file}: {name}"
        following = [state.get("Next"), state.get("Default"), *(one["Next"] for one in state.get("Choices", []))]
        following += [one["Next"] for one in state.get("Catch", [])]
        assert {one for one in following if one} <= set(known), f"{file}: {name}"
        if "ItemProcessor" in state:
            check_states(file, state["ItemProcessor"])


def test_every_retry_draws_its_pause_from_the_whole_span() -> None:
    for path in DEFINITIONS:
        text = path.read_text(encoding="utf-8")
        retried = [one for one in text.split('"MaxAttempts"')[1:] if not one.startswith(": 0")]
        assert all('"JitterStrategy": "FULL"' in one for one in retried), path.name


def test_workflows_log_failures_without_what_passed_through(assembly: Assembly) -> None:
    for machine in assembly.of_type("AWS::StepFunctions::StateMachine"):
        logging = machine.properties["LoggingConfiguration"]
        assert logging["Level"] == "ERROR"
        assert logging["IncludeExecutionData"] is False
        assert "TracingConfiguration" not in machine.properties
