"""An IVR as described: languages, texts, menus and where they lead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from contactflow.compile.services import Answer, Callback, Input, QueueTreatment, Transfer, Verification, Voicemail
from contactflow.compile.speech import Texts
from contactflow.compile.targets import AfterClosed, Target


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
    interruptible
        False where the prompt is played to its end before a key counts.
    """

    name: str
    prompt: Texts
    options: tuple[Option, ...]
    otherwise: Target
    timeout_seconds: int = 5
    retries: int = 2
    speech: bool = False
    interruptible: bool = True


@dataclass(frozen=True)
class LanguageMenu:
    """Asks callers for their language, each line in its own voice; ``options`` are codes by key."""

    prompt: Texts
    options: Mapping[str, str]
    timeout_seconds: int = 4


@dataclass(frozen=True)
class Survey:
    """One question, answered by a key, after the agent has hung up; with ``resolved``, a second one: 1 yes, 2 no."""

    prompt: Texts
    thanks: Texts
    resolved: Texts | None = None
    timeout_seconds: int = 7
    retries: int = 1


@dataclass(frozen=True)
class IvrDocument:
    """A whole IVR.

    Attributes
    ----------
    languages
        The first is spoken where nothing else is known. Every text has all of them.
    after_closed
        Where a call goes on after the words that the centre is closed; None hangs up.
    announcements
        True where the function ``check_announcement`` is asked, whenever a caller comes to another menu, whether
        there is something new to be told, or the centre has been closed.
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
    after_closed: AfterClosed | None = None
    inputs: tuple[Input, ...] = ()
    answers: tuple[Answer, ...] = ()
    verification: Verification | None = None
    transfers: tuple[Transfer, ...] = ()
    voicemail: Voicemail | None = None
    callback: Callback | None = None
    announcements: bool = True
    root: str = "ivr"

    @property
    def default_language(self) -> Language:
        """The language spoken where nothing else is known."""
        return self.languages[0]

    def menu(self, name: str) -> Menu:
        """Return the menu called ``name``."""
        return next(menu for menu in self.menus if menu.name == name)

    def answer(self, topic: str) -> Answer:
        """Return how a topic is answered: without asking for anything, where nothing is said of it."""
        return next((answer for answer in self.answers if answer.topic == topic), Answer(topic))

    def input(self, name: str) -> Input:
        """Return the input called ``name``."""
        return next(asked for asked in self.inputs if asked.name == name)

    def transfer(self, name: str) -> Transfer:
        """Return the transfer called ``name``."""
        return next(transfer for transfer in self.transfers if transfer.name == name)


@dataclass(frozen=True)
class InputKey:
    """What the service encrypts secret digits with.

    Attributes
    ----------
    key_id
        Id of the key as the instance knows it.
    certificate
        X.509 certificate of the public key, in PEM.
    """

    key_id: str
    certificate: str


@dataclass(frozen=True)
class IvrResources:
    """What exists outside the flows, as opaque strings: deployment tokens are never looked into.

    Attributes
    ----------
    functions
        ARNs by name: ``identify_caller``, ``answer_question``, ``route_call``, ``record_survey``,
        ``check_announcement``, ``check_input``.
    queues
        ARNs by queue key: every queue that a call may be routed to.
    hours
        Id or ARN of the hours of operation of the entry; None means always open.
    flows
        ARNs of the flows ``queue_treatment`` and ``survey``, which the inbound flow hooks in.
    bot_alias
        ARN of the alias of the Lex V2 bot that menus with ``speech`` listen by.
    prompts
        ARNs of recordings, by name.
    modules
        ARNs of flow modules: ``announcement``.
    input_key
        Needed where an input is encrypted.
    """

    functions: Mapping[str, str] = field(default_factory=dict)
    queues: Mapping[str, str] = field(default_factory=dict)
    hours: str | None = None
    flows: Mapping[str, str] = field(default_factory=dict)
    bot_alias: str | None = None
    prompts: Mapping[str, str] = field(default_factory=dict)
    modules: Mapping[str, str] = field(default_factory=dict)
    input_key: InputKey | None = None
