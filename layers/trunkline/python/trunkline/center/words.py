"""The small types that ``callcenter.yaml`` is written in: keys, texts, clock times.

Each type carries its rule in a form that both pydantic and JSON Schema understand, and
:data:`EXPECTED_BY_PATTERN` says the same in plain words for error messages.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

_KEY = r"^[a-z][a-z0-9_]{0,39}$"
_LANGUAGE = r"^[a-z]{2,3}$"
_USERNAME = r"^[A-Za-z0-9_.@-]{1,20}$"
_CLOCK_TIME = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
_DIGIT = r"^[0-9*#]$"
ALIAS = r"^[0-9A-Za-z]+(-*[0-9A-Za-z])*$"
LOCALE = r"^[a-z]{2,3}-[A-Z]{2}$"
VOICE = r"^[A-Z][A-Za-z]+$"
COUNTRY = r"^[A-Z]{2}$"
CURRENCY = r"^[A-Z]{3}$"
INSTANCE_ARN = r"^arn:aws[a-z-]*:connect:[a-z0-9-]+:[0-9]{12}:instance/[0-9a-f-]{36}$"
EMAIL = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
PHONE_NUMBER = r"^\+[1-9][0-9]{6,14}$"
SOUND_FILE = r"^[^/\\:]([^\\:]*[^/\\:])?\.wav$"
PATH = r"^/[^\s?#]*$"
ENDPOINT_URL = r"^https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[^\s?#]*)?$"
HEADER = r"^[A-Za-z0-9-]{1,64}$"

EXPECTED_BY_PATTERN = {
    _KEY: "a name of lower-case letters, digits and _ that starts with a letter (at most 40 characters)",
    _LANGUAGE: "a language code such as en or ko",
    _USERNAME: "an agent's user name: letters, digits and _ . @ - (at most 20 characters)",
    _CLOCK_TIME: 'a 24-hour clock time in quotes, such as "07:00"; midnight is "00:00"',
    _DIGIT: 'one telephone key in quotes: "0" to "9", "*" or "#"',
    ALIAS: "letters, digits and single hyphens inside, not starting with a hyphen",
    LOCALE: "a locale such as en-US or ko-KR",
    VOICE: "the name of an Amazon Polly voice, such as Joanna or Seoyeon",
    COUNTRY: "a country code of two capital letters, such as US",
    CURRENCY: "a currency code of three capital letters, such as USD",
    INSTANCE_ARN: "the ARN of an Amazon Connect instance (arn:aws:connect:REGION:ACCOUNT:instance/ID)",
    EMAIL: "an e-mail address",
    PHONE_NUMBER: 'a telephone number in international form in quotes, such as "+12065550123"',
    SOUND_FILE: "a .wav file beside callcenter.yaml, such as prompts/music.wav",
    PATH: 'a path that begins with /, such as "/orders/{digits}"',
    ENDPOINT_URL: "an https address, such as https://orders.example.com/v1",
    HEADER: "the name of an HTTP header, such as x-api-key",
}

Key = Annotated[str, Field(pattern=_KEY)]
LanguageCode = Annotated[str, Field(pattern=_LANGUAGE)]
Username = Annotated[str, Field(pattern=_USERNAME)]
ClockTime = Annotated[str, Field(pattern=_CLOCK_TIME)]
Digit = Annotated[str, Field(pattern=_DIGIT)]
Line = Annotated[str, Field(min_length=1, max_length=1000)]
Title = Annotated[str, Field(min_length=1, max_length=127)]
Texts = Annotated[dict[LanguageCode, Line], Field(min_length=1)]
Titles = Annotated[dict[LanguageCode, Title], Field(min_length=1)]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Part(BaseModel):
    """A part of ``callcenter.yaml``: unknown keys are errors, and nothing changes once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, use_attribute_docstrings=True)


class Spoken(Part):
    """Something said in another form than plain text: exactly one of the two."""

    ssml: Annotated[str, Field(min_length=1, max_length=3000)] | None = None
    """Speech Synthesis Markup Language, from ``<speak>`` to ``</speak>``."""
    prompt: Key | None = None
    """A recording, by its name under ``ivr.prompts``."""

    @model_validator(mode="after")
    def _is_one_form(self) -> Self:
        given = [name for name in ("ssml", "prompt") if getattr(self, name) is not None]
        if len(given) != 1:
            raise rule_error(" and ".join(given) or "nothing to say", "exactly one of ssml and prompt")
        return self


def _form_of(said: Any) -> str:
    return "[spoken]" if isinstance(said, dict | Spoken) else "[text]"


Said = Annotated[
    Annotated[Line, Tag("[text]")] | Annotated[Spoken, Tag("[spoken]")],
    Discriminator(_form_of),
]
Speech = Annotated[dict[LanguageCode, Said], Field(min_length=1)]
"""What is said in each language: a text, SSML, or a recording."""


def rule_error(found: str, expected: str) -> PydanticCustomError:
    """Return the error of a rule that several values break together."""
    context = {"found": found, "expected": expected}
    return PydanticCustomError("rule", "found {found}; expected {expected}", context)
