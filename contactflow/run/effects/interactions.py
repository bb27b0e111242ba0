"""Effects between the caller and the line: they take time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from contactflow.run.effects.kinds import Interaction


@dataclass(frozen=True, slots=True)
class InputEncryption:
    """How the service encrypts what a caller keys, before a flow may see it.

    Attributes
    ----------
    key_id
        Id of a key that was uploaded to the instance; it vouches for ``certificate``.
    certificate
        X.509 certificate in PEM whose public key encrypts.
    """

    key_id: str
    certificate: str


@dataclass(frozen=True, slots=True)
class Say(Interaction):
    """Play one message to the caller.

    Exactly one of ``text``, ``ssml``, ``prompt_id`` and ``media_uri`` is set. Attribute references
    in it are already resolved.

    Results: ``Done()`` when it has been played to its end; ``Failed`` when the prompt is unknown.
    ``Digits`` is not legal: keys pressed during a message outside :class:`Collect` are lost.

    Attributes
    ----------
    language_locale
        Locale such as ``en-US`` that the flow set with UpdateContactData, or None where it set none.
    voice
        Amazon Polly voice such as ``Joanna``.
    engine
        ``neural``, ``standard``, ``generative``, or None for the instance's default.
    interruptible
        True only for the prompt of :class:`Collect` and :class:`Converse`: input stops it.
    """

    text: str | None = None
    ssml: str | None = None
    prompt_id: str | None = None
    media_uri: str | None = None
    language_locale: str | None = None
    voice: str | None = None
    engine: str | None = None
    interruptible: bool = False


@dataclass(frozen=True, slots=True)
class Collect(Interaction):
    """Play ``prompt`` (a first key stops it) and gather keys.

    Results: ``Digits(value)`` with the keys pressed, without the terminator; ``Timeout()`` when no
    key came within ``timeout_seconds`` after the prompt's end. Digits are complete when
    ``max_digits`` are there, when ``terminator`` was pressed, or when ``inter_digit_timeout_seconds``
    passed since the last key. ``Timeout`` never carries digits. With ``encryption``, ``EncryptedDigits(value)``
    takes the place of ``Digits``, which is then refused: a session never sees plain digits that the flow wants
    encrypted, and neither do its trace and the contact's attributes.

    Attributes
    ----------
    prompt
        What to play first, or None for silence.
    max_digits
        1 for a menu; up to 20 where the flow stores the input.
    timeout_seconds
        From the end of the prompt to the first key.
    inter_digit_timeout_seconds
        From one key to the next.
    terminator
        Keys that end the input, such as ``#``; None where there are none.
    store
        True when the input is stored as ``$.StoredCustomerInput`` rather than compared.
    encryption
        How the host has to encrypt the keys, None where they may be seen.
    cancel_key
        Key that deletes the keys before it (``*``), None where there is none.
    """

    prompt: Say | None
    max_digits: int
    timeout_seconds: float
    inter_digit_timeout_seconds: float
    terminator: str | None = None
    store: bool = False
    encryption: InputEncryption | None = None
    cancel_key: str | None = None


@dataclass(frozen=True, slots=True)
class Converse(Interaction):
    """Hand the caller to an Amazon Lex bot until an intent is fulfilled, failed or unanswered.

    Results: ``Intent(name, ...)``; ``Timeout()`` for a caller who says nothing (branch
    InputTimeLimitExceeded where the action has it, else NoMatchingCondition); ``Failed`` when the bot
    cannot be reached. Keys that the caller presses go to the bot too, as text: the host answers the
    ``Intent`` that the bot makes of them, or ``Digits(value)`` where the bot knows no keys; no condition
    but one that names these very digits then holds.

    Attributes
    ----------
    bot_alias_arn
        ARN of the Lex V2 bot's alias, as it stands in the flow.
    session_attributes
        Attributes given to the bot, resolved.
    """

    prompt: Say | None
    bot_alias_arn: str
    language_locale: str | None
    session_attributes: Mapping[str, str] = field(default_factory=dict)
    timeout_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class PlayLoop(Interaction):
    """Play ``messages`` one after another, again and again, until something ends it.

    Results: ``Interrupted()`` when ``interrupt_after_seconds`` have passed (only legal where that is not
    None), else only ``Dequeued``, ``Hangup`` or ``Failed``. A message that consists of SSML breaks is
    silence of that length.
    """

    messages: tuple[Say, ...]
    interrupt_after_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Wait(Interaction):
    """Let time pass.

    Results: ``Done()`` after ``seconds``; ``EventOccurred(name)`` when one of ``events`` happened before
    (``CustomerReturned``, ``BotParticipantDisconnected``).
    """

    seconds: float
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TransferToThirdParty(Interaction):
    """Call an outside number and join it with the caller.

    Results, where ``continues``: ``Done()`` when the third party was reached and has left, and the caller is still
    there; ``CallFailed(reason)`` where the number could not be reached; ``Timeout()`` where nobody answered within
    ``timeout_seconds``. Otherwise: ``Done()`` once the third party has answered, which ends the session with
    ``End("transferred")``; ``CallFailed`` and ``Timeout`` take the branch NoMatchingError.

    Attributes
    ----------
    number
        E.164.
    timeout_seconds
        0 to 600: how long to let it ring; None where the flow sets none.
    continues
        Whether the flow goes on after the third party has left.
    digits
        Keys to send once it has answered: ``0``-``9``, ``*``, ``#``, and ``,`` for a pause.
    caller_id_number, caller_id_name
        Shown to the third party in place of the caller's or queue's.
    """

    number: str
    timeout_seconds: float | None = None
    continues: bool = True
    digits: str | None = None
    caller_id_number: str | None = None
    caller_id_name: str | None = None


@dataclass(frozen=True, slots=True)
class TransferToAgent(Interaction):
    """End this flow and join the caller with an agent; legal in transfer flows only.

    Results: ``Done()``, which ends the session with ``End("transferred")``; ``AgentBusy()``, which ends it with
    ``Disconnect("flow")``, as the service drops a contact whose agent is with somebody else.

    Attributes
    ----------
    agent_id
        The agent that the flow named as target, None for the one that the transfer was made to.
    """

    agent_id: str | None = None
