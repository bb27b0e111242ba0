"""What is known of one action type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Answers = Literal["none", "listed", "keys", "intents", "open"]

NO_MATCHING_ERROR = "NoMatchingError"
NO_MATCHING_CONDITION = "NoMatchingCondition"
INPUT_TIME_LIMIT_EXCEEDED = "InputTimeLimitExceeded"
TIME_LIMIT_EXCEEDED = "TimeLimitExceeded"
QUEUE_AT_CAPACITY = "QueueAtCapacity"
CHANNEL_MISMATCH = "ChannelMismatch"
INVALID_PHONE_NUMBER = "InvalidPhoneNumber"

KEYS = "1234567890*#"
"""Keys of a telephone."""


@dataclass(frozen=True, slots=True)
class ActionType:
    """One type of action as the service documents it.

    Attributes
    ----------
    name
        Such as ``GetParticipantInput``.
    page
        Title of the page that documents it.
    answers
        What its conditions compare: ``none`` (it takes no conditions), ``listed`` (one of
        ``possible_answers``), ``keys`` (0 to 9, * and #), ``intents`` (a bot's intents) or ``open`` (any text).
    possible_answers
        The answers of a ``listed`` action, such as ``True`` and ``False``; those that its page names,
        among others, where the answers are ``open``.
    needed_answers
        Those that a flow has to give a condition for it to be published.
    errors
        Error types that its page documents, or that the console writes, such as ``NoMatchingError``.
    needed_errors
        Those that a flow has to give a branch for it to be published, whatever its parameters;
        :func:`contactflow.model.catalogue.list_needed_errors` adds those that depend on parameters.
    ends
        True where the flow ends with it: no action follows.
    needs_next
        False where it does without a ``NextAction``.
    waits_for_caller
        True where the caller has to do something (press, say, sign in) before the flow goes on.
    holds
        True where the flow may stop here for good, until an event outside it moves the contact on.
    """

    name: str
    page: str
    answers: Answers = "none"
    possible_answers: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    needed_errors: tuple[str, ...] = ()
    ends: bool = False
    needed_answers: tuple[str, ...] = ()
    needs_next: bool = True
    waits_for_caller: bool = False
    holds: bool = False


def catch_all(name: str, *, needed: bool = False, page: str = "") -> ActionType:
    """Return a type without conditions whose only error is the catch-all."""
    return ActionType(
        name,
        page or name,
        errors=(NO_MATCHING_ERROR,),
        needed_errors=(NO_MATCHING_ERROR,) if needed else (),
    )


def ending(name: str) -> ActionType:
    """Return a type that ends the flow: no conditions, no errors, nothing after it."""
    return ActionType(name, name, ends=True, needs_next=False)
