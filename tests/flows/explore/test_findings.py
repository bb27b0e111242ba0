"""Dead ends, endless loops and silences: found where they are, not where they are not, with the way there."""

from __future__ import annotations

import pytest

from contactflow.explore import Exploration, explore_flow
from contactflow.model import Flow
from contactflow.run import effects as fx
from tests.flows.explore.building import (
    FAILS,
    action,
    ask,
    call_module,
    compare,
    end,
    flow_of,
    hang_up,
    invoke,
    leave_module,
    loop,
    say,
)
from tests.flows.explore.test_honesty import check_findings


def explore(flow: Flow, flows: dict[str, Flow] | None = None, **options: str) -> Exploration:
    """Explore a flow, and hold every finding against the interpreter."""
    found = explore_flow(flow, flows=flows, **options)  # type: ignore[arg-type]
    check_findings(flow, found, flows or {})
    return found


def test_branch_to_an_action_that_is_not_there_is_a_dead_end_with_the_key_that_leads_there() -> None:
    menu = ask("menu", {"1": "bye", "3": "gone"}, silent="bye", wrong="bye", fails="bye")
    (dead,) = explore(flow_of(menu, hang_up())).dead_ends
    assert (dead.action, dead.branch) == ("menu", "3")
    assert dead.why == "the branch 3 leads to 'gone', which is no action of this flow"
    assert dead.witness.steps == ("presses 3",)
    assert dead.witness.path[-1].result == fx.Digits("3")


def test_action_that_nothing_follows_is_a_dead_end() -> None:
    (dead,) = explore(flow_of(action("hello", "MessageParticipant", {"Text": "Hello."}))).dead_ends
    assert dead.why == "no action follows, and MessageParticipant does not end the flow"
    assert dead.witness.steps == ()


def test_failure_without_the_branch_that_the_language_asks_for_is_a_dead_end() -> None:
    function = action("identify", "InvokeLambdaFunction", {"LambdaFunctionARN": "arn:function:identify"}, then="bye")
    (dead,) = explore(flow_of(function, hang_up())).dead_ends
    assert dead.branch == FAILS
    assert dead.witness.steps == ("function identify fails",)


def test_comparison_without_default_is_a_dead_end_for_any_other_value() -> None:
    which = action("which", "Compare", {"ComparisonValue": "$.Attributes.a"}, when={"x": "bye"})
    (dead,) = explore(flow_of(which, hang_up())).dead_ends
    assert dead.why == "it has no branch for an answer that none of its conditions names"
    assert dead.witness.contact == {"$.Attributes.a": "other"}


def test_start_that_is_no_action_is_a_dead_end() -> None:
    found = explore_flow(flow_of(hang_up(), start="gone"))
    assert [dead.branch for dead in found.dead_ends] == ["StartAction"]
    assert [entry.action for entry in found.unreachable] == ["bye"]


def test_module_that_ends_without_returning_is_a_dead_end() -> None:
    found = explore(flow_of(say("hello", "end"), end()), flow_type="MODULE")
    assert [dead.action for dead in found.dead_ends] == ["end"]
    assert explore(flow_of(say("hello", "return"), leave_module()), flow_type="MODULE").dead_ends == ()


def test_invocation_without_next_action_is_a_dead_end_once_the_module_returns() -> None:
    invoking = action("run", "InvokeFlowModule", {"FlowModuleId": "m"}, errors={FAILS: "bye"})
    found = explore(flow_of(invoking, hang_up()), {"m": flow_of(leave_module())})
    assert [(dead.action, dead.branch) for dead in found.dead_ends] == [("run", "NextAction")]


def test_witness_is_the_shortest_way() -> None:
    flow = flow_of(
        ask("menu", {"1": "second", "2": "gone"}, silent="second", wrong="second", fails="second"),
        ask("second", {"1": "gone"}, silent="bye", wrong="bye", fails="bye"),
        hang_up(),
    )
    steps = {dead.action: dead.witness.steps for dead in explore(flow).dead_ends}
    assert steps["menu"] == ("presses 2",)
    assert len(steps["second"]) == 2


def test_witness_tells_what_a_function_has_to_answer() -> None:
    flow = flow_of(
        invoke("identify", "which", "bye"),
        compare("which", "$.External.known", {"true": "gone"}, "bye"),
        hang_up(),
    )
    (dead,) = explore(flow).dead_ends
    assert dead.witness.steps == ("function identify answers known=true",)
    assert dead.witness.path[0].result == fx.FunctionResult({"known": "true"})


def test_way_through_a_wrong_key_names_a_key_that_the_menu_does_not_offer() -> None:
    menu = ask("menu", {"1": "bye", "2": "bye"}, silent="bye", wrong="gone", fails="bye")
    (dead,) = explore(flow_of(menu, hang_up())).dead_ends
    assert dead.witness.steps == ("presses 3, which the menu does not offer",)


def test_menu_that_silence_leads_back_to_traps_a_silent_caller() -> None:
    flow = flow_of(ask("menu", {"1": "bye"}, silent="menu", wrong="menu", fails="bye"), hang_up())
    (trap,) = explore(flow).endless_loops
    assert (trap.kind, trap.actions) == ("traps", ("menu",))
    assert trap.witness.steps == ("says nothing", "says nothing", "and so on, round and round")
    assert [step.result for step in trap.witness.round] == [fx.Timeout()]


def test_menu_that_gives_up_after_some_rounds_traps_nobody() -> None:
    menu = ask("menu", {"1": "bye"}, silent="again", wrong="again", fails="bye")
    assert explore(flow_of(menu, loop("again", 2, "menu", "bye"), hang_up())).endless_loops == ()


def test_queue_flow_may_go_round_until_an_agent_answers() -> None:
    flow = flow_of(say("wait", "wait"))
    assert explore(flow, flow_type="CUSTOMER_QUEUE").endless_loops == ()
    assert [trap.kind for trap in explore(flow, flow_type="CONTACT_FLOW").endless_loops] == ["traps"]


def test_function_that_is_tried_again_without_end_spins() -> None:
    (spin,) = explore(flow_of(say("hello", "identify"), invoke("identify", "bye", "identify"), hang_up())).endless_loops
    assert (spin.kind, spin.actions) == ("spins", ("identify",))
    assert "as long as function identify fails" in spin.why


def test_settings_that_lead_to_each_other_spin_and_the_interpreter_stops_them() -> None:
    flow = flow_of(
        action("one", "UpdateContactRoutingBehavior", {"QueuePriority": "1"}, then="two"),
        action("two", "UpdateFlowLoggingBehavior", {"FlowLoggingBehavior": "Enabled"}, then="one"),
    )
    (spin,) = explore(flow).endless_loops
    assert spin.actions == ("one", "two")


def test_tries_that_are_counted_do_not_spin() -> None:
    flow = flow_of(say("hello", "go"), invoke("go", "bye", "again"), loop("again", 3, "go", "bye"), hang_up())
    assert explore(flow).endless_loops == ()


def test_loop_across_two_flows_is_found() -> None:
    def go(target: str) -> Flow:
        return flow_of(
            ask("menu", {"1": "bye"}, silent="go", wrong="go", fails="bye"),
            action("go", "TransferToFlow", {"ContactFlowId": target}, then="bye", errors={FAILS: "bye"}),
            hang_up(),
        )

    first, second = go("second"), go("first")
    (trap,) = explore(first, {"first": first, "second": second}).endless_loops
    assert trap.kind == "traps"


def test_hanging_up_after_a_failure_without_a_word_is_a_silence() -> None:
    flow = flow_of(say("hello", "identify"), invoke("identify", "thanks", "bye"), say("thanks", "bye"), hang_up())
    (silence,) = explore(flow).silences
    assert (silence.kind, silence.action) == ("cut off", "bye")
    assert silence.witness.steps == ("function identify fails",)


def test_failure_that_is_told_to_the_caller_is_no_silence() -> None:
    flow = flow_of(invoke("identify", "thanks", "sorry"), say("thanks", "bye"), say("sorry", "bye"), hang_up())
    assert explore(flow).silences == ()


def test_failure_that_makes_no_difference_is_no_silence() -> None:
    assert explore(flow_of(say("hello", "log"), invoke("log", "bye", "bye"), hang_up())).silences == ()


def test_call_that_is_taken_and_ended_without_a_word_is_a_silence() -> None:
    queue = action("queue", "TransferContactToQueue", errors={"QueueAtCapacity": "full", FAILS: "full"})
    hours = action(
        "hours", "CheckHoursOfOperation", then="bye", when={"True": "queue", "False": "bye"}, errors={FAILS: "queue"}
    )
    flow = flow_of(hours, queue, say("full", "bye"), hang_up())
    (silence,) = explore(flow, flow_type="CONTACT_FLOW").silences
    assert silence.witness.steps == ("hours are closed",)
    assert explore(flow, flow_type="CUSTOMER_WHISPER").silences == ()


@pytest.mark.parametrize(("channel", "count"), [("CHAT", 0), ("VOICE", 1)])
def test_only_a_telephone_call_can_be_silent(channel: str, count: int) -> None:
    wait = action("wait", "Wait", {"TimeLimitSeconds": "60"}, then="bye", errors={FAILS: "bye"})
    flow = flow_of(compare("channel", "$.Channel", {channel: "wait"}, "bye"), wait, hang_up())
    assert len([silence for silence in explore(flow).silences if silence.kind == "waits"]) == count


def test_question_without_words_keeps_the_caller_waiting_in_silence() -> None:
    quiet = {"SSML": "<speak><break time='1s'/></speak>", "StoreInput": "True", "InputTimeLimitSeconds": "20"}
    flow = flow_of(action("quiet", "GetParticipantInput", quiet, then="bye", errors={FAILS: "bye"}), hang_up())
    assert [silence.why for silence in explore(flow).silences] == ["the caller hears nothing for up to 20 s"]


def test_function_that_is_asked_again_and_again_keeps_the_caller_waiting() -> None:
    flow = flow_of(
        say("hello", "poll"),
        invoke("poll", "ready", "sorry"),
        compare("ready", "$.External.ready", {"true": "bye"}, "poll"),
        say("sorry", "bye"),
        hang_up(),
    )
    found = explore(flow)
    assert found.endless_loops == ()
    assert [(silence.kind, silence.action) for silence in found.silences] == [("waits", "poll")]


def test_digits_never_spell_what_silence_is_stored_as() -> None:
    stored = action("number", "GetParticipantInput", {"Text": "Number?", "StoreInput": "True"}, then="which")
    flow = flow_of(
        {**stored, "Transitions": {**stored["Transitions"], "Errors": [{"ErrorType": FAILS, "NextAction": "which"}]}},
        compare("which", "$.StoredCustomerInput", {"Timeout": "gone"}, "sorry"),
        say("sorry", "bye"),
        hang_up(),
    )
    (dead,) = explore(flow).dead_ends
    assert dead.witness.steps[0] == "says nothing"


def test_module_invoked_twice_goes_back_to_both_places() -> None:
    flow = flow_of(call_module("a", "m", "b", "bye"), call_module("b", "m", "gone", "bye"), hang_up())
    (dead,) = explore(flow, {"m": flow_of(say("hello", "return"), leave_module())}).dead_ends
    assert (dead.action, dead.branch) == ("b", "NextAction")
    assert [step.action_id for step in dead.witness.path] == ["a", "hello", "return", "a", "b", "hello", "return", "b"]


@pytest.mark.parametrize("count", ["inf", "nan", "1e400", "many", "101"])
def test_loop_whose_count_is_none_fails_as_in_the_interpreter(count: str) -> None:
    found = explore(flow_of(loop("repeat", count, again="bye", done="bye"), hang_up()))
    (dead,) = found.dead_ends
    assert dead.why == "LoopCount is not a number from 0 to 100, and it has no branch for NoMatchingError"


def test_figure_compared_with_infinity_does_not_stop_the_exploration() -> None:
    asked = action(
        "queue",
        "CheckMetricData",
        {"MetricType": "NumberOfContactsInQueue"},
        then="bye",
        when={"inf": "bye"},
        errors={FAILS: "bye", "NoMatchingCondition": "bye"},
        operator="NumberLessThan",
    )
    assert explore(flow_of(asked, hang_up())).reached == ("queue", "bye")
