"""What callers hear while they wait, and what they may do instead."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from .words import Digit, Key, Part, Speech, rule_error


class Offer(Part):
    """Something offered to a caller who has waited a while: exactly one of callback and voicemail."""

    after_seconds: Annotated[int, Field(ge=10, le=3600)]
    """How long the caller has waited by then."""
    callback: Speech | None = None
    """Offers to call back."""
    voicemail: Speech | None = None
    """Offers to leave a message."""
    key: Digit
    """Key that accepts the offer; any other, or none, goes on waiting."""

    @model_validator(mode="after")
    def _offers_one_thing(self) -> Self:
        given = [name for name in ("callback", "voicemail") if getattr(self, name) is not None]
        if len(given) != 1:
            raise rule_error(" and ".join(given) or "no offer", "exactly one of callback and voicemail")
        return self


class QueueTreatment(Part):
    """What callers hear while they wait."""

    message: Speech
    """The sentence that is repeated."""
    every_seconds: Annotated[int, Field(ge=20, le=600)]
    """Time between two repetitions."""
    music: Key | None = None
    """What plays in between, by its name under ``ivr.prompts``; silence where absent."""
    position: Speech | None = None
    """Said with each message where the place in the queue is known: ``{position}``."""
    expected_wait: Speech | None = None
    """Said once where the expected wait is known: ``{minutes}``."""
    offers: Annotated[list[Offer], Field(max_length=5)] = Field(default_factory=list)
    """What is offered to those who wait long, in order of time."""


class Voicemail(Part):
    """A message that a caller leaves."""

    prompt: Speech
    """Asks for the message."""
    thanks: Speech
    """Words of thanks, before the call ends."""
    max_seconds: Annotated[int, Field(ge=10, le=180)] = 120
    """Longest message."""


class Callback(Part):
    """A call back in turn, without waiting on the line."""

    confirm_number: Speech
    """1 takes the caller's own number (``{number}``), 2 asks for another."""
    enter_number: Speech
    """Asks for another number."""
    accepted: Speech
    """Said once the call back is in the queue, before the call ends."""
    attempts: Annotated[int, Field(ge=1, le=10)] = 2
    """How often the caller is called."""
    retry_minutes: Annotated[int, Field(ge=1, le=4320)] = 10
    """Time between two attempts."""
