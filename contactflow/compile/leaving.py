"""Ways out of the IVR beside a queue: a message for a queue, and somebody outside.

**Source**: Amazon Connect API Reference, "UpdateContactRecordingBehavior" (IVRRecordingBehavior records the
automated part; an empty list of participants records nobody's talk), "TransferParticipantToThirdParty" (its time
limit and errors where the flow continues); console exports name the limit ThirdPartyConnectionTimeLimitSeconds.
"""

from __future__ import annotations

from contactflow.compile.checking import section
from contactflow.compile.document import IvrDocument, Language
from contactflow.compile.draft import Draft
from contactflow.compile.naming import action_id
from contactflow.compile.parts import ask_digits

VOICEMAIL = "voicemail"


def add_voicemail(draft: Draft, document: IvrDocument, failing: str) -> str:
    """Take a message, once the attribute ``voicemail`` names the queue it is for; return where that begins."""
    start = _start_recording(draft, document)
    if VOICEMAIL not in draft:
        draft.by_language(
            VOICEMAIL,
            f"{document.root}.voicemail.prompt",
            lambda name, language: ask_for_message(
                draft, document, language, name, then="voicemail-thanks", failing=failing
            ),
        )
        voicemail = section(document.voicemail, f"{document.root}.voicemail")
        draft.say("voicemail-thanks", voicemail.thanks, f"{document.root}.voicemail.thanks", "disconnect")
    return start


def record_message(draft: Draft, document: IvrDocument, identifier: str, then: str) -> str:
    """Record what the caller says from now on, and no talk with an agent."""
    return draft.add(
        identifier,
        "UpdateContactRecordingBehavior",
        {"RecordingBehavior": {"RecordedParticipants": [], "IVRRecordingBehavior": "Enabled"}},
        f"{document.root}.voicemail",
        then=then,
    )


def ask_for_message(
    draft: Draft, document: IvrDocument, language: Language, identifier: str, *, then: str, failing: str
) -> str:
    """Ask for a message and let the caller speak, until a key or the longest time ends it."""
    voicemail = section(document.voicemail, f"{document.root}.voicemail")
    return ask_digits(
        draft,
        identifier,
        draft.message(voicemail.prompt, language),
        voicemail.max_seconds,
        1,
        f"{document.root}.voicemail.prompt.{language.code}",
        then=then,
        failing=failing,
    )


def add_transfer(draft: Draft, document: IvrDocument, name: str, owner: str, failing: str) -> str:
    """Connect the caller with somebody outside and return where that begins; where they are not reached, go on.

    The first to need it gives it its short name; ``owner`` tells those from it that go on elsewhere.
    """
    transfer = document.transfer(name)
    source = f"{document.root}.transfers.{name}"
    start = action_id("transfer", name)
    if start in draft:
        start = action_id(start, owner)
    calling = action_id(start, "call") if transfer.say is not None else start
    draft.add(
        calling,
        "TransferParticipantToThirdParty",
        {
            "ThirdPartyPhoneNumber": transfer.number,
            "ThirdPartyConnectionTimeLimitSeconds": str(transfer.timeout_seconds),
            "ContinueFlowExecution": "True",
        },
        f"{source}.number",
        then="disconnect",
        errors={"CallFailed": failing, "ConnectionTimeLimitExceeded": failing, "NoMatchingError": failing},
    )
    if transfer.say is not None:
        draft.say(start, transfer.say, f"{source}.say", calling)
    return start


def _start_recording(draft: Draft, document: IvrDocument) -> str:
    identifier = "voicemail-record"
    if identifier not in draft:
        record_message(draft, document, identifier, VOICEMAIL)
    return identifier
