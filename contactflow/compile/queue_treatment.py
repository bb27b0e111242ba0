"""The customer queue flow: messages again and again with music or silence between, and offers to those who wait long.

Every wait is one action that plays the messages and what lies between them, interrupted at the time of the next
event: an offer comes when its time has come, however long the messages are.

**Source**: Amazon Connect API Reference, "MessageParticipantIteratively" (an interruption is the result
``MessagesInterrupted``), "GetMetricData", "Loop"; Administrator Guide, "List of available attributes" (Contact
metrics).
"""

from __future__ import annotations

from collections.abc import Iterator

from contactflow.compile.callbacks import add_callback
from contactflow.compile.checking import need, section
from contactflow.compile.document import IvrDocument, IvrResources, Language
from contactflow.compile.draft import CompiledFlow, Draft
from contactflow.compile.languages import set_voice
from contactflow.compile.leaving import ask_for_message, record_message
from contactflow.compile.naming import action_id
from contactflow.compile.parts import ask_key, set_attributes
from contactflow.compile.services import Offer, QueueTreatment
from contactflow.compile.stretches import Stretch, plan_stretches, silence

SHORTEST_MUSIC_SECONDS = 10
OFFER_SECONDS = 5
POSITION = "$.Metrics.Contact.PositionInQueue"
EXPECTED_MINUTES = "$.Attributes.expected_wait_minutes"


def compile_queue_treatment(document: IvrDocument, resources: IvrResources) -> CompiledFlow:
    """Compile what callers hear while they wait in a queue.

    Raises
    ------
    DocumentError
        Where the document describes no queue treatment.
    """
    source = f"{document.root}.queue_treatment"
    treatment = section(document.queue_treatment, source)
    draft = Draft(document, resources)

    def add(name: str, language: Language) -> str:
        first = _Waiting(draft, document, resources, treatment, language).add()
        set_voice(draft, name, language, f"languages.{language.code}", first)
        return name

    start = draft.by_language("queue-voice", source, add)
    draft.add("end", "EndFlowExecution", {}, source)
    if treatment.offers:
        draft.add("disconnect", "DisconnectParticipant", {}, source)
    return draft.build("queue_treatment", "CUSTOMER_QUEUE", start, "What callers hear while they wait")


class _Waiting:
    """Adds the wait of callers of one language."""

    def __init__(
        self,
        draft: Draft,
        document: IvrDocument,
        resources: IvrResources,
        treatment: QueueTreatment,
        language: Language,
    ) -> None:
        self.draft = draft
        self.document = document
        self.music = _find_music(document, resources, treatment)
        self.treatment = treatment
        self.language = language
        self.source = f"{document.root}.queue_treatment"

    def add(self) -> str:
        """Add everything and return where the wait begins."""
        offers = self.treatment.offers
        stretches = plan_stretches(self.treatment.every_seconds, tuple(offer.after_seconds for offer in offers))
        for number, parts in enumerate(stretches):
            last = number == len(offers)
            then = None if last else self._id("offer", str(number + 1))
            for part, stretch, following in self._chain(number, parts, then):
                self._wait(part, stretch, following)
        for number, offer in enumerate(offers, 1):
            self._offer(number, offer, self._id("wait", str(number)))
        first = self._id("wait")
        return first if self.treatment.expected_wait is None else self._tell_expected_wait(first)

    def _id(self, *parts: str) -> str:
        """Return an identifier of this language; the first wait of all has no number."""
        shown = [part for part in parts if part != "0"]
        return action_id(*shown, self.language.code)

    def _chain(
        self, number: int, parts: list[Stretch], then: str | None
    ) -> Iterator[tuple[tuple[str, ...], Stretch, str | None]]:
        names = [("wait", str(number), *(["more"] if index else [])) for index in range(len(parts))]
        starts = [self._id(*name) for name in names]
        yield from zip(names, parts, [*starts[1:], then], strict=True)

    def _wait(self, name: tuple[str, ...], stretch: Stretch, then: str | None) -> None:
        """Play the messages for a stretch of time, then go on."""
        start = self._id(*name)
        again = start if stretch.cycles is None else then or "end"
        if stretch.cycles is not None and stretch.cycles > 1:
            again = self._count(name, stretch.cycles - 1, start, again)
        if self.treatment.position is None:
            self._play(start, stretch, again, with_position=False)
            return
        known, unknown = self._id(*name, "placed"), self._id(*name, "unplaced")
        self._measure(start, self._id(*name, "place"), unknown)
        self.draft.compare(
            self._id(*name, "place"),
            POSITION,
            {"0": known},
            unknown,
            f"{self.source}.position",
            operator="NumberGreaterThan",
        )
        self._play(known, stretch, again, with_position=True)
        self._play(unknown, stretch, again, with_position=False)

    def _measure(self, identifier: str, then: str, failing: str) -> None:
        self.draft.add(
            identifier,
            "GetMetricData",
            {"QueueChannel": "Voice"},
            f"{self.source}.position",
            then=then,
            errors={"NoMatchingError": failing},
        )

    def _count(self, name: tuple[str, ...], times: int, again: str, then: str) -> str:
        return self.draft.add(
            self._id(*name, "again"),
            "Loop",
            {"LoopCount": str(times)},
            f"{self.source}.every_seconds",
            then=then,
            when={"ContinueLooping": again, "DoneLooping": then},
        )

    def _play(self, identifier: str, stretch: Stretch, then: str, *, with_position: bool) -> None:
        treatment, language = self.treatment, self.language
        messages = [self.draft.message(treatment.message, language)]
        if with_position and treatment.position is not None:
            messages.insert(0, self.draft.message(treatment.position, language, {"position": POSITION}))
        between = self._between(stretch.seconds)
        repeats = stretch.cycles is None and self.music is None and treatment.position is None
        self.draft.add(
            identifier,
            "MessageParticipantIteratively",
            {
                "Messages": [*messages, *between],
                **({} if repeats else {"InterruptFrequencySeconds": str(stretch.seconds)}),
            },
            f"{self.source}.{'position' if with_position else 'message'}.{language.code}",
            when=None if repeats else {"MessagesInterrupted": then},
            errors={"NoMatchingError": "end"},
        )

    def _between(self, seconds: int) -> list[dict[str, str]]:
        """Return what fills the time between two messages: music as often as it may be needed, or silence."""
        if self.music is None:
            return [{"SSML": silence(seconds)}]
        return [{"PromptId": self.music}] * -(-seconds // SHORTEST_MUSIC_SECONDS)

    def _tell_expected_wait(self, then: str) -> str:
        """Say once how long the wait will be, where the routing function expected one."""
        texts, words = self.treatment.expected_wait or {}, self._id("expected", "words")
        source = f"{self.source}.expected_wait"
        self.draft.attempt(
            words,
            "MessageParticipant",
            self.draft.message(texts, self.language, {"minutes": EXPECTED_MINUTES}),
            f"{source}.{self.language.code}",
            then,
        )
        return self.draft.compare(
            self._id("expected"), EXPECTED_MINUTES, {"0": words}, then, source, operator="NumberGreaterThan"
        )

    def _offer(self, number: int, offer: Offer, then: str) -> None:
        source = f"{self.source}.offers[{number - 1}]"
        accepted = self._voicemail(then) if offer.kind == "voicemail" else self._call_back(then)
        ask_key(
            self.draft,
            self._id("offer", str(number)),
            self.draft.message(offer.texts, self.language),
            OFFER_SECONDS,
            {offer.key: accepted},
            f"{source}.{offer.kind}.{self.language.code}",
            silent=then,
            wrong=then,
            failing=then,
        )

    def _call_back(self, then: str) -> str:
        return add_callback(self.draft, self.document, self.language, waiting=then)

    def _voicemail(self, then: str) -> str:
        """Take a message for the queue that the caller waits in."""
        start = self._id("voicemail")
        if start in self.draft:
            return start
        voicemail = section(self.document.voicemail, f"{self.document.root}.voicemail")
        source = f"{self.document.root}.voicemail"
        asking, thanks = self._id("voicemail-ask"), self._id("voicemail-thanks")
        record = self._id("voicemail-record")
        set_attributes(self.draft, start, {"voicemail": "$.Queue.Name"}, source, record)
        record_message(self.draft, self.document, record, asking)
        ask_for_message(self.draft, self.document, self.language, asking, then=thanks, failing=then)
        self.draft.say_in(thanks, voicemail.thanks, self.language, f"{source}.thanks", "disconnect")
        return start


def _find_music(document: IvrDocument, resources: IvrResources, treatment: QueueTreatment) -> str | None:
    if treatment.music is None:
        return None
    return need(resources.prompts, treatment.music, "prompt", f"{document.root}.queue_treatment.music")
