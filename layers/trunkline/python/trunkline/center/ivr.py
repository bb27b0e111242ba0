"""What a caller hears and can choose: the ``ivr`` part of ``callcenter.yaml``."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from .words import Digit, Key, LanguageCode, Line, Part, Texts, rule_error

Topic = Literal["order_status", "opening_hours", "account_balance"]


class Target(Part):
    """Where a choice leads; exactly one of the four."""

    queue: Key | None = None
    """Queue to wait in."""
    menu: Key | None = None
    """Menu to continue with."""
    answer: Topic | None = None
    """Question that the centre answers by itself."""
    language: LanguageCode | None = None
    """Language to continue in."""

    @model_validator(mode="after")
    def _has_exactly_one_target(self) -> Self:
        given = [name for name in ("queue", "menu", "answer", "language") if getattr(self, name) is not None]
        if len(given) != 1:
            found = " and ".join(given) or "no target"
            raise rule_error(found, "exactly one of queue, menu, answer and language")
        return self


class Option(Target):
    """One choice of a menu."""

    phrases: dict[LanguageCode, Annotated[list[Line], Field(min_length=1)]] = Field(default_factory=dict)
    """What a caller may say for it, in each language (used where the menu listens to speech)."""


class Menu(Part):
    """A question with keys to press."""

    prompt: Texts
    """The question."""
    options: Annotated[dict[Digit, Option], Field(min_length=1)]
    """What each key does."""
    timeout_seconds: Annotated[int, Field(ge=1, le=180)]
    """How long to wait for a key."""
    retries: Annotated[int, Field(ge=0, le=5)]
    """How often the question is repeated after silence or a wrong key."""
    otherwise: Target
    """Where callers go who chose nothing."""
    speech: bool = False
    """Whether callers may also answer by speaking (through an Amazon Lex bot)."""


class LanguageMenu(Part):
    """The question which language to speak, asked of callers whose language is not known."""

    prompt: Texts
    """One sentence in each language; all are played one after the other."""
    options: Annotated[dict[Digit, LanguageCode], Field(min_length=1)]
    """The language that each key chooses."""
    timeout_seconds: Annotated[int, Field(ge=1, le=180)]
    """How long to wait for a key."""


class QueueTreatment(Part):
    """What callers hear while they wait."""

    message: Texts
    """The sentence that is repeated."""
    every_seconds: Annotated[int, Field(ge=20, le=600)]
    """Time between two repetitions."""


class Survey(Part):
    """The question after the call."""

    prompt: Texts
    """Question, answered with a key from 1 to 5."""
    thanks: Texts
    """Words of thanks."""


class Ivr(Part):
    """Everything that a caller hears from the centre itself."""

    greeting: Texts
    """First sentence of every call."""
    recording_notice: Texts
    """Said before recording begins."""
    language_menu: LanguageMenu | None = None
    """Needed where the centre speaks more than one language."""
    entry: Key
    """Menu that a call comes to."""
    closed: Texts
    """Said outside opening hours."""
    unavailable: Texts
    """Said where something failed."""
    menus: Annotated[dict[Key, Menu], Field(min_length=1)]
    """The menus by name."""
    invalid_choice: Texts
    """Said after a key that does nothing."""
    queue_treatment: QueueTreatment
    """What callers hear while they wait."""
    survey: Survey
    """The question after the call."""
