"""Running a test case against flows, in virtual time.

**Source**: Amazon Connect Developer Guide, "Testing language"; Administrator Guide, "Testing and simulation"
("Observe block", "Check block", "Override system behavior actions", "Run test cases").
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from contactflow.model import Flow
from contactflow.model.conditions import as_result
from contactflow.model.references import Template
from contactflow.run import ContactState
from contactflow.run.effects import Say, StepTaken
from contactflow.testing.asserting import CapturedResults, find_mismatch, needs_completion
from contactflow.testing.caller import Caller
from contactflow.testing.calling import Call
from contactflow.testing.case import TestCase
from contactflow.testing.errors import TestCaseError
from contactflow.testing.explaining import Noted, describe_event, explain_unmet, find_place, find_places
from contactflow.testing.host import HostDefaults
from contactflow.testing.language import (
    AssertValue,
    CaseAction,
    EndTest,
    Event,
    FlowActionEvent,
    HangUp,
    LogData,
    MessageReceived,
    OverrideBehavior,
    PressKeys,
    SayWords,
    TestCompleted,
    TestInitiated,
)
from contactflow.testing.library import FlowLibrary
from contactflow.testing.line import TIME_LIMIT_SECONDS, Line
from contactflow.testing.matching import includes, same_resource, similar
from contactflow.testing.overrides import Overrides
from contactflow.testing.results import CaseResult, Failure, Happening, HappeningKind
from contactflow.testing.watching import Watch, Watched

_ERRORS = frozenset({"NoMatchingError", "TimeLimitExceeded", "InputTimeLimitExceeded"})


def run_case(
    case: TestCase, flows: Mapping[str, Flow], *, host: HostDefaults | None = None, entry: str | None = None
) -> CaseResult:
    """Run a test case.

    The call comes in at the case's entry and goes wherever the flows lead: transfers, modules, the queue flow
    while the caller waits, the disconnect flow once an agent has left. No time passes for real. The run ends with
    EndTest, with the call, or after 5 virtual minutes; what was not observed by then fails.

    Parameters
    ----------
    case
        The case.
    flows
        Flows and modules by name, id or ARN. A :class:`FlowLibrary` serves many cases faster.
    host
        What answers where the case overrides nothing.
    entry
        Flow that the call comes to, where the case does not say.
    """
    library = flows if isinstance(flows, FlowLibrary) else FlowLibrary(flows)
    try:
        name = library.find_entry(case.entry.flow_id or entry)
    except TestCaseError as error:
        failure = Failure("", "case", "an entry that is one of the flows", error.what, mend=error.mend)
        return CaseResult(case.name, False, (), (failure,), (), (), "not_started", 0.0)
    return _Run(case, library, host or HostDefaults()).run(name)


class _Run:
    """One run of one case: looks for events, and does what the observations say."""

    def __init__(self, case: TestCase, library: FlowLibrary, host: HostDefaults) -> None:
        self._case = case
        self._library = library
        self._contact = ContactState(
            f"test-{case.name}",
            channel=case.entry.channel,
            customer_address=case.entry.source_number or host.caller_number,
            system_address=case.entry.destination_number or host.center_number,
            attributes=dict(case.attributes),
        )
        self._captured = CapturedResults(self._contact)
        self._caller = Caller()
        self._overrides = Overrides()
        self._watch = Watch(case)
        self._line = Line(self._contact, self._caller, self._overrides, host, self)
        self._call = Call(library, self._contact, self._caller, self._line, host=host, witness=self)
        self._step = -1
        self._noted: list[Noted] = []
        self._failures: list[tuple[Failure, int]] = []
        self._logged: dict[str, str] = {}
        self._test_ended = False

    def run(self, entry: str) -> CaseResult:
        """Run the call that comes to ``entry``, and tell what came of it."""
        self._occur(lambda event: isinstance(event, TestInitiated))
        ended = self._call.follow(entry)
        self._step = -1
        self._occur(lambda event: isinstance(event, TestCompleted))
        if self._test_ended or self._failures:
            ended = "failed" if self._failures else "end_test"
        heard = find_places(self._noted, self._call.trace, self._library)
        failures = self._place_failures(heard) or explain_unmet(self._watch, heard, ended, self._line.failed_functions)
        return CaseResult(
            self._case.name,
            not failures,
            tuple(watched.observation.identifier for watched in self._watch.all if watched.met and watched.count),
            tuple(failures),
            tuple(heard),
            tuple(self._call.trace),
            ended,
            min(self._caller.seconds, TIME_LIMIT_SECONDS),
            self._logged,
        )

    def begin_step(self, index: int) -> None:
        """Note which action of the trace runs."""
        self._step = index

    def note(self, what: str) -> None:
        """Note what helps to understand a failure."""
        self._tell("note", what)

    def hear(self, message: Say) -> None:
        """Match a message that the caller hears."""
        self._tell("message", message.text or message.ssml or message.prompt_id or message.media_uri or "")
        self._occur(lambda event: isinstance(event, MessageReceived) and self._is_message(event, message))

    def see_start(self, action_type: str, resource: str | None) -> None:
        """Match an action of the flow that starts."""
        self._tell("action", f"{action_type} {resource or ''}".strip())
        self._occur(lambda event: _is_action(event, action_type, resource, completed=False))

    def see_end(self, step: StepTaken) -> None:
        """Match an action of the flow that completed, unless it took an error branch."""
        if step.branch in _ERRORS:
            return
        if step.type == "InvokeLambdaFunction":
            resource = step.parameters.get("LambdaFunctionARN")
        else:
            resource = (step.parameters.get("LexV2Bot") or {}).get("AliasArn")
        if any(_is_action(one.observation.event, step.type, resource, completed=True) for one in self._watch.active):
            if step.type == "InvokeLambdaFunction":
                self._captured.capture_function(step.results)
            else:
                self._captured.capture_bot()
            self._occur(lambda event: _is_action(event, step.type, resource, completed=True))

    def _is_message(self, event: MessageReceived, message: Say) -> bool:
        spoken = message.text or message.ssml
        wanted = event.text or event.ssml
        if wanted is not None:
            if spoken is None:
                return False
            text = as_result(wanted.resolve(self._contact)) or ""
            return includes(spoken, text) if event.criterion == "Inclusion" else similar(spoken, text)
        if event.prompt_id is not None:
            return same_resource(message.prompt_id, as_result(event.prompt_id.resolve(self._contact)))
        return event.media_uri is None or event.media_uri == message.media_uri

    def _tell(self, kind: HappeningKind, what: str) -> None:
        self._noted.append((kind, what, self._caller.seconds, self._step))

    def _occur(self, matches: Callable[[Event], bool]) -> None:
        """Match an event with every observation that looks for it now, and do what they say."""
        for watched in tuple(self._watch.active):
            if self._failures or (self._test_ended and not isinstance(watched.observation.event, TestCompleted)):
                return
            if matches(watched.observation.event):
                self._meet(watched)

    def _meet(self, watched: Watched) -> None:
        leads_on = self._watch.count(watched)
        if watched.exceeded:
            usage = f"at most {watched.observation.usage.most} times: {describe_event(watched.observation.event)}"
            self._fail(Failure(watched.observation.identifier, "usage", usage, f"it occurred {watched.count} times"))
            return
        for action in watched.observation.actions:
            self._do(action, watched)
        if self._failures:
            self._caller.gone = True
        elif leads_on:
            self._watch.follow(watched, len(self._noted))

    def _do(self, action: CaseAction, watched: Watched) -> None:
        match action.command:
            case PressKeys(keys):
                self._tell("keys", keys)
                self._caller.press(keys)
            case SayWords(words):
                spoken = self._resolve(words)
                self._tell("words", spoken)
                self._caller.say(spoken)
            case HangUp():
                self._caller.gone = True
            case OverrideBehavior() as override:
                self._overrides.add(override)
            case AssertValue() as wanted:
                self._assert(wanted, action, watched)
            case EndTest():
                self._test_ended = self._caller.gone = True
            case LogData(expressions):
                self._logged |= {label: self._resolve(value) for label, value in expressions.items()}

    def _assert(self, wanted: AssertValue, action: CaseAction, watched: Watched) -> None:
        found = find_mismatch(wanted, self._captured)
        if found is None:
            return
        operand = "" if wanted.operator == "Exists" else f" {wanted.operand!r}"
        hint = "Observe FlowActionCompleted of the function or bot first." if needs_completion(wanted) else ""
        expected = f"{wanted.namespace} {wanted.operator}{operand}"
        identifier = watched.observation.identifier
        self._fail(Failure(identifier, "assertion", expected, found, action.identifier, None, hint))

    def _resolve(self, template: Template) -> str:
        return as_result(template.resolve(self._captured)) or ""

    def _fail(self, failure: Failure) -> None:
        self._failures.append((failure, self._step))
        self._caller.gone = True

    def _place_failures(self, heard: list[Happening]) -> list[Failure]:
        """Return the failures with the actions that ran as they occurred, or else the last one."""
        last = next((one.place for one in reversed(heard) if one.place), None)
        trace = self._call.trace
        return [
            replace(failure, place=find_place(index, trace, self._library) or last) for failure, index in self._failures
        ]


def _is_action(event: Event, action_type: str, resource: str | None, *, completed: bool) -> bool:
    return (
        isinstance(event, FlowActionEvent)
        and event.completed == completed
        and event.action_type == action_type
        and (event.resource is None or same_resource(resource, event.resource))
    )
