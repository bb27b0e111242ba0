"""``trunkline flow lint``: what it prints, in three formats, and what it ends with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner, Result

from cli.errors import UsageError
from cli.flow import build_flow_app
from contactflow.lint import RULES

ROOT = Path(__file__).parents[4]
APP = build_flow_app(["lint"])

SARIF = {
    "type": "object",
    "required": ["$schema", "version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "tool": {
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "required": ["name", "rules"],
                                "properties": {
                                    "rules": {
                                        "uniqueItems": True,
                                        "items": {
                                            "required": ["id", "fullDescription", "help", "helpUri"],
                                            "properties": {
                                                "helpUri": {"type": "string", "pattern": "^https://"},
                                                "fullDescription": {"required": ["text"]},
                                                "help": {"required": ["text"]},
                                                "defaultConfiguration": {
                                                    "properties": {"level": {"enum": ["error", "warning", "note"]}}
                                                },
                                            },
                                        },
                                    }
                                },
                            }
                        },
                    },
                    "results": {
                        "items": {
                            "required": ["ruleId", "ruleIndex", "level", "message", "locations"],
                            "properties": {
                                "level": {"enum": ["error", "warning", "note"]},
                                "message": {"required": ["text"]},
                                "locations": {
                                    "minItems": 1,
                                    "items": {
                                        "required": ["physicalLocation"],
                                        "properties": {
                                            "physicalLocation": {
                                                "required": ["artifactLocation"],
                                                "properties": {
                                                    "artifactLocation": {"required": ["uri"]},
                                                    "region": {"properties": {"startLine": {"minimum": 1}}},
                                                },
                                            }
                                        },
                                    },
                                },
                            },
                        }
                    },
                },
            },
        },
    },
}
"""What the SARIF 2.1.0 schema asks of the parts that are written here."""


def write_flow(path: Path, *actions: dict[str, Any]) -> Path:
    end = {"Identifier": "end", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}
    content = {"Version": "2019-10-30", "StartAction": actions[0]["Identifier"], "Actions": [*actions, end]}
    path.write_text(json.dumps(content, indent=2), encoding="utf-8")
    return path


def say(identifier: str, text: str, then: str = "end") -> dict[str, Any]:
    errors = [{"ErrorType": "NoMatchingError", "NextAction": then}]
    transitions = {"NextAction": then, "Errors": errors}
    return {
        "Identifier": identifier,
        "Type": "MessageParticipant",
        "Parameters": {"Text": text},
        "Transitions": transitions,
    }


@pytest.fixture
def dangling(tmp_path: Path) -> Path:
    return write_flow(tmp_path / "my flow.json", say("hello", "Hello", then="by"), say("bye", "Bye"))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(APP, ["lint", *map(str, arguments)])


def test_flow_without_fault_ends_with_0(tmp_path: Path) -> None:
    result = run(write_flow(tmp_path / "flow.json", say("hello", "Hello")))
    assert (result.exit_code, result.stdout.strip()) == (0, "✓ 1 flow, nothing found")


def test_warning_alone_ends_with_0_and_error_with_1(tmp_path: Path, dangling: Path) -> None:
    spoken = write_flow(tmp_path / "spoken.json", say("hello", "<speak>Hello</speak>"))
    assert run(spoken).exit_code == 0
    assert run(spoken, dangling).exit_code == 1


def test_findings_are_printed_by_file_with_line_rule_action_and_mend(dangling: Path) -> None:
    printed = run(dangling).stdout
    assert str(dangling) in printed
    assert "error  line 6  dangling-reference  hello" in printed
    assert "Did you mean 'bye'?" in printed
    assert printed.rstrip().endswith("✗ 2 errors, 2 warnings in 1 of 1 flow")


def test_json_is_a_list_with_the_documented_keys(dangling: Path) -> None:
    findings = json.loads(run(dangling, "--format", "json", "--rule", "dangling-reference").stdout)
    assert [set(one) for one in findings] == [
        {"file", "rule", "severity", "action", "message", "mend", "path", "line"}
    ] * 2
    assert [(one["file"], one["action"], one["line"], one["path"]) for one in findings] == [
        (str(dangling), "hello", 6, "$.Actions[0].Transitions.NextAction"),
        (str(dangling), "hello", 6, "$.Actions[0].Transitions.Errors[0].NextAction"),
    ]


def test_file_that_cannot_be_read_ends_with_2_and_the_others_are_linted(tmp_path: Path, dangling: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    result = run(broken, dangling, "--format", "json")
    assert result.exit_code == 2
    assert {one["file"] for one in json.loads(result.stdout)} == {str(dangling)}
    assert "broken.json" in result.stderr


def test_rules_are_chosen_and_ignored(dangling: Path) -> None:
    chosen = json.loads(run(dangling, "--format", "json", "--rule", "unreachable-action").stdout)
    assert {one["rule"] for one in chosen} == {"unreachable-action"}
    ignored = json.loads(run(dangling, "--format", "json", "--ignore", "unreachable-action").stdout)
    assert {one["rule"] for one in ignored} == {"dangling-reference"}


def test_rule_that_does_not_exist_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="There is no rule nope"):
        CliRunner().invoke(APP, ["lint", "--rule", "nope"], catch_exceptions=False)


def test_rules_are_listed_with_reason_and_mend() -> None:
    printed = run("--rules").stdout
    assert all(rule.id in printed and rule.reason in printed and rule.mend in printed for rule in RULES)


def test_sarif_names_rules_lines_and_actions(dangling: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    log = json.loads(run(dangling, broken, "--format", "sarif").stdout)
    jsonschema.validate(log, SARIF)
    one = log["runs"][0]
    rules = [rule["id"] for rule in one["tool"]["driver"]["rules"]]
    assert rules == [rule.id for rule in RULES]
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in one["results"])
    place = one["results"][0]["locations"][0]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == dangling.as_uri()
    assert place["physicalLocation"]["region"] == {"startLine": 6}
    assert place["logicalLocations"][0]["name"] == "hello"
    assert not one["invocations"][0]["executionSuccessful"]
    assert "not JSON" in one["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]


def test_relative_path_stays_relative_in_sarif(dangling: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(dangling.parent)
    log = json.loads(run("my flow.json", "--format", "sarif").stdout)
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "my%20flow.json"


def test_same_finding_keeps_its_fingerprint(dangling: Path) -> None:
    def read() -> list[str]:
        log = json.loads(run(dangling, "--format", "sarif").stdout)
        return [one["partialFingerprints"]["finding/v1"] for one in log["runs"][0]["results"]]

    assert read() == read()


def test_complete_set_of_flows_makes_a_note_certain(tmp_path: Path) -> None:
    path = write_flow(tmp_path / "flow.json", say("hello", "Hello $.Attributes.name"))

    def severities(*options: str) -> list[str]:
        return [one["severity"] for one in json.loads(run(path, "--format", "json", *options).stdout)]

    assert severities() == ["note"]
    assert severities("--complete") == ["warning"]


def test_module_is_found_by_its_name_in_the_folder(tmp_path: Path) -> None:
    for name, other in (("one", "two"), ("two", "one")):
        go = {
            "Identifier": "go",
            "Type": "InvokeFlowModule",
            "Parameters": {"FlowModuleId": other},
            "Transitions": {"NextAction": "back", "Errors": [{"ErrorType": "NoMatchingError", "NextAction": "back"}]},
        }
        back = {"Identifier": "back", "Type": "EndFlowModuleExecution", "Parameters": {}, "Transitions": {}}
        write_flow(tmp_path / f"{name}.json", go, back)
    findings = json.loads(run(tmp_path, "--format", "json", "--rule", "cyclic-modules").stdout)
    assert [Path(one["file"]).stem for one in findings] == ["one", "two"]


def test_sample_centre_lints_clean() -> None:
    result = run(ROOT / "callcenter.yaml", "--format", "json")
    assert json.loads(result.stdout) == []
    assert result.exit_code == 0


def test_finding_in_a_compiled_flow_tells_line_and_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cli.flow import inputs, lint
    from cli.flow.inputs import FlowFile, Source
    from contactflow.model import Flow

    flow = Flow.parse(json.loads(write_flow(tmp_path / "f.json", say("hello", "<speak>")).read_text()))
    sources = {"hello": Source("ivr.greeting.en", 41)}
    compiled = FlowFile("callcenter.yaml:inbound", "inbound", "CONTACT_FLOW", flow, sources=sources)
    monkeypatch.setattr(lint, "read_flows", lambda _: [compiled])
    assert inputs.FlowFile is FlowFile
    (finding,) = json.loads(run("--format", "json").stdout)
    assert (finding["line"], finding["key"]) == (41, "ivr.greeting.en")
    log = json.loads(run("--format", "sarif").stdout)
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "callcenter.yaml"}, "region": {"startLine": 41}}


def test_check_mark_is_for_flows_that_were_read(tmp_path: Path) -> None:
    path = tmp_path / "flow.json"
    path.write_text("{", encoding="utf-8")
    result = run(str(path))
    assert result.exit_code == 2
    assert "no flow to lint" in result.stdout
    assert "✓" not in result.stdout
