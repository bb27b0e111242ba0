"""What an IVR can do beside menus: ask, answer, take messages, transfer and call back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from contactflow.compile.speech import Texts


@dataclass(frozen=True)
class Input:
    """Digits that callers are asked for.

    Attributes
    ----------
    max_digits
        Input ends with so many digits, or with #; the function ``check_input`` knows what else is wanted.
    confirm
        Asks whether ``{digits}`` are right: 1 takes them, anything else asks again.
    encrypted
        True for a secret: the service encrypts the digits before the flow sees them.
    retries
        How often the question is repeated, 0 to 100.
    invalid
        Said of digits that are not taken; the document's ``invalid_choice`` where absent.
    """

    name: str
    prompt: Texts
    max_digits: int
    confirm: Texts | None = None
    encrypted: bool = False
    retries: int = 2
    timeout_seconds: int = 6
    invalid: Texts | None = None


@dataclass(frozen=True)
class Answer:
    """A question that the function ``answer_question`` answers, by its topic.

    Attributes
    ----------
    asks
        Name of the input that is asked for first.
    verify
        Name of the encrypted input that proves who calls.
    """

    topic: str
    asks: str | None = None
    verify: str | None = None


@dataclass(frozen=True)
class Verification:
    """What is said of a wrong secret, how often it may be tried, and what a caller hears who may not any more."""

    wrong: Texts
    locked: Texts
    attempts: int = 3


@dataclass(frozen=True)
class Transfer:
    """Somebody outside: an E.164 number, what is said before, and how long it may ring (5 to 600 seconds)."""

    name: str
    number: str
    say: Texts | None = None
    timeout_seconds: int = 30


@dataclass(frozen=True)
class Voicemail:
    """How a message is taken: it ends with a key, or after ``max_seconds`` (1 to 180)."""

    prompt: Texts
    thanks: Texts
    max_seconds: int = 120


@dataclass(frozen=True)
class Callback:
    """How a call back is agreed.

    Attributes
    ----------
    confirm_number
        1 takes the caller's own number (``{number}``), 2 asks for another.
    country
        Country whose local numbers callers may enter, such as ``US``.
    attempts
        How often the caller is called.
    retry_minutes
        Time between two attempts, 1 to 4,320.
    """

    confirm_number: Texts
    enter_number: Texts
    accepted: Texts
    country: str = "US"
    attempts: int = 2
    retry_minutes: int = 10


@dataclass(frozen=True)
class Offer:
    """What is offered to a caller who has waited ``after_seconds``; ``key`` accepts it."""

    kind: Literal["callback", "voicemail"]
    after_seconds: int
    texts: Texts
    key: str


@dataclass(frozen=True)
class QueueTreatment:
    """What callers hear while they wait: a message at once, and again every ``every_seconds``.

    Attributes
    ----------
    music
        Name of the prompt that plays between messages; silence where absent.
    position
        Said with each message where the place in the queue (``{position}``) is known.
    expected_wait
        Said once where the routing function expects a wait of some ``{minutes}``.
    offers
        In order of time.
    """

    message: Texts
    every_seconds: int = 30
    music: str | None = None
    position: Texts | None = None
    expected_wait: Texts | None = None
    offers: tuple[Offer, ...] = ()
