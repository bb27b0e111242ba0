"""A scenario: who calls the centre, when and why, and how its agents work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from twin.people.endpoints import EndpointRule
from twin.people.habits import (
    AgentHabits,
    CallbackHabits,
    CallerHabits,
    Keys,
    LanguageUse,
    Messages,
    Model,
    Offer,
    OutsideHabits,
)

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Hour = Annotated[int, Field(ge=0, le=23)]
PhoneNumber = Annotated[str, Field(pattern=r"^\+[1-9]\d{6,14}$")]
KeyedData = Annotated[str, Field(pattern=r"^([0-9*#]|\{[a-z_]+\})+$")]
DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Line(Model):
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


class Reason(Model):
    """Why somebody calls.

    Attributes
    ----------
    weight
        How often, relative to the other reasons.
    keys
        Key presses, one for each menu or question on the way; of several, one is drawn. ``{name}`` stands for what
        the scenario says that callers from this number know.
    numbers
        Telephones that these callers ring from, one of which is drawn; none given, from their own.
    self_service
        True when the caller wants an announcement and then hangs up.
    dialogues
        By language: conversations with an agent, one of which is drawn.
    talks_as
        Another reason whose dialogues are used here.
    """

    weight: Annotated[float, Field(gt=0)]
    keys: Annotated[list[KeyedData | Annotated[list[KeyedData], Field(min_length=1)]], Field(min_length=1)]
    numbers: list[PhoneNumber] = Field(default_factory=list)
    self_service: bool = False
    dialogues: dict[str, list[Dialogue]] = Field(default_factory=dict)
    talks_as: str | None = None


class Break(Model):
    """A pause in a shift."""

    at: time
    minutes: Annotated[int, Field(gt=0, le=240)]
    status: str = "Break"


class Shift(Model):
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


class Arrivals(Model):
    """Calls an hour, by hour of these days, in the centre's time zone; other hours have none."""

    days: Annotated[list[Day], Field(min_length=1)]
    calls_by_hour: Annotated[dict[Hour, Annotated[float, Field(ge=0)]], Field(min_length=1)]


class Scenario(Model):
    """A whole scenario.

    Attributes
    ----------
    language_menu
        Words by which callers recognise the menu that asks for their language.
    offers, messages, callbacks
        What callers do with offers while they wait, with the chance to leave a message, and when called back.
    known
        By telephone number: what its callers can key, by name, such as ``{"pin": "4821"}``.
    outside_numbers
        Telephones outside of the centre that it may call; every other number is not in service.
    endpoints
        Hosts outside of AWS that the centre asks, and what they answer.
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
    offers: list[Offer] = Field(default_factory=list)
    messages: Messages | None = None
    callbacks: CallbackHabits = CallbackHabits()
    known: dict[str, dict[str, Keys]] = Field(default_factory=dict)
    outside_numbers: dict[str, OutsideHabits] = Field(default_factory=dict)
    endpoints: dict[str, list[EndpointRule]] = Field(default_factory=dict)

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
        if self.messages is not None:
            for language in self.languages:
                if language not in self.messages.texts:
                    yield f"messages.texts: none in {language!r}"
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
        for language, texts in self.messages.texts.items() if self.messages else ():
            yield from ((line, language, "customer") for text in texts for line in text)
        for reason in self.reasons.values():
            for language, dialogues in reason.dialogues.items():
                for dialogue in dialogues:
                    for line in dialogue:
                        yield line.text, language, line.speaker
