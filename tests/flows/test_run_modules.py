"""Modules: what goes in, what comes out, and what stays where it is."""

from __future__ import annotations

from typing import Any

import pytest

from contactflow.model import Flow
from contactflow.run import ContactState, Session
from contactflow.run import effects as fx
from tests.flows.test_actions import END, LAMBDA, action, error, flow_of, session_of, step, when


def returning(**parameters: Any) -> dict[str, Any]:
    return {**END, "Identifier": "back", "Type": "EndFlowModuleExecution", "Parameters": parameters}


def module(*actions: dict[str, Any], **answer: Any) -> Flow:
    inner = [{**one, "Identifier": f"m{place}"} for place, one in enumerate(actions)]
    for one, following in zip(inner, [*(f"m{n}" for n in range(1, len(inner))), "back"], strict=True):
        one["Transitions"] = {**one["Transitions"], "NextAction": following}
    return flow_of(*inner, returning(**answer))


def invoke(module_id: str = "m", **given: Any) -> dict[str, Any]:
    return action(
        "InvokeFlowModule",
        {"FlowModuleId": module_id, **({"Input": given} if given else {})},
        NextAction="end",
        Conditions=[when("verified", "other")],
        Errors=[error("NoMatchingCondition", "failed"), error()],
    )


SAY_INPUT = action("MessageParticipant", {"Text": "Hello $.Modules.Input.name"})


def test_module_hears_its_input() -> None:
    contact = ContactState("c", attributes={"name": "Ada"})
    session = session_of(invoke(name="$.Attributes.name"), contact=contact, flows={"m": module(SAY_INPUT)})
    effect = session.start()
    assert isinstance(effect, fx.Say)
    assert effect.text == "Hello Ada"


@pytest.mark.parametrize(
    ("answer", "branch", "target"),
    [
        ({"Result": "verified"}, "verified", "other"),
        ({"Result": "strange"}, "NoMatchingCondition", "failed"),
        ({}, "NextAction", "end"),
    ],
)
def test_flow_goes_the_way_that_the_module_answers(answer: dict[str, str], branch: str, target: str) -> None:
    session = session_of(invoke(), flows={"m": module(SAY_INPUT, **answer)})
    session.start()
    session.resume(fx.Done())
    returned = [taken for taken in session.trace if taken.action_id == "it"][-1]
    assert (returned.branch, returned.next_action) == (branch, target)


def test_module_of_a_flow_with_a_type_ends_as_in_any_other() -> None:
    session = session_of(invoke(), flows={"m": module(SAY_INPUT, Result="verified")}, flow_type="CONTACT_FLOW")
    session.start()
    session.resume(fx.Done())
    assert [taken for taken in session.trace if taken.action_id == "it"][-1].branch == "verified"


def test_module_s_output_can_be_referred_to() -> None:
    contact = ContactState("c", external={"points": "7"})
    flows = {"m": module(SAY_INPUT, Result="verified", ResultData={"points": "$.Attributes.points", "n": 3})}
    session = session_of(invoke(name="x"), contact=contact, flows=flows)
    contact.attributes["points"] = "12"
    session.start()
    session.resume(fx.Done())
    assert contact.lookup(("Modules", "Result")) == "verified"
    assert contact.lookup(("Modules", "ResultData", "points")) == "12"
    assert contact.lookup(("Modules", "ResultData", "n")) == 3
    assert contact.lookup(("Modules", "Input")) is None


def test_module_and_its_caller_do_not_see_each_other_s_local_data() -> None:
    contact = ContactState("c", external={"of": "caller"}, stored_input="12", lex={"IntentName": "Old"})
    inner = module(action("InvokeLambdaFunction", LAMBDA), action("MessageParticipant", {"Text": "m"}))
    session = session_of(invoke(), contact=contact, flows={"m": inner})
    assert isinstance(session.start(), fx.InvokeFunction)
    assert contact.lookup(("StoredCustomerInput",)) is None
    assert contact.lookup(("Lex", "IntentName")) is None
    session.resume(fx.FunctionResult({"of": "module"}))
    assert contact.lookup(("External", "of")) == "module"
    session.resume(fx.Done())
    assert contact.lookup(("External", "of")) == "caller"
    assert contact.stored_input == "12"


def test_attributes_that_a_module_sets_stay() -> None:
    contact = ContactState("c")
    inner = module(action("UpdateContactAttributes", {"Attributes": {"heard": "yes"}}))
    session = session_of(invoke(), contact=contact, flows={"m": inner})
    session.start()
    session.resume(fx.Done())
    assert contact.attributes == {"heard": "yes"}


def nested(depth: int) -> dict[str, Flow]:
    flows = {f"m{n}": module(invoke(f"m{n + 1}")) for n in range(1, depth)}
    return {**flows, f"m{depth}": module(SAY_INPUT)}


def test_modules_nest_five_deep() -> None:
    session = session_of(invoke("m1"), flows=nested(5))
    assert isinstance(session.start(), fx.Say)
    assert session.resume(fx.Done()) == fx.End("ended")
    assert session.trace[-1].flow_id == "flow"


def test_modules_nest_no_deeper_than_five() -> None:
    session = session_of(invoke("m1"), flows=nested(6))
    session.start()
    refused = next(taken for taken in session.trace if "reason" in taken.results)
    assert refused.results["reason"] == "Modules nest deeper than 5: m1 > m2 > m3 > m4 > m5 > m6"
    assert refused.branch == "NoMatchingError"


def test_modules_that_invoke_each_other_in_a_circle_say_so() -> None:
    flows = {"a": module(invoke("b")), "b": module(invoke("a"))}
    session = session_of(invoke("a"), flows=flows)
    session.start()
    refused = next(taken for taken in session.trace if "reason" in taken.results)
    assert refused.results["reason"] == "The modules invoke each other in a circle: a > b > a"
    assert refused.flow_id == "b"


def test_module_may_be_invoked_twice_one_after_another() -> None:
    flows = {"a": module(invoke("c"), invoke("b")), "b": module(invoke("c")), "c": module(SAY_INPUT)}
    session = session_of(invoke("a"), flows=flows)
    session.start()
    session.resume(fx.Done())
    assert session.resume(fx.Done()) == fx.End("ended")
    assert all("reason" not in taken.results for taken in session.trace)


def test_module_that_is_not_there_takes_the_error_branch() -> None:
    session = session_of(invoke("gone"), flows={})
    session.start()
    assert step(session).results["reason"] == "The flow gone is not known"


def test_module_that_nobody_invoked_ends_the_session() -> None:
    session = Session(module(SAY_INPUT), ContactState("c"))
    session.start()
    assert session.resume(fx.Done()) == fx.End("ended")


def test_way_into_a_module_and_out_of_it_is_traced() -> None:
    session = session_of(invoke(), flows={"m": module(SAY_INPUT, Result="verified")})
    session.start()
    session.resume(fx.Done())
    assert [(taken.flow_id, taken.action_id, taken.branch, taken.next_action) for taken in session.trace] == [
        ("flow", "it", "Module", "m0"),
        ("m", "m0", "NextAction", "back"),
        ("m", "back", "Terminal", None),
        ("flow", "it", "verified", "other"),
        ("flow", "other", "Terminal", None),
    ]


def test_flow_attributes_end_with_their_flow() -> None:
    contact = ContactState("c")
    remember = action("UpdateFlowAttributes", {"FlowAttributes": {"try": {"Value": "2"}}}, NextAction="go")
    go = {**action("TransferToFlow", {"ContactFlowId": "next"}), "Identifier": "go"}
    following = flow_of({**action("MessageParticipant", {"Text": "try $.FlowAttributes.try."}), "Identifier": "say"})
    effect = session_of(remember, go, contact=contact, flows={"next": following}).start()
    assert isinstance(effect, fx.Say)
    assert effect.text == "try ."


def test_another_session_does_not_see_a_flow_s_attributes() -> None:
    contact = ContactState("c")
    session_of(action("UpdateFlowAttributes", {"FlowAttributes": {"a": "1"}}), contact=contact).start()
    session_of(action("Compare", {"ComparisonValue": "1"}), contact=contact).start()
    assert contact.lookup(("FlowAttributes", "a")) is None
