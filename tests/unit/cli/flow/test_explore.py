"""``trunkline flow explore``: what it says, its JSON form and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from cli.flow import build_flow_app

FIELDS = {
    "file",
    "actions",
    "reached",
    "unreachable",
    "branches",
    "covered",
    "uncovered",
    "dead_ends",
    "endless_loops",
    "silences",
    "states",
    "bounded",
    "seconds",
}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(build_flow_app(["explore"]), ["explore", *map(str, arguments)])


def write(path: Path, *actions: dict[str, Any], name: str = "") -> Path:
    document = {"Version": "2019-10-30", "StartAction": actions[0]["Identifier"], "Actions": list(actions)}
    path.write_text(json.dumps({**document, "Metadata": {"name": name}} if name else document), encoding="utf-8")
    return path


def action(identifier: str, action_type: str, parameters: dict[str, Any], **transitions: Any) -> dict[str, Any]:
    return {"Identifier": identifier, "Type": action_type, "Parameters": parameters, "Transitions": transitions}


BYE = action("bye", "DisconnectParticipant", {})


def menu(*, one: str, silent: str = "bye") -> dict[str, Any]:
    return action(
        "menu",
        "GetParticipantInput",
        {"Text": "Press 1.", "StoreInput": "False", "InputTimeLimitSeconds": "5"},
        NextAction="bye",
        Conditions=[{"NextAction": one, "Condition": {"Operator": "Equals", "Operands": ["1"]}}],
        Errors=[
            {"ErrorType": "InputTimeLimitExceeded", "NextAction": silent},
            {"ErrorType": "NoMatchingCondition", "NextAction": "bye"},
            {"ErrorType": "NoMatchingError", "NextAction": "bye"},
        ],
    )


def test_flow_without_a_fault_ends_with_0_and_one_line(tmp_path: Path) -> None:
    result = run(write(tmp_path / "good.json", menu(one="bye"), BYE))
    assert result.exit_code == 0
    assert "2 of 2 actions reached, 4 of 4 branches taken" in result.output
    assert len(result.output.splitlines()) == 1


def test_dead_end_is_told_with_the_way_there_and_ends_with_1(tmp_path: Path) -> None:
    result = run(write(tmp_path / "dead.json", menu(one="gone"), BYE))
    assert result.exit_code == 1
    assert "dead end  menu  GetParticipantInput" in result.output
    assert "how: presses 1" in result.output


def test_endless_loop_ends_with_1(tmp_path: Path) -> None:
    result = run(write(tmp_path / "loop.json", menu(one="bye", silent="menu"), BYE))
    assert result.exit_code == 1
    assert "endless loop  menu" in result.output


def test_unreachable_action_is_told_but_is_no_error(tmp_path: Path) -> None:
    result = run(write(tmp_path / "lost.json", menu(one="bye"), BYE, action("lost", "DisconnectParticipant", {})))
    assert result.exit_code == 0
    assert "unreachable  lost  DisconnectParticipant\n      no branch leads there" in result.output


def test_unreadable_file_ends_with_2_and_the_others_are_explored(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    result = run(write(tmp_path / "dead.json", menu(one="gone"), BYE), broken, "--format", "json")
    assert result.exit_code == 2
    assert [entry["file"] for entry in json.loads(result.stdout)] == [str(tmp_path / "dead.json")]
    assert "broken.json" in result.stderr


def test_json_form_has_counts_lists_and_a_way_to_play_again(tmp_path: Path) -> None:
    result = run(write(tmp_path / "dead.json", menu(one="gone"), BYE), "--format", "json")
    (entry,) = json.loads(result.stdout)
    assert set(entry) == FIELDS
    assert (entry["actions"], entry["reached"], entry["branches"], entry["covered"]) == (2, 2, 4, 4)
    assert (entry["unreachable"], entry["endless_loops"], entry["bounded"]) == ([], [], [])
    (dead,) = entry["dead_ends"]
    assert (dead["action"], dead["type"], dead["branch"]) == ("menu", "GetParticipantInput", "1")
    assert dead["witness"] == {
        "steps": ["presses 1"],
        "contact": {},
        "path": [{"flow": "flow", "action": "menu", "branch": "1", "answer": {"result": "Digits", "value": "1"}}],
        "round": [],
        "certain": True,
    }


def test_flows_that_are_given_together_are_followed_into_each_other(tmp_path: Path) -> None:
    def transfer(to: str) -> dict[str, Any]:
        errors = [{"ErrorType": "NoMatchingError", "NextAction": "bye"}]
        return action("go", "TransferToFlow", {"ContactFlowId": to}, NextAction="bye", Errors=errors)

    first = write(tmp_path / "first.json", transfer("second"), BYE, name="first")
    second = write(tmp_path / "second.json", transfer("first"), BYE, name="second")
    assert run(first).exit_code == 0
    together = run(first, second)
    assert together.exit_code == 1
    assert "endless loop  go" in together.output


def test_bound_that_is_hit_is_told(tmp_path: Path) -> None:
    result = run(write(tmp_path / "good.json", menu(one="bye"), BYE), "--max-states", 1)
    assert "more than 1 states" in result.output
    assert "--max-states" in result.output


def test_lines_of_a_call_centre_are_named() -> None:
    result = run(Path(__file__).parents[4] / "callcenter.yaml", "--format", "json")
    entries = json.loads(result.stdout)
    found = [item for entry in entries for name in ("dead_ends", "endless_loops", "silences") for item in entry[name]]
    assert all(item["line"] > 0 and item["key"].startswith("ivr") for item in found)
    assert {entry["file"].rsplit(":", 1)[1] for entry in entries} >= {"inbound", "survey", "queue_treatment"}


def test_help_says_what_is_found_and_how_it_ends() -> None:
    told = " ".join(run("--help").output.split())
    assert "dead ends" in told
    assert "Ends with 0" in told
