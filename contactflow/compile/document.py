"""An IVR as described: languages, texts, menus and where they lead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Texts: TypeAlias = Mapping[str, str]
"""What is said, by language code."""


@dataclass(frozen=True)
class Language:
    """A language that callers are spoken to in.

    Attributes
    ----------
    code
        Short code such as ``ko``, as it stands in the contact attribute ``language``.
    locale
        Such as ``ko-KR``: the contact's LanguageCode, which bots and analytics go by.
    voice
        Amazon Polly voice such as ``Seoyeon``.
    engine
        ``standard``, ``neural`` or ``generative``; None leaves it to the instance.
    """

    code: str
    locale: str
    voice: str
    engine: str | None = None


@dataclass(frozen=True)
class ToQueue:
    """Route the caller to a queue, by its key."""

    queue: str


@dataclass(frozen=True)
class ToMenu:
    """Go to another menu, by its name."""

    menu: str


@dataclass(frozen=True)
class ToAnswer:
    """Answer a question by self-service, then return to the entry menu."""

    topic: str


@dataclass(frozen=True)
class ToLanguage:
    """Speak another language from now on, then repeat the menu."""

    language: str


Target: TypeAlias = ToQueue | ToMenu | ToAnswer | ToLanguage


@dataclass(frozen=True)
class Option:
    """What a key leads to: ``0`` to ``9``, ``*`` or ``#``."""

    key: str
    target: Target


@dataclass(frozen=True)
class Menu:
    """A menu.

    Attributes
    ----------
    otherwise
        Where a caller goes who gives no usable answer.
    timeout_seconds
        From the end of the prompt to the first key, 1 to 180.
    retries
        How often the menu is repeated after silence or a wrong key, 0 to 100.
    speech
        True where callers may speak: a bot listens, with an intent for each option, named by
        :func:`~contactflow.compile.naming.intent_name`, and one for each key, named by
        :func:`~contactflow.compile.naming.key_intent_name`.
    """

    name: str
    prompt: Texts
    options: tuple[Option, ...]
    otherwise: Target
    timeout_seconds: int = 5
    retries: int = 2
    speech: bool = False


@dataclass(frozen=True)
class LanguageMenu:
    """Asks callers for their language, each line in its own voice; ``options`` are codes by key."""

    prompt: Texts
    options: Mapping[str, str]
    timeout_seconds: int = 4


@dataclass(frozen=True)
class QueueTreatment:
    """What callers hear while they wait: a message at once, and again every ``every_seconds``."""

    message: Texts
    every_seconds: int = 30


@dataclass(frozen=True)
class Survey:
    """One question, answered by a key, after the agent has hung up."""

    prompt: Texts
    thanks: Texts
    timeout_seconds: int = 7
    retries: int = 1


@dataclass(frozen=True)
class IvrDocument:
    """A whole IVR.

    Attributes
    ----------
    languages
        The first is spoken where nothing else is known. Every text has all of them.
    entry
        Name of the menu that calls come to.
    record_calls
        Record agent and customer, once connected; say ``recording_notice`` first.
    root
        Key path of this description in the user's file, for source maps and errors.
    """

    languages: tuple[Language, ...]
    greeting: Texts
    entry: str
    menus: tuple[Menu, ...]
    closed: Texts
    unavailable: Texts
    invalid_choice: Texts
    recording_notice: Texts | None = None
    language_menu: LanguageMenu | None = None
    queue_treatment: QueueTreatment | None = None
    survey: Survey | None = None
    record_calls: bool = True
    root: str = "ivr"

    @property
    def default_language(self) -> Language:
        """The language spoken where nothing else is known."""
        return self.languages[0]

    def menu(self, name: str) -> Menu:
        """Return the menu called ``name``."""
        return next(menu for menu in self.menus if menu.name == name)


@dataclass(frozen=True)
class IvrResources:
    """What exists outside the flows, as opaque strings: deployment tokens are never looked into.

    Attributes
    ----------
    functions
        ARNs by name: ``identify_caller``, ``answer_question``, ``route_call``, ``record_survey``.
    queues
        ARNs by queue key: every queue that a call may be routed to.
    hours
        Id or ARN of the hours of operation of the entry; None means always open.
    flows
        ARNs of the flows ``queue_treatment`` and ``survey``, which the inbound flow hooks in.
    bot_alias
        ARN of the alias of the Lex V2 bot that menus with ``speech`` listen by.
    prompts
        ARNs of audio prompts: ``hold_music`` plays between the queue's messages, silence where absent.
    """

    functions: Mapping[str, str] = field(default_factory=dict)
    queues: Mapping[str, str] = field(default_factory=dict)
    hours: str | None = None
    flows: Mapping[str, str] = field(default_factory=dict)
    bot_alias: str | None = None
    prompts: Mapping[str, str] = field(default_factory=dict)
