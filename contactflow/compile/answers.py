"""Self-service: ask for digits, verify who calls, have the question answered, say the answer.

**Source**: Amazon Connect Administrator Guide, "Store customer input" (silence is stored as ``Timeout``) and
"Encrypt customer input"; API Reference, "GetParticipantInput".
"""

from __future__ import annotations

from dataclasses import dataclass

from contactflow.compile.checking import need, section
from contactflow.compile.document import IvrDocument, IvrResources, Language
from contactflow.compile.draft import Draft
from contactflow.compile.naming import action_id
from contactflow.compile.parts import SILENCE, ask_digits, ask_key, invoke, set_attributes
from contactflow.compile.services import Answer, Input
from contactflow.compile.speech import Texts

CONFIRM_KEY = "1"


def add_answer(
    draft: Draft, document: IvrDocument, resources: IvrResources, topic: str, owner: str, *, then: str, failing: str
) -> str:
    """Add everything that answers a question, and return where it begins.

    Options with the same ways out share it. The first to need it gives it its short name.

    Parameters
    ----------
    owner
        What tells these actions from those with other ways out: the choice.
    then, failing
        Where a caller goes who has been answered, and one who could not be.
    """
    name = action_id("answer", topic)
    if name in draft:
        name = action_id(name, owner)
    _AnswerWriter(draft, document, resources, document.answer(topic), name, then, failing).write()
    return name


@dataclass(frozen=True)
class _AnswerWriter:
    draft: Draft
    document: IvrDocument
    resources: IvrResources
    answer: Answer
    name: str
    then: str
    failing: str

    def write(self) -> None:
        """Add the steps from the last to the first: each knows where the next begins."""
        steps = [*(["input"] if self.answer.asks else []), *(["secret"] if self.answer.verify else []), "question"]
        starts = [self.name, *(self._id(step) for step in steps[1:])]
        ends = [*starts[1:], self.then]
        for step, start, end in zip(steps, starts, ends, strict=True):
            if step == "input":
                self._ask(start, end)
            elif step == "secret":
                self._verify(start, end)
            else:
                self._question(start)

    def _id(self, *parts: str) -> str:
        return action_id(self.name, *parts)

    @property
    def _source(self) -> str:
        return f"{self.document.root}.answers.{self.answer.topic}"

    def _ask(self, start: str, then: str) -> None:
        """Ask for digits until the function takes them and the caller confirms them."""
        asked = self.document.input(self.answer.asks or "")
        source = f"{self.document.root}.inputs.{asked.name}"
        keep = self._id("keep")
        self._collect(start, asked, self._id("check"))
        invoke(
            self.draft,
            self._id("check"),
            need(self.resources.functions, "check_input", "function", source),
            {"input": asked.name, "digits": "$.StoredCustomerInput"},
            source,
            then=self._id("valid"),
            failing=self.failing,
        )
        self.draft.compare(self._id("valid"), "$.External.valid", {"true": keep}, self._id("invalid"), source)
        confirm = self._id("confirm") if asked.confirm is not None else then
        set_attributes(self.draft, keep, {f"input_{asked.name}": "$.StoredCustomerInput"}, source, confirm)
        again = self._repeat("again", asked.retries, start, source)
        if asked.confirm is not None:
            self._confirm(confirm, asked.confirm, asked, f"{source}.confirm", then, again)
        self._say_invalid(asked, again)

    def _confirm(self, start: str, texts: Texts, asked: Input, source: str, then: str, again: str) -> None:
        def ask(name: str, language: Language) -> str:
            return ask_key(
                self.draft,
                name,
                self.draft.message(texts, language, {"digits": "$.External.spoken"}),
                asked.timeout_seconds,
                {CONFIRM_KEY: then},
                f"{source}.{language.code}",
                silent=again,
                wrong=again,
                failing=self.failing,
            )

        self.draft.by_language(start, source, ask)

    def _verify(self, start: str, then: str) -> None:
        """Ask for a secret, unless the caller has proved who they are in this call."""
        asked = self.document.input(self.answer.verify or "")
        source = f"{self.document.root}.inputs.{asked.name}"
        secret = self._id("secret-ask")
        again = self._id("secret-again")
        self.draft.compare(start, "$.Attributes.verified", {"true": then}, secret, f"{self._source}.verify")
        self._collect(secret, asked, self._id("secret-given"))
        self.draft.compare(
            self._id("secret-given"), "$.StoredCustomerInput", {SILENCE: self._id("invalid-secret")}, then, source
        )
        self._say_invalid(asked, again, "invalid-secret")
        verification = section(self.document.verification, f"{self.document.root}.verification")
        path = f"{self.document.root}.verification"
        self.draft.say(self._id("wrong"), verification.wrong, f"{path}.wrong", again)
        self.draft.say(self._id("locked"), verification.locked, f"{path}.locked", self.failing)
        self._repeat("secret-again", verification.attempts, secret, path)
        set_attributes(self.draft, self._id("verified"), {"verified": "true"}, path, self._id("answered"))

    def _question(self, start: str) -> None:
        """Ask the function and say what it answers."""
        parameters = {"topic": self.answer.topic, "language": "$.Attributes.language"}
        if self.answer.asks:
            parameters["digits"] = f"$.Attributes.input_{self.answer.asks}"
        if self.answer.verify:
            parameters |= {"secret": "$.StoredCustomerInput", "verified": "$.Attributes.verified"}
        invoke(
            self.draft,
            start,
            need(self.resources.functions, "answer_question", "function", self._source),
            parameters,
            self._source,
            then=self._id("proved" if self.answer.verify else "answered"),
            failing=self.failing,
        )
        if self.answer.verify:
            outcomes = {"true": self._id("verified"), "false": self._id("wrong"), "locked": self._id("locked")}
            self.draft.compare(
                self._id("proved"), "$.External.verified", outcomes, self._id("answered"), f"{self._source}.verify"
            )
        self.draft.compare(
            self._id("answered"), "$.External.answered", {"true": self._id("say")}, self.failing, self._source
        )
        self.draft.add(
            self._id("say"),
            "MessageParticipant",
            {"Text": "$.External.text"},
            self._source,
            then=self.then,
            errors={"NoMatchingError": self.failing},
        )

    def _collect(self, start: str, asked: Input, then: str) -> None:
        source = f"{self.document.root}.inputs.{asked.name}.prompt"
        key = section(self.resources.input_key, source) if asked.encrypted else None

        def ask(name: str, language: Language) -> str:
            return ask_digits(
                self.draft,
                name,
                self.draft.message(asked.prompt, language),
                asked.timeout_seconds,
                asked.max_digits,
                f"{source}.{language.code}",
                then=then,
                failing=self.failing,
                key=key,
            )

        self.draft.by_language(start, source, ask)

    def _say_invalid(self, asked: Input, then: str, part: str = "invalid") -> None:
        if asked.invalid is not None:
            self.draft.say(self._id(part), asked.invalid, f"{self.document.root}.inputs.{asked.name}.invalid", then)
        else:
            source = f"{self.document.root}.invalid_choice"
            self.draft.say(self._id(part), self.document.invalid_choice, source, then)

    def _repeat(self, part: str, times: int, start: str, source: str) -> str:
        return self.draft.add(
            self._id(part),
            "Loop",
            {"LoopCount": str(times)},
            source,
            then=self.failing,
            when={"ContinueLooping": start, "DoneLooping": self.failing},
        )
