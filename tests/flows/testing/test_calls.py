"""Calls that go through several flows: transfers, modules, the queue flow and the flows around an agent."""

from contactflow.testing import Coverage, FlowLibrary, HostDefaults, TestCase, run_case

from .cases import BYE, QUEUE, action, ask, chain, content, end, flow, hear, press, run, say

QUEUEING = flow(
    action("hook", "UpdateContactEventHooks", {"EventHooks": {"CustomerQueue": "${flow.waiting}"}}, "after"),
    action("after", "UpdateContactEventHooks", {"EventHooks": {"CustomerRemaining": "${flow.survey}"}}, "target"),
    action("target", "UpdateContactTargetQueue", {"QueueId": QUEUE}, "queue"),
    action("queue", "TransferContactToQueue", {}, "bye", errors={"QueueAtCapacity": "bye", "NoMatchingError": "bye"}),
    BYE,
)
WAITING = flow(
    action(
        "wait",
        "MessageParticipantIteratively",
        {
            "Messages": [{"Text": "Please wait."}, {"SSML": "<speak><break time='10s'/></speak>"}],
            "InterruptFrequencySeconds": "60",
        },
        when={"MessagesInterrupted": "offer"},
        errors={"NoMatchingError": "stop"},
    ),
    ask("offer", "To stop waiting, press 1.", {"1": "goodbye"}, "wait"),
    say("goodbye", "Goodbye then.", "bye"),
    action("stop", "EndFlowExecution"),
    BYE,
)
SURVEY = flow(ask("ask", "How was it?", {"5": "thanks"}, "bye"), say("thanks", "Thank you.", "bye"), BYE)
FLOWS = {"inbound": QUEUEING, "waiting": WAITING, "survey": SURVEY}


def test_a_waiting_caller_hears_the_queue_flow():
    result = run(
        chain(hear("Please wait."), hear("To stop waiting, press 1.", press("1")), hear("Goodbye then.")), FLOWS
    )
    assert result.passed
    assert result.ended == "disconnect"
    assert {step.flow_id for step in result.trace} == {"inbound", "${flow.waiting}"}


def test_nobody_answers_unless_the_host_says_so():
    result = run(content(hear("How was it?")), FLOWS)
    assert result.ended == "time_limit"
    assert "Please wait." in {one.what for one in result.heard}


def test_after_an_agent_the_disconnect_flow_runs():
    host = HostDefaults(agent_answers_after_seconds=20, talk_seconds=90)
    result = run(chain(hear("Please wait."), hear("How was it?", press("5")), hear("Thank you.")), FLOWS, host)
    assert result.passed
    assert 110 <= result.seconds < 130


def test_a_queue_flow_that_is_missing_is_told():
    result = run(content(hear("Please wait.")), {"inbound": QUEUEING})
    assert "The flow ${flow.waiting} is not among the flows" in result.failures[0].mend


def test_transfers_and_modules_are_followed():
    module = flow(say("news", "News of today.", "back"), action("back", "EndFlowModuleExecution"))
    first = flow(
        action(
            "module",
            "InvokeFlowModule",
            {"FlowModuleId": "arn:aws:connect:us-east-1:1:instance/i/flow-module/news"},
            "go",
            errors={"NoMatchingError": "bye"},
        ),
        action("go", "TransferToFlow", {"ContactFlowId": "second"}, errors={"NoMatchingError": "bye"}),
        BYE,
    )
    second = flow(say("hello", "The second flow.", "bye"), BYE)
    flows = FlowLibrary({"first": first, "second": second, "news": module})
    case = TestCase.parse(chain(hear("News of today."), hear("The second flow.", end())))
    result = run_case(case, flows)
    assert result.passed
    coverage = Coverage(flows)
    coverage.add(result.trace)
    assert coverage.summarise()["flows"]["news"]["actions"] == {"news": 1, "back": 1}


def test_the_entry_is_the_flow_that_no_other_names():
    assert FlowLibrary(FLOWS).find_entry(None) == "inbound"


def test_a_case_names_its_entry():
    case = TestCase.parse(content(hear("How was it?", end())))
    assert run_case(case, FLOWS, entry="survey").passed
