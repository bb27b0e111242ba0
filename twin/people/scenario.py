"""A scenario: who calls the centre, when and why, and how its agents work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Share = Annotated[float, Field(ge=0, le=1)]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Hour = Annotated[int, Field(ge=0, le=23)]
Keys = Annotated[str, Field(pattern=r"^[0-9*#]+$")]
DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Seconds(_Model):
    """A span to draw from, uniformly, in whole seconds."""

    least: Annotated[int, Field(ge=0)]
    most: Annotated[int, Field(ge=0)]

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.least > self.most:
            raise ValueError(f"least ({self.least}) is more than most ({self.most})")
        return self


class LanguageUse(_Model):
    """How many callers speak a language, and which key they press in a language menu."""

    share: Share
    key: Keys


class Line(_Model):
    """One thing that one side says; exactly one of the two is given."""

    agent: str | None = None
    customer: str | None = None

    @model_validator(mode="after")
    def _one_speaker(self) -> Self:
        if (self.agent is None) == (self.customer is None):
            raise ValueError("give either agent or customer")
        return self

    @property
    def speaker(self) -> Literal["agent", "customer"]:
        """Return who speaks."""
        return "customer" if self.agent is None else "agent"

    @property
    def text(self) -> str:
        """Return what is said."""
        return self.agent or self.customer or ""


Dialogue = Annotated[list[Line], Field(min_length=2)]


class Reason(_Model):
    """Why somebody calls.

    Attributes
    ----------
    weight
        How often, relative to the other reasons.
    keys
        Key presses, one for each menu on the way.
    self_service
        True when the caller wants an announcement and then hangs up.
    dialogues
        By language: conversations with an agent, one of which is drawn.
    talks_as
        Another reason whose dialogues are used here.
    """

    weight: Annotated[float, Field(gt=0)]
    keys: Annotated[list[Keys], Field(min_length=1)]
    self_service: bool = False
    dialogues: dict[str, list[Dialogue]] = Field(default_factory=dict)
    talks_as: str | None = None


class CallerHabits(_Model):
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


class AgentHabits(_Model):
    """How agents behave; shares are of all contacts."""

    accept_seconds: Seconds = Seconds(least=2, most=6)
    misses_share: Share = 0.02
    returns_seconds: Seconds = Seconds(least=5, most=20)
    gap_tenths: Seconds = Seconds(least=3, most=14)
    holds_share: Share = 0.15
    hold_seconds: Seconds = Seconds(least=15, most=60)
    hangs_up_first_share: Share = 0.6
    after_contact_seconds: Seconds = Seconds(least=10, most=60)


class Break(_Model):
    """A pause in a shift."""

    at: time
    minutes: Annotated[int, Field(gt=0, le=240)]
    status: str = "Break"


class Shift(_Model):
    """When these agents work, in the centre's time zone; no names means all agents."""

    agents: list[str] = Field(default_factory=list)
    days: list[Day] = Field(default_factory=lambda: list(DAYS))
    start: time
    end: time
    breaks: list[Break] = Field(default_factory=list)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.start >= self.end:
            raise ValueError(f"the shift starts at {self.start} and ends at {self.end}")
        return self


class Arrivals(_Model):
    """Calls an hour, by hour of these days, in the centre's time zone; other hours have none."""

    days: Annotated[list[Day], Field(min_length=1)]
    calls_by_hour: Annotated[dict[Hour, Annotated[float, Field(ge=0)]], Field(min_length=1)]


class Scenario(_Model):
    """A whole scenario.

    Attributes
    ----------
    language_menu
        Words by which callers recognise the menu that asks for their language.
    """

    name: str
    time_zone: str
    arrivals: Annotated[list[Arrivals], Field(min_length=1)]
    languages: Annotated[dict[str, LanguageUse], Field(min_length=1)]
    language_menu: list[str] = Field(default_factory=list)
    callers: CallerHabits = CallerHabits()
    agents: AgentHabits = AgentHabits()
    shifts: list[Shift] = Field(default_factory=list)
    reasons: Annotated[dict[str, Reason], Field(min_length=1)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        problems = list(self._problems())
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def _problems(self) -> Iterator[str]:
        for name, reason in self.reasons.items():
            if reason.talks_as is not None and reason.talks_as not in self.reasons:
                yield f"reasons.{name}.talks_as: there is no reason {reason.talks_as!r}"
            elif not (spoken := self.dialogues_of(name)):
                yield f"reasons.{name}: give dialogues, or talks_as"
            else:
                for language in self.languages:
                    if not spoken.get(language):
                        yield f"reasons.{name}.dialogues: none in {language!r}"
        seen = [day for entry in self.arrivals for day in entry.days]
        for day in sorted({day for day in seen if seen.count(day) > 1}):
            yield f"arrivals: {day} is given more than once"

    def dialogues_of(self, reason: str) -> dict[str, list[list[Line]]]:
        """Return the dialogues that callers with ``reason`` have, by language."""
        talks_as = self.reasons[reason].talks_as
        return self.reasons[talks_as].dialogues if talks_as else self.reasons[reason].dialogues

    def rates_on(self, day: date) -> dict[int, float]:
        """Return calls an hour by hour of ``day``; empty for a day without calls."""
        name = DAYS[day.weekday()]
        return next((entry.calls_by_hour for entry in self.arrivals if name in entry.days), {})

    def lines(self) -> Iterator[tuple[str, str, Literal["agent", "customer"]]]:
        """Yield each text that people may say, its language and speaker: speech can be made ahead."""
        for reason in self.reasons.values():
            for language, dialogues in reason.dialogues.items():
                for dialogue in dialogues:
                    for line in dialogue:
                        yield line.text, language, line.speaker
