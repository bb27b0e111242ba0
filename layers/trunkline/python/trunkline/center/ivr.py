"""What a caller hears and can choose: the ``ivr`` part of ``callcenter.yaml``."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from .answers import Answer, Input, Verification
from .errors import list_names
from .waiting import Callback, QueueTreatment, Voicemail
from .words import (
    PHONE_NUMBER,
    SOUND_FILE,
    Digit,
    Key,
    LanguageCode,
    Line,
    Part,
    Speech,
    rule_error,
)

TARGETS = ("queue", "menu", "answer", "language", "say", "voicemail", "transfer")


class Target(Part):
    """Where a choice leads; exactly one of them."""

    queue: Key | None = None
    """Queue to wait in."""
    menu: Key | None = None
    """Menu to continue with."""
    answer: Key | None = None
    """Question that the centre answers by itself, by its name under ``ivr.answers``."""
    language: LanguageCode | None = None
    """Language to continue in."""
    say: Speech | None = None
    """Something to be told, before the menu is repeated."""
    voicemail: Key | None = None
    """Queue to leave a message for."""
    transfer: Key | None = None
    """Somebody outside to be connected with, by name under ``ivr.transfers``."""

    @model_validator(mode="after")
    def _has_exactly_one_target(self) -> Self:
        given = [name for name in TARGETS if getattr(self, name) is not None]
        if len(given) != 1:
            found = " and ".join(given) or "no target"
            raise rule_error(found, f"exactly one of {list_names(TARGETS).replace(' or ', ' and ')}")
        return self


class Option(Target):
    """One choice of a menu."""

    phrases: dict[LanguageCode, Annotated[list[Line], Field(min_length=1)]] = Field(default_factory=dict)
    """What a caller may say for it, in each language (used where the menu listens to speech)."""


class AfterClosed(Part):
    """What follows the words that the centre is closed; exactly one of them."""

    voicemail: Key | None = None
    """Queue to leave a message for."""
    transfer: Key | None = None
    """Somebody outside to be connected with, by name under ``ivr.transfers``."""
    answer: Key | None = None
    """Question that the centre answers by itself, by its name under ``ivr.answers``."""

    @model_validator(mode="after")
    def _has_exactly_one_target(self) -> Self:
        given = [name for name in ("voicemail", "transfer", "answer") if getattr(self, name) is not None]
        if len(given) != 1:
            raise rule_error(" and ".join(given) or "no target", "exactly one of voicemail, transfer and answer")
        return self


class Menu(Part):
    """A question with keys to press."""

    prompt: Speech
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
    interruptible: bool = True
    """Whether a key (or a word) ends the question early; if not, it is played to its end first."""


class LanguageMenu(Part):
    """The question which language to speak, asked of callers whose language is not known."""

    prompt: Speech
    """One sentence in each language; all are played one after the other."""
    options: Annotated[dict[Digit, LanguageCode], Field(min_length=1)]
    """The language that each key chooses."""
    timeout_seconds: Annotated[int, Field(ge=1, le=180)]
    """How long to wait for a key."""


class Survey(Part):
    """The questions after the call."""

    prompt: Speech
    """Question, answered with a key from 1 to 5."""
    resolved: Speech | None = None
    """Whether the matter is resolved, asked of those who answered: 1 is yes, 2 is no."""
    thanks: Speech
    """Words of thanks."""


class Prompt(Part):
    """A recording.

    **Source**: Amazon Connect Administrator Guide, "Create prompts": .wav, shorter than five minutes,
    8 kHz recommended.
    """

    file: Annotated[str, Field(pattern=SOUND_FILE, max_length=200)]
    """The file, relative to ``callcenter.yaml``."""


class Transfer(Part):
    """Somebody outside the centre."""

    number: Annotated[str, Field(pattern=PHONE_NUMBER)]
    """Telephone number in international form."""
    say: Speech | None = None
    """Said before the number is called."""
    timeout_seconds: Annotated[int, Field(ge=5, le=600)] = 30
    """How long it may ring."""


class Ivr(Part):
    """Everything that a caller hears from the centre itself."""

    prompts: dict[Key, Prompt] = Field(default_factory=dict)
    """Recordings by name."""
    greeting: Speech
    """First sentence of every call."""
    recording_notice: Speech
    """Said before recording begins."""
    language_menu: LanguageMenu | None = None
    """Needed where the centre speaks more than one language."""
    entry: Key
    """Menu that a call comes to."""
    closed: Speech
    """Said outside opening hours."""
    after_closed: AfterClosed | None = None
    """What follows then; the call ends where absent."""
    unavailable: Speech
    """Said where something failed."""
    menus: Annotated[dict[Key, Menu], Field(min_length=1)]
    """The menus by name."""
    invalid_choice: Speech
    """Said after a key that does nothing."""
    inputs: dict[Key, Input] = Field(default_factory=dict)
    """Digits that callers are asked for, by name."""
    answers: dict[Key, Answer] = Field(default_factory=dict)
    """Questions that the centre answers by itself, by name."""
    verification: Verification | None = None
    """How often callers may try a PIN; needed where an answer has ``verify``."""
    transfers: dict[Key, Transfer] = Field(default_factory=dict)
    """People outside the centre, by name."""
    voicemail: Voicemail | None = None
    """How messages are taken; needed where something leads to a voicemail."""
    callback: Callback | None = None
    """How callbacks are agreed; needed where one is offered."""
    queue_treatment: QueueTreatment
    """What callers hear while they wait."""
    survey: Survey
    """The questions after the call."""
