"""The customer queue flow: a message at once and again and again, with music or silence between.

**Source**: Amazon Connect API Reference, "MessageParticipantIteratively"; Amazon Polly Developer Guide,
"Supported SSML tags" (a break lasts at most 10 seconds).
"""

from __future__ import annotations

from contactflow.compile.document import IvrDocument, IvrResources, Language, QueueTreatment
from contactflow.compile.draft import CompiledFlow, Draft
from contactflow.compile.errors import DocumentError
from contactflow.compile.languages import set_voice
from contactflow.compile.naming import action_id

MAX_BREAK_SECONDS = 10


def compile_queue_treatment(document: IvrDocument, resources: IvrResources) -> CompiledFlow:
    """Compile what callers hear while they wait in a queue.

    Raises
    ------
    DocumentError
        Where the document describes no queue treatment.
    """
    treatment = document.queue_treatment
    if treatment is None:
        raise DocumentError(f"{document.root}.queue_treatment", "There is none", "Describe it.")
    draft = Draft(document.languages)
    music = resources.prompts.get("hold_music")
    source = f"{document.root}.queue_treatment"

    def add(name: str, language: Language) -> str:
        playing = action_id("wait", language.code)
        set_voice(draft, name, language, f"languages.{language.code}", playing)
        if music is None:
            _play_with_silence(draft, playing, treatment, language, source)
        else:
            _play_with_music(draft, playing, treatment, language, source, music)
        return name

    start = draft.by_language("queue-voice", source, add)
    draft.add("end", "EndFlowExecution", {}, source)
    return draft.build("queue_treatment", "CUSTOMER_QUEUE", start, "What callers hear while they wait")


def _play_with_silence(draft: Draft, playing: str, treatment: QueueTreatment, language: Language, source: str) -> None:
    messages = [{"Text": treatment.message[language.code]}, {"SSML": silence(treatment.every_seconds)}]
    draft.add(
        playing,
        "MessageParticipantIteratively",
        {"Messages": messages},
        f"{source}.message.{language.code}",
        errors={"NoMatchingError": "end"},
    )


def _play_with_music(
    draft: Draft, playing: str, treatment: QueueTreatment, language: Language, source: str, music: str
) -> None:
    looping = action_id(playing, "music")
    text = {"Text": treatment.message[language.code]}
    draft.attempt(playing, "MessageParticipant", text, f"{source}.message.{language.code}", looping)
    draft.add(
        looping,
        "MessageParticipantIteratively",
        {"Messages": [{"PromptId": music}], "InterruptFrequencySeconds": str(treatment.every_seconds)},
        f"{source}.every_seconds",
        when={"MessagesInterrupted": playing},
        errors={"NoMatchingError": "end"},
    )


def silence(seconds: int) -> str:
    """Return SSML that is silent for ``seconds``.

    Examples
    --------
    >>> silence(12)
    '<speak><break time="10s"/><break time="2s"/></speak>'
    """
    breaks = [MAX_BREAK_SECONDS] * (seconds // MAX_BREAK_SECONDS)
    if seconds % MAX_BREAK_SECONDS:
        breaks.append(seconds % MAX_BREAK_SECONDS)
    return "<speak>" + "".join(f'<break time="{length}s"/>' for length in breaks) + "</speak>"
