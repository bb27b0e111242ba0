from __future__ import annotations

import ast
import importlib
import json
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest

from contactflow.model import Flow
from contactflow.model.references import Template, find_references
from contactflow.run import (
    ContactState,
    Effect,
    Session,
    SessionOverError,
    SessionStateError,
    UnexpectedResultError,
)
from contactflow.run import effects as fx
from tests.flows.sample import compiled
from tests.flows.test_actions import action, error, session_of, when
from tests.flows.test_model import PUBLISHED, PUBLISHED_FLOWS

SAY = action("MessageParticipant", {"Text": "hello"})


def test_session_cannot_be_started_twice() -> None:
    session = session_of(SAY)
    session.start()
    with pytest.raises(SessionStateError):
        session.start()


def test_session_cannot_be_resumed_before_its_start_or_after_its_end() -> None:
    session = session_of(SAY)
    with pytest.raises(SessionStateError):
        session.resume(fx.Done())
    session.start()
    session.resume(fx.Hangup())
    assert session.over
    assert session.pending is None
    with pytest.raises(SessionOverError, match="hung_up"):
        session.resume(fx.Done())


def test_wrong_result_names_the_right_ones_and_leaves_the_session_as_it_was() -> None:
    session = session_of(SAY)
    effect = session.start()
    with pytest.raises(UnexpectedResultError, match="takes: Done, Failed, Hangup, Dequeued"):
        session.resume(fx.Digits("1"))
    assert session.pending == effect
    assert session.resume(fx.Done()) == fx.End("ended")


def test_contact_that_an_agent_takes_leaves_the_flow() -> None:
    session = session_of(SAY)
    session.start()
    assert session.resume(fx.Dequeued()) == fx.End("dequeued")
    assert session.trace[-1].branch == "Dequeued"


def test_flow_that_goes_round_without_the_caller_is_stopped() -> None:
    session = session_of(action("Compare", {"ComparisonValue": "1"}, NextAction="it"))
    assert session.start() == fx.Disconnect("endless")
    assert session.trace[-1].branch == "Endless"


def test_flow_that_goes_round_with_the_caller_goes_on() -> None:
    session = session_of(action("MessageParticipant", {"Text": "again"}, NextAction="it"))
    session.start()
    for _ in range(3000):
        assert isinstance(session.resume(fx.Done()), fx.Say)


def test_failure_without_an_error_branch_ends_the_call() -> None:
    session = session_of(action("MessageParticipant", {"Text": "hello"}, NextAction="end"))
    session.start()
    assert session.resume(fx.Failed("noise")) == fx.Disconnect("no_next_action")
    assert (session.trace[-1].branch, session.trace[-1].next_action) == ("NoMatchingError", None)


def test_flow_that_leads_nowhere_ends_the_call() -> None:
    session = session_of(action("MessageParticipant", {"Text": "hello"}, NextAction="gone"))
    session.start()
    assert session.resume(fx.Done()) == fx.Disconnect("no_next_action")


def test_step_shows_resolved_parameters_and_whether_it_is_logged() -> None:
    log = action("UpdateFlowLoggingBehavior", {"FlowLoggingBehavior": "Enabled"}, NextAction="say")
    say = {**action("MessageParticipant", {"Text": "Hi $.Attributes.name"}), "Identifier": "say"}
    session = session_of(log, say, contact=ContactState("c", attributes={"name": "Ada"}))
    session.start()
    session.resume(fx.Done())
    session.resume(fx.Done())
    said = session.trace[1]
    assert said.parameters == {"Text": "Hi Ada"}
    assert (said.type, said.branch, said.next_action, said.logged) == (
        "MessageParticipant",
        "NextAction",
        "end",
        True,
    )


@pytest.mark.parametrize(
    ("reference", "value"),
    [
        ("$.Attributes.x", "1"),
        ("$['Attributes']['two words']", "2"),
        ('$.Attributes["two words"]', "2"),
        ("$.External.deep.er", "3"),
        ("$.Channel", "VOICE"),
        ("$.ContactId", "c-1"),
        ("$.InitialContactId", "c-1"),
        ("$.CustomerEndpoint.Address", "+15550100"),
        ("$.SystemEndpoint.Address", "+15550199"),
        ("$.Queue.Name", "orders"),
        ("$.Queue.ARN", "arn:q"),
        ("$.LanguageCode", "ko-KR"),
        ("$.TextToSpeechVoiceId", "Joanna"),
        ("$.StoredCustomerInput", "99"),
        ("$.InitiationMethod", "INBOUND"),
        ("$.Nothing.of.this", None),
        ("$.ContactId.deeper", None),
        ("costs $5", "costs $5"),
        ("$.Attributes.x$.Attributes.x, $.Attributes.none!", "11, !"),
    ],
)
def test_reference_is_resolved(reference: str, value: Any) -> None:
    contact = ContactState(
        "c-1",
        customer_address="+15550100",
        system_address="+15550199",
        attributes={"x": "1", "two words": "2"},
        external={"deep": {"er": "3"}},
        queue_arn="arn:q",
        queue_name="orders",
        language_code="ko-KR",
        stored_input="99",
    )
    assert Template(reference).resolve(contact) == value


def test_references_are_found_in_lists_and_objects() -> None:
    value = {"Messages": [{"Text": "$.External.a"}, {"Text": "plain"}], "Number": 3}
    assert find_references(value) == (("External", "a"),)


def test_function_event_has_what_amazon_connect_sends() -> None:
    data = ContactState("c-1", customer_address="+15550100", attributes={"a": "b"}).lambda_contact_data()
    assert data["ContactId"] == data["InitialContactId"] == "c-1"
    assert data["CustomerEndpoint"] == {"Address": "+15550100", "Type": "TELEPHONE_NUMBER"}
    assert data["Attributes"] == {"a": "b"}
    assert data["Queue"] is None
    json.dumps(data)


def anything(effect: Effect, random: Random) -> fx.Result:
    """Answer an effect with any legal result."""
    usual: dict[type[Effect], list[fx.Result]] = {
        fx.Collect: [fx.Digits(random.choice("0123456789*#")), fx.Timeout()],
        fx.Converse: [fx.Intent("Order", {"a": "b"}), fx.Timeout()],
        fx.PlayLoop: [fx.Dequeued()],
        fx.CheckHours: [fx.InHours(True), fx.InHours(False)],
        fx.CheckMetrics: [fx.MetricValue(random.randrange(3))],
        fx.GetMetrics: [fx.Metrics({"Queue": {"Size": 1}})],
        fx.QueueContact: [fx.Queued(), fx.QueueFull()],
        fx.SetTargetQueue: [fx.QueueSelected("arn:q", "q"), fx.Done()],
        fx.InvokeFunction: [fx.FunctionResult({"valid": "true", "queue": "orders"}), fx.FunctionFailed("no")],
    }
    if isinstance(effect, fx.PlayLoop) and effect.interrupt_after_seconds is not None:
        return random.choice([fx.Interrupted(), fx.Interrupted(), fx.Hangup()])
    if isinstance(effect, fx.InvokeFunction) and effect.asynchronous:
        return fx.Done()
    if random.random() < 0.03:
        return random.choice([fx.Failed("bad day"), fx.Hangup(), fx.Dequeued()])
    return random.choice(usual.get(type(effect), [fx.Done()]))


def wander(flow: Flow, seed: int) -> list[Effect]:
    random = Random(seed)
    session = Session(flow, ContactState(f"c{seed}"), flows={})
    effects = [session.start()]
    while not isinstance(effects[-1], fx.Ending) and len(effects) < 2000:
        effects.append(session.resume(anything(effects[-1], random)))
    if not isinstance(effects[-1], fx.Ending):
        effects.append(session.resume(fx.Hangup()))
    assert session.over
    return effects


@pytest.mark.parametrize("name", ["inbound", "queue_treatment", "survey"])
def test_compiled_flow_ends_whatever_happens_and_the_same_way_each_time(name: str) -> None:
    flow = compiled()[name]
    for seed in range(150):
        effects = wander(flow, seed)
        assert effects == wander(flow, seed)
        assert effects[-1] not in (fx.Disconnect("endless"), fx.Disconnect("no_next_action"))


@pytest.mark.shared
@pytest.mark.skipif(not PUBLISHED_FLOWS, reason=f"no published flows in {PUBLISHED}")
@pytest.mark.parametrize("path", PUBLISHED_FLOWS or [None], ids=lambda path: path.stem[:60] if path else "none")
def test_published_flow_runs_to_an_end_whatever_happens(path: Path) -> None:
    flow = Flow.parse(path.read_text(encoding="utf-8"))
    for seed in range(20):
        assert isinstance(wander(flow, seed)[-1], fx.Ending)


def test_library_stands_alone() -> None:
    root = Path(importlib.import_module("contactflow").__file__ or "").parent
    allowed = {"contactflow", "__future__", *sys.stdlib_module_names}
    for source in root.rglob("*.py"):
        extra = {"pytest"} if "pytest" in source.name else set()  # the plugin is loaded by pytest alone
        assert _imported_packages(source) <= allowed | extra, source


def _imported_packages(source: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module or ""]
        found |= {name.split(".")[0] for name in names}
    return found


def test_error_branch_of_the_right_type_is_taken_first() -> None:
    menu = action(
        "GetParticipantInput",
        {"Text": "?"},
        NextAction="end",
        Conditions=[when("1")],
        Errors=[error("NoMatchingError", "failed"), error("InputTimeLimitExceeded", "other")],
    )
    session = session_of(menu)
    session.start()
    session.resume(fx.Timeout())
    assert session.trace[0].next_action == "other"
