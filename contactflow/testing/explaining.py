"""Telling why a case failed: what was expected, what there was instead, and where in the flows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from contactflow.run.effects import StepTaken
from contactflow.testing.language import Event, FlowActionEvent, MessageReceived, TestCompleted, TestInitiated
from contactflow.testing.library import FlowLibrary
from contactflow.testing.matching import measure_similarity
from contactflow.testing.results import Failure, Happening, HappeningKind, Place
from contactflow.testing.watching import Watch, Watched

Noted: TypeAlias = tuple[HappeningKind, str, float, int]
"""Something that happened: its kind, what, the virtual second, and the index in the trace of the action."""

MAX_TOLD = 4
"""So many of the things that were heard instead are told."""
_ENDINGS = {
    "disconnect": "the flow disconnected",
    "no_next_action": "the flow ended: no action follows",
    "endless": "the flow ran 1,000 actions without the caller",
    "ended": "the flow ended",
    "transferred": "the call was transferred",
    "hung_up": "the caller hung up",
    "queued": "the call was queued",
    "end_test": "EndTest",
    "time_limit": "the test's 5 minutes were over",
}


def describe_event(event: Event) -> str:
    """Return what an observation looks for, in words."""
    match event:
        case MessageReceived():
            how = "containing" if event.criterion == "Inclusion" else "similar to"
            return "any message" if event.wanted == "any message" else f'a message {how} "{event.wanted}"'
        case FlowActionEvent():
            verb = "complete" if event.completed else "start"
            return f"{event.action_type} to {verb}" + (f" with {event.resource}" if event.resource else "")
        case TestInitiated():
            return "the test to begin"
        case TestCompleted():
            return "the test to end"


def find_places(noted: Iterable[Noted], trace: Sequence[StepTaken], library: FlowLibrary) -> list[Happening]:
    """Return what was noted with the actions that it came from, found by their index in the trace."""
    return [Happening(kind, what, seconds, find_place(index, trace, library)) for kind, what, seconds, index in noted]


def find_place(index: int, trace: Sequence[StepTaken], library: FlowLibrary) -> Place | None:
    """Return the action at an index of the trace, None where there is none."""
    if not 0 <= index < len(trace):
        return None
    step = trace[index]
    return Place(_name(step.flow_id, library), step.action_id)


def explain_unmet(
    watch: Watch, heard: Sequence[Happening], ended: str, failed_functions: Sequence[str]
) -> list[Failure]:
    """Return a failure for each observation that looked in vain, and for those that never began to look alone."""
    unmet = [watched for watched in watch.all if not watched.met]
    looked = [watched for watched in unmet if watched.since is not None]
    if not looked:
        return [_explain_unreachable(watched) for watched in unmet]
    mend = _advise(heard, failed_functions)
    return [_explain_one(watched, heard, ended, mend) for watched in looked]


def _explain_unreachable(watched: Watched) -> Failure:
    return Failure(
        watched.observation.identifier,
        "observation",
        describe_event(watched.observation.event),
        "it never began to look: no observation that was met leads to it",
        mend="Name it in NextObservations of the one before it.",
    )


def _explain_one(watched: Watched, heard: Sequence[Happening], ended: str, mend: str) -> Failure:
    event, usage = watched.observation.event, watched.observation.usage
    times = f", {usage.least} times" if usage.least > 1 else ""
    since = heard[watched.since or 0 :]
    told = _rank(event, [one for one in since if one.kind == _kind_of(event)])
    what = "heard" if isinstance(event, MessageReceived) else "there was"
    instead = f"{what} instead: " + ", ".join(f'"{one.what}"' for one in told) if told else f"{what} nothing"
    count = f"it occurred {watched.count} times; " if watched.count else ""
    ending = _ENDINGS.get(ended, ended)
    last = next((one for one in reversed(heard) if one.place), None)
    place = told[0].place if told else last.place if last else None
    expected = describe_event(event) + times
    return Failure(
        watched.observation.identifier, "observation", expected, f"{count}{instead}; then {ending}", None, place, mend
    )


def _rank(event: Event, heard: list[Happening]) -> list[Happening]:
    """Return what was heard instead, once each, what comes closest first."""
    heard = list({one.what: one for one in heard}.values())
    if isinstance(event, MessageReceived):
        heard = sorted(heard, key=lambda one: -measure_similarity(one.what, event.wanted))
    return heard[:MAX_TOLD]


def _kind_of(event: Event) -> str:
    return "action" if isinstance(event, FlowActionEvent) else "message"


def _advise(heard: Sequence[Happening], failed_functions: Sequence[str]) -> str:
    notes = [one.what for one in heard if one.kind == "note"]
    if failed_functions:
        names = ", ".join(dict.fromkeys(failed_functions))
        notes.append(f"Give {names} an answer with OverrideSystemBehavior")
    return "".join(f"{note}. " for note in dict.fromkeys(notes)).strip()


def _name(reference: str, library: FlowLibrary) -> str:
    try:
        return library.name_of(reference)
    except KeyError:
        return reference
