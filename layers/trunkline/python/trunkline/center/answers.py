"""Self-service: what callers are asked for, what is answered, and where answers come from."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from .words import ENDPOINT_URL, HEADER, PATH, Key, Part, Speech, Texts, rule_error

MOST_DIGITS = 20
PATIENCE_SECONDS = 6
"""Longest time that an endpoint may take with all its retries; a flow waits 8 seconds for a function."""
_PATH_NAMES = frozenset({"digits", "phone", "language"})


class Input(Part):
    """Digits that callers are asked for."""

    prompt: Speech
    """The question."""
    min_digits: Annotated[int, Field(ge=1, le=MOST_DIGITS)]
    """Fewest digits that are taken."""
    max_digits: Annotated[int, Field(ge=1, le=MOST_DIGITS)]
    """Most digits that are taken; input ends there, or with #."""
    check_digit: Literal["luhn"] | None = None
    """How the last digit is computed from the others, where it is."""
    confirm: Speech | None = None
    """Asked before digits are taken: 1 confirms, 2 asks again. ``{digits}`` stands for them."""
    encrypted: bool = False
    """Whether the digits are secret, such as a PIN: only the workflow that verifies them can read them."""
    retries: Annotated[int, Field(ge=0, le=5)] = 2
    """How often the question is repeated."""
    timeout_seconds: Annotated[int, Field(ge=1, le=180)] = 6
    """How long to wait for the first key."""
    invalid: Speech | None = None
    """Said of digits that are not taken; ``ivr.invalid_choice`` where absent."""

    @model_validator(mode="after")
    def _has_a_range(self) -> Self:
        if self.min_digits > self.max_digits:
            raise rule_error(
                f"min_digits {self.min_digits} and max_digits {self.max_digits}",
                "a min_digits that is at most max_digits",
            )
        return self

    @model_validator(mode="after")
    def _keeps_its_secret(self) -> Self:
        shown = [name for name in ("confirm", "check_digit") if getattr(self, name) is not None]
        if self.encrypted and shown:
            raise rule_error(
                f"encrypted with {' and '.join(shown)}",
                "an encrypted input without them: nobody can read its digits back or check them",
            )
        return self


class Answer(Part):
    """A question that the centre answers by itself."""

    source: Literal["endpoint", "hours", "customer"]
    """Where the answer comes from: the team's own endpoint, the opening hours, the customer's record."""
    asks: Key | None = None
    """Digits to ask for first, by their name under ``ivr.inputs``."""
    verify: Key | None = None
    """Encrypted input that the caller proves with who they are, by its name under ``ivr.inputs``."""
    path: Annotated[str, Field(pattern=PATH, max_length=500)] | None = None
    """Path at the endpoint; ``{digits}`` stands for what was asked for."""
    found: Texts | None = None
    """The answer; names in braces stand for values of the source."""

    @model_validator(mode="after")
    def _suits_its_source(self) -> Self:
        if (self.path is None) == (self.source == "endpoint"):
            found = "no path" if self.path is None else f"a path with source {self.source}"
            raise rule_error(found, "a path where the source is endpoint, and only there")
        if (self.found is None) == (self.source != "hours"):
            found = "no text under found" if self.found is None else "found with source hours"
            raise rule_error(found, "the words of the answer under found, except where the source is hours")
        return self

    @model_validator(mode="after")
    def _knows_what_its_path_names(self) -> Self:
        names = re.findall(r"\{([^}]*)\}?", self.path or "")
        unknown = sorted(set(names) - _PATH_NAMES)
        if unknown:
            raise rule_error(f"{{{unknown[0]}}} in the path", "only {digits}, {phone} and {language} in braces")
        if "digits" in names and self.asks is None:
            raise rule_error("{digits} in the path, but no asks", "asks: the input that gives the digits")
        return self


class Verification(Part):
    """How often callers may try to prove who they are."""

    attempts: Annotated[int, Field(ge=1, le=10)] = 3
    """Wrong PINs until the customer is locked."""
    lock_minutes: Annotated[int, Field(ge=1, le=1440)] = 15
    """How long nobody can try again."""
    wrong: Speech
    """Said of a wrong PIN."""
    locked: Speech
    """Said to a caller who may not try any more."""


class Endpoint(Part):
    """The team's own HTTPS endpoint, called with a key that is kept as a secret."""

    url: Annotated[str, Field(pattern=ENDPOINT_URL, max_length=500)]
    """Address that paths are appended to."""
    key_header: Annotated[str, Field(pattern=HEADER)] = "x-api-key"
    """Header that carries the key."""
    timeout_seconds: Annotated[int, Field(ge=1, le=PATIENCE_SECONDS)] = 2
    """How long to wait for an answer."""
    retries: Annotated[int, Field(ge=0, le=3)] = 1
    """How often to ask again."""

    @model_validator(mode="after")
    def _answers_in_time(self) -> Self:
        longest = self.timeout_seconds * (self.retries + 1)
        if longest > PATIENCE_SECONDS:
            raise rule_error(
                f"{self.timeout_seconds} seconds, tried {self.retries + 1} times: {longest} seconds",
                f"at most {PATIENCE_SECONDS} seconds altogether, because a caller waits meanwhile",
            )
        return self


class SelfService(Part):
    """Where self-service gets its answers."""

    endpoint: Endpoint | None = None
    """The team's own endpoint."""
