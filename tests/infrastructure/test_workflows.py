"""Workflows: Express, whole, commented, silent about people."""

import json
import re
from typing import Any

from .conftest import PROJECT
from .templates import Assembly, flatten

DEFINITIONS = sorted((PROJECT / "statemachines").glob("*.asl.json"))


def test_every_definition_is_deployed_as_an_express_workflow(assembly: Assembly) -> None:
    machines = assembly.of_type("AWS::StepFunctions::StateMachine")
    deployed = {json.dumps(json.loads(flatten(one.properties["DefinitionString"])), sort_keys=True) for one in machines}
    written = {json.dumps(json.loads(path.read_text(encoding="utf-8")), sort_keys=True) for path in DEFINITIONS}
    assert deployed == written
    assert {one.properties["StateMachineType"] for one in machines} == {"EXPRESS"}


def test_every_substitution_of_a_definition_is_given_and_used(assembly: Assembly) -> None:
    for machine in assembly.of_type("AWS::StepFunctions::StateMachine"):
        wanted = set(re.findall(r"\$\{(\w+)\}", flatten(machine.properties["DefinitionString"])))
        assert set(machine.properties["DefinitionSubstitutions"]) == wanted, machine.logical_id


def test_every_state_says_what_it_is_for_and_leads_somewhere() -> None:
    for path in DEFINITIONS:
        definition = json.loads(path.read_text(encoding="utf-8"))
        known: dict[str, dict[str, Any]] = definition["States"]
        assert definition["Comment"]
        assert definition["StartAt"] in known
        for name, state in known.items():
            assert state.get("Comment"), f"{path.name}: {name}"
            following = [state.get("Next"), state.get("Default"), *(one["Next"] for one in state.get("Choices", []))]
            following += [one["Next"] for one in state.get("Catch", [])]
            assert {one for one in following if one} <= set(known), f"{path.name}: {name}"


def test_workflows_log_failures_without_what_passed_through(assembly: Assembly) -> None:
    for machine in assembly.of_type("AWS::StepFunctions::StateMachine"):
        logging = machine.properties["LoggingConfiguration"]
        assert logging["Level"] == "ERROR"
        assert logging["IncludeExecutionData"] is False
        assert "TracingConfiguration" not in machine.properties


def test_nothing_standard_is_paid_by_the_transition(assembly: Assembly) -> None:
    assert "STANDARD" not in {
        one.properties["StateMachineType"] for one in assembly.of_type("AWS::StepFunctions::StateMachine")
    }
