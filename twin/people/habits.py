"""How callers, agents and people outside behave."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Share = Annotated[float, Field(ge=0, le=1)]
Keys = Annotated[str, Field(pattern=r"^[0-9*#]+$")]


class Model(BaseModel):
    """What all parts of a scenario share: nothing but what is described, and nothing changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Seconds(Model):
    """A span to draw from, uniformly, in whole seconds."""

    least: Annotated[int, Field(ge=0)]
    most: Annotated[int, Field(ge=0)]

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.least > self.most:
            raise ValueError(f"least ({self.least}) is more than most ({self.most})")
        return self


class LanguageUse(Model):
    """How many callers speak a language, and which key they press in a language menu."""

    share: Share
    key: Keys


class Offer(Model):
    """Something that callers may take instead of waiting.

    Attributes
    ----------
    words
        By which callers recognise the offer.
    share
        Of those who hear it, how many take it.
    keys
        Key presses: the first takes the offer, the others answer what is asked next.
    """

    words: Annotated[list[str], Field(min_length=1)]
    share: Share
    keys: Annotated[list[Keys], Field(min_length=1)]


class Messages(Model):
    """Messages that callers leave.

    Attributes
    ----------
    words
        By which callers recognise that they may speak.
    share
        Of those, how many do; the others hang up.
    key
        Pressed at the end by those who do not just hang up.
    key_share
        How many those are.
    texts
        By language: what is said, one of which is drawn.
    """

    words: Annotated[list[str], Field(min_length=1)]
    share: Share = 0.8
    key: Keys = "1"
    key_share: Share = 0.5
    texts: dict[str, Annotated[list[Annotated[list[str], Field(min_length=1)]], Field(min_length=1)]]


class CallbackHabits(Model):
    """How customers answer when they are called back."""

    answers_share: Share = 0.8
    answers_seconds: Seconds = Seconds(least=4, most=20)


class OutsideHabits(Model):
    """What becomes of calls to one outside number; who is neither busy nor answers lets it ring."""

    answers_share: Share = 0.9
    busy_share: Share = 0.05
    answers_seconds: Seconds = Seconds(least=4, most=12)
    talk_seconds: Seconds = Seconds(least=60, most=240)

    @model_validator(mode="after")
    def _within_all(self) -> Self:
        if self.answers_share + self.busy_share > 1:
            raise ValueError("answers_share and busy_share are more than all calls")
        return self


class CallerHabits(Model):
    """How callers behave; shares are of all callers.

    Attributes
    ----------
    known_share
        Callers who come from the given population, if there is one.
    patience_mean_seconds
        Mean of the exponential time after which a waiting caller gives up, but not sooner than
        ``patience_least_seconds``.
    calls_again_share
        Of those who gave up, how many call again later.
    resolved_words
        By these, callers know the question whether their matter is resolved; ``resolved_share`` say yes.
    """

    known_share: Share = 0.6
    press_seconds: Seconds = Seconds(least=1, most=3)
    barges_in_share: Share = 0.5
    hangs_up_in_menu_share: Share = 0.03
    wrong_key_share: Share = 0.03
    no_key_share: Share = 0.02
    patience_mean_seconds: Annotated[float, Field(gt=0)] = 240
    patience_least_seconds: Annotated[int, Field(ge=0)] = 3
    calls_again_share: Share = 0.4
    calls_again_seconds: Seconds = Seconds(least=120, most=1800)
    answers_survey_share: Share = 0.6
    survey_weights: dict[Annotated[int, Field(ge=0, le=9)], float] = Field(
        default_factory=lambda: {1: 4.0, 2: 5.0, 3: 12.0, 4: 34.0, 5: 45.0}
    )
    resolved_words: list[str] = []
    resolved_share: Share = 0.8


class AgentHabits(Model):
    """How agents behave; shares are of all contacts.

    Attributes
    ----------
    notes
        Attributes of the contact that agents set in after-contact work: by name, values and how often each is set
        relative to the others; an empty one sets nothing.
    """

    accept_seconds: Seconds = Seconds(least=2, most=6)
    misses_share: Share = 0.02
    returns_seconds: Seconds = Seconds(least=5, most=20)
    gap_tenths: Seconds = Seconds(least=3, most=14)
    holds_share: Share = 0.15
    hold_seconds: Seconds = Seconds(least=15, most=60)
    hangs_up_first_share: Share = 0.6
    after_contact_seconds: Seconds = Seconds(least=10, most=60)
    notes: dict[str, dict[str, Annotated[float, Field(gt=0)]]] = Field(default_factory=dict)
