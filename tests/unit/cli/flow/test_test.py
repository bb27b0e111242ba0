"""``trunkline flow test``: exit codes, what is printed, reports in JSON and JUnit."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from cli.flow import build_flow_app
from cli.flow.inputs import Source
from cli.flow.offline_center import build_bot, build_library, map_sources
from contactflow.testing import FunctionAnswered, Heard, Place, Pressed, QueueEntered, write_case

PROJECT = Path(__file__).parents[4]
FLOW = {
    "Version": "2019-10-30",
    "StartAction": "hello",
    "Metadata": {"name": "shop"},
    "Actions": [
        {"Identifier": "hello", "Type": "MessageParticipant", "Parameters": {"Text": "Welcome to the shop."},
         "Transitions": {"NextAction": "bye", "Errors": [{"ErrorType": "NoMatchingError", "NextAction": "bye"}]}},
        {"Identifier": "bye", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}},
    ],
}  # fmt: skip
GOOD = write_case([Heard("Welcome to the shop.")], name="A caller is greeted")
GOOD["Content"]["Observations"][-1]["Actions"].clear()  # the call goes on to its end
BAD = write_case([Heard("Good morning, Madam.")], name="A caller is greeted politely")


@pytest.fixture
def shop(tmp_path, monkeypatch):
    """A folder with one exported flow, where the command is run."""
    monkeypatch.chdir(tmp_path)
    put("shop.json", FLOW)
    put("cases/good.json", GOOD)
    return tmp_path


def put(path, document):
    Path(path).parent.mkdir(exist_ok=True)
    Path(path).write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")


def run(*arguments):
    return CliRunner().invoke(build_flow_app(["test"]), ["test", *arguments])


def test_all_cases_pass_with_0(shop):
    result = run("cases", "--flows", "shop.json")
    assert result.exit_code == 0, result.output
    assert "1 passed" in result.output
    assert "cases a second" in result.output
    assert "covered 2 of 2 actions and 2 of 3 branches" in result.output


def test_a_failing_case_ends_with_1_and_says_what_was_heard(shop):
    put("cases/bad.json", BAD)
    result = run("cases", "--flows", "shop.json")
    assert result.exit_code == 1
    assert "1 passed, 1 failed" in result.output
    assert 'expected:    a message similar to "Good morning, Madam."' in result.output
    assert 'heard instead: "Welcome to the shop."' in result.output
    assert "at:          hello of shop" in result.output


@pytest.mark.parametrize("path", ["cases/bad.json", "gone.json"])
def test_a_case_that_cannot_be_read_ends_with_2_and_the_others_run(shop, path):
    put("cases/bad.json", "{")
    result = run("cases/good.json", path, "--flows", "shop.json")
    assert result.exit_code == 2
    assert "1 passed" in result.output
    assert path in result.stderr


def test_a_flow_that_cannot_be_read_ends_with_2(shop):
    put("broken.json", "{")
    result = run("cases", "--flows", "shop.json", "--flows", "broken.json")
    assert result.exit_code == 2
    assert "broken.json" in result.stderr


def test_json_stands_alone_on_the_output(shop):
    put("cases/bad.json", BAD)
    put("cases/unread.json", {"Observations": []})
    result = run("cases", "--flows", "shop.json", "--format", "json")
    report = json.loads(result.stdout)
    assert (report["passed"], report["failed"], report["unreadable"]) == (1, 1, 1)
    bad, good, unread = report["cases"]
    assert good["met"] == ["1-begin", "2-hears"]
    assert bad["failures"][0]["place"] == {"flow": "shop", "action": "hello"}
    assert "nothing to observe" in unread["problem"]
    assert report["coverage"]["actions"] == {"covered": 2, "total": 2}


def test_only_cases_that_fit_run(shop):
    put("cases/bad.json", BAD)
    result = run("cases", "--flows", "shop.json", "-k", "greeted and not politely")
    assert result.exit_code == 0
    assert "1 passed" in result.output


def test_a_wrong_expression_is_refused(shop):
    result = run("cases", "--flows", "shop.json", "-k", "(")
    assert "cannot be read" in str(result.exception)


def test_results_are_written_as_junit(shop):
    put("cases/bad.json", BAD)
    run("cases", "--flows", "shop.json", "--junit", "report.xml")
    root = ElementTree.parse("report.xml").getroot()
    assert (root.get("tests"), root.get("failures")) == ("2", "1")
    assert "Good morning, Madam." in root.find(".//failure").get("message")


def test_what_is_not_covered_is_printed(shop):
    result = run("cases", "--flows", "shop.json", "--coverage", "text")
    assert "hello: NoMatchingError" in result.output
    assert "bye" not in result.output.split("Not covered")[1]


def test_counts_are_written_for_other_commands(shop):
    run("cases", "--flows", "shop.json", "--coverage", "coverage.json")
    written = json.loads(Path("coverage.json").read_text())
    assert written["flows"]["shop"] == {
        "actions": {"hello": 1, "bye": 1},
        "branches": {"hello": {"NextAction": 1, "NoMatchingError": 0}, "bye": {"Terminal": 1}},
    }
    assert written["uncovered"] == [{"flow": "shop", "action": "hello", "branch": "NoMatchingError"}]


def test_a_failure_names_the_line_of_the_callcenter(tmp_path, monkeypatch):
    monkeypatch.chdir(PROJECT)
    stranger = dict.fromkeys(("customer_id", "customer_name", "language", "announcement"), "")
    events = [
        FunctionAnswered("${function.identify_caller}", {**stranger, "known": "false", "announced": "false"}),
        Heard("Thank you for calling Redline Classic Parts."),
        Heard("For English, press 9."),
    ]
    path = tmp_path / "case.json"
    path.write_text(json.dumps(write_case(events, name="case", flow_id="${flow.inbound}")))
    result = run(str(path))
    lines = Path("callcenter.yaml").read_text(encoding="utf-8").splitlines()
    line = 1 + next(index for index, text in enumerate(lines) if "en: For English, press 1." in text)
    assert f"callcenter.yaml:{line}  ivr.language_menu.prompt.en" in result.output


def test_the_bot_of_a_callcenter_knows_its_phrases_and_keys(tmp_path):
    text = (PROJECT / "callcenter.yaml").read_text(encoding="utf-8")
    bot = build_bot(PROJECT / "callcenter.yaml")
    assert "phrases: {en: [order, buy a part]" in text
    assert bot("I would like to buy a part", False, None).name == "main_1"
    assert bot("2", True, None).name == "key_2"
    assert bot("good morning", False, None) is None
    assert build_bot(tmp_path / "gone.yaml") is None


def test_flows_are_found_by_what_others_call_them(shop):
    from cli.flow.inputs import read_flows

    library = build_library(read_flows([Path("shop.json")]))
    assert library["${flow.shop}"] is library["shop"]


def test_cases_and_flows_may_share_a_folder(shop):
    put("shop/flow.json", FLOW)
    put("shop/case.json", GOOD)
    result = run("shop", "--flows", "shop")
    assert result.exit_code == 0, result.stderr
    assert "1 passed" in result.output


def test_sources_are_found_by_flow_and_action():
    from cli.flow.inputs import FlowFile

    file = FlowFile("callcenter.yaml:inbound", "inbound", sources={"hello": Source("ivr.greeting.en", 7)})
    assert map_sources([file]) == {Place("inbound", "hello"): ("callcenter.yaml", Source("ivr.greeting.en", 7))}


def test_the_agent_answers_when_asked(shop):
    queued = json.loads(json.dumps(FLOW))
    queued["Actions"] = [
        {"Identifier": "hello", "Type": "UpdateContactEventHooks", "Parameters": {"EventHooks": {
            "CustomerRemaining": "${flow.after}"}}, "Transitions": {"NextAction": "target"}},
        {"Identifier": "target", "Type": "UpdateContactTargetQueue", "Parameters": {"QueueId": "q"},
         "Transitions": {"NextAction": "queue"}},
        {"Identifier": "queue", "Type": "TransferContactToQueue", "Parameters": {}, "Transitions": {}},
    ]  # fmt: skip
    put("shop.json", queued)
    put("after.json", {**FLOW, "Metadata": {"name": "after"}})
    put("cases/good.json", GOOD)
    flows = ("--flows", "shop.json", "--flows", "after.json")
    assert run("cases", *flows).exit_code == 1
    assert run("cases", *flows, "--agent-after", "10").exit_code == 0


def test_keys_and_queues_of_an_exported_flow_are_tested_without_a_callcenter(shop):
    put("cases/good.json", write_case([Heard("Welcome to the shop."), Pressed("1")], name="keys"))
    assert run("cases", "--flows", "shop.json").exit_code == 0
    put("cases/good.json", write_case([QueueEntered("q")], name="queue"))
    assert run("cases", "--flows", "shop.json").exit_code == 1
