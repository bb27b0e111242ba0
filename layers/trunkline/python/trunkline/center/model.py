"""The call centre as data: the schema of ``callcenter.yaml``.

Names of classes' fields are the keys of the file. What only concerns one value is checked here;
what concerns two places of the file (a queue's hours exist, a text is given in every language)
is checked by :mod:`trunkline.center.references`.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from .answers import SelfService
from .ivr import Ivr
from .reporting import Reports, Resolution
from .words import (
    ALIAS,
    COUNTRY,
    CURRENCY,
    EMAIL,
    INSTANCE_ARN,
    LOCALE,
    VOICE,
    ClockTime,
    Day,
    Key,
    LanguageCode,
    Line,
    Part,
    Title,
    Titles,
    Username,
    rule_error,
)

_LONGEST_RETENTION_DAYS = 3653
Dashboard = Literal["wallboard", "supervisor", "manager", "operator"]


class Language(Part):
    """A language that the centre speaks."""

    locale: Annotated[str, Field(pattern=LOCALE)]
    """Locale for speech and transcription, such as en-US."""
    voice: Annotated[str, Field(pattern=VOICE)]
    """Amazon Polly voice that speaks the prompts."""


class Number(Part):
    """A telephone number to claim; the number itself is known once it is deployed."""

    country: Annotated[str, Field(pattern=COUNTRY)]
    """Country of the number."""
    type: Literal["DID", "TOLL_FREE"]
    """DID is an ordinary number that the caller pays for, TOLL_FREE one that the centre pays for."""
    description: Annotated[str, Field(min_length=1, max_length=500)]
    """What the number is for."""


class OpenHours(Part):
    """One opening period, on each of some days.

    A period ends on the day on which it began. ``to: "00:00"`` is midnight at the end of the day.

    **Source**: Amazon Connect Administrator Guide, "Set the hours of operation", "How to specify midnight".
    """

    days: Annotated[list[Day], Field(min_length=1)]
    """Days of the week."""
    from_: Annotated[ClockTime, Field(alias="from")]
    """Opening time in the centre's time zone."""
    to: ClockTime
    """Closing time in the centre's time zone."""

    @model_validator(mode="after")
    def _ends_on_the_day_it_began(self) -> Self:
        if self.to != "00:00" and self.from_ >= self.to:
            raise rule_error(
                f"{self.from_} to {self.to}",
                "a closing time later on the same day; hours that pass midnight are written as two periods: "
                f'from "{self.from_}" to "00:00", and on the following days from "00:00" to "{self.to}"',
            )
        return self


class Holiday(Part):
    """A day on which the centre stays closed."""

    date: date
    """The day, as YYYY-MM-DD."""
    name: Title
    """What is celebrated."""


class Hours(Part):
    """Opening hours of queues.

    **Source**: Amazon Connect Administrator Guide, "Set the hours of operation": at most 50 overrides.
    """

    open: Annotated[list[OpenHours], Field(min_length=1, max_length=100)]
    """Weekly opening periods."""
    holidays: Annotated[list[Holiday], Field(max_length=50)] = Field(default_factory=list)
    """Days of closure, whatever the weekday."""


class ServiceTarget(Part):
    """How many contacts should be answered within what time."""

    percent: Annotated[float, Field(gt=0, le=100)]
    """Share of contacts, in percent."""
    seconds: Annotated[int, Field(ge=1, le=3600)]
    """Longest wait of those contacts."""


class Queue(Part):
    """A line in which contacts wait for agents; its key is the queue's name in Amazon Connect."""

    title: Titles
    """What people call it, in each language."""
    hours: Key
    """Opening hours, by their name under ``hours``."""
    skill: Key
    """Skill that its agents have, out of ``skills``."""
    service_target: ServiceTarget
    """The promise."""
    department: Title
    """Department that owns it, for reports."""


class Agent(Part):
    """Somebody who answers; the key is the user name in Amazon Connect."""

    name: Title
    """First and last name."""
    languages: Annotated[list[LanguageCode], Field(min_length=1)]
    """Languages spoken, best first."""
    skills: Annotated[dict[Key, Annotated[int, Field(ge=1, le=5)]], Field(min_length=1)]
    """Level of each skill, from 1 (learning) to 5 (expert)."""
    shift: Key | None = None
    """When the agent is scheduled to work, by its name under ``shifts``."""


class ShiftBreak(OpenHours):
    """A break within the hours of a shift."""

    state: Title
    """Agent status that is planned for it, by its name in Amazon Connect, such as Lunch."""


class Shift(Part):
    """When agents are scheduled to work; adherence is held against it."""

    work: Annotated[list[OpenHours], Field(min_length=1, max_length=100)]
    """Weekly hours in which they are available or on a contact."""
    breaks: Annotated[list[ShiftBreak], Field(max_length=100)] = Field(default_factory=list)
    """Weekly breaks within those hours."""


class Recording(Part):
    """What is recorded, and how long it is kept."""

    enabled: bool
    """Whether calls are recorded."""
    retention_days: Annotated[int, Field(ge=1, le=_LONGEST_RETENTION_DAYS)]
    """Recordings, transcripts and analyses are deleted after this."""
    contact_retention_days: Annotated[int, Field(ge=1, le=_LONGEST_RETENTION_DAYS)]
    """Contacts and metrics are deleted after this."""


class Analysis(Part):
    """What is looked for in transcripts."""

    categories: dict[Key, dict[LanguageCode, Annotated[list[Line], Field(min_length=1)]]] = Field(default_factory=dict)
    """Words that put a contact into a category, in each language."""


class Metrics(Part):
    """How service is measured."""

    short_abandon_seconds: Annotated[int, Field(ge=0, le=120)]
    """Callers who hang up before this many seconds in queue count as short abandons."""
    service_level_convention: Literal["a", "b", "c", "d", "e"]
    """Which of the five published service level formulas is the centre's own."""
    resolution: Resolution = Field(default_factory=Resolution)
    """How first contact resolution is told."""
    dashboards: Annotated[list[Dashboard], Field(json_schema_extra={"uniqueItems": True})] = Field(
        default_factory=lambda: list(get_args(Dashboard))
    )
    """Dashboards in CloudWatch; each costs $3 a month beyond the three that are free."""

    @model_validator(mode="after")
    def _names_each_dashboard_once(self) -> Self:
        if len(set(self.dashboards)) < len(self.dashboards):
            raise rule_error(", ".join(self.dashboards), "each dashboard once")
        return self


class Costs(Part):
    """What the centre pays beyond AWS."""

    currency: Annotated[str, Field(pattern=CURRENCY)]
    """Currency of the amounts."""
    agent_hour: Annotated[float, Field(ge=0)]
    """Price of one agent's hour."""
    prices: dict[Key, Annotated[float, Field(ge=0)]] = Field(default_factory=dict)
    """Prices that differ from the published list, by code, in US dollars a unit (docs/costs.md has the codes)."""


class Alarms(Part):
    """When somebody must look, and who hears of it. A figure of ``null`` switches its alarm off."""

    email: Annotated[str, Field(pattern=EMAIL)] | None = None
    """Address that alarms are sent to."""
    service_level_minutes: Annotated[int, Field(ge=15, le=360, multiple_of=15)] | None = 30
    """How long a queue may answer fewer contacts in time than its service target says."""
    abandonment_percent: Annotated[float, Field(gt=0, le=100)] | None = 20
    """Share of offered contacts that hang up in the queue, of all queues together, for half an hour."""
    fewest_contacts: Annotated[int, Field(ge=1, le=1000)] = 5
    """A quarter of an hour with fewer contacts says nothing about a share."""
    longest_wait_seconds: Annotated[int, Field(ge=30, le=7200)] | None = 300
    """Longest wait that a queue may come to."""
    ghost_agents: Annotated[int, Field(ge=1, le=1000)] | None = 1
    """So many agents at once who are available and cannot be reached raise the alarm."""
    stuck_calls: Annotated[int, Field(ge=0, le=1000)] | None = 5
    """How many recordings of a day may be without a finished transcript."""
    cost_anomaly_dollars: Annotated[float, Field(gt=0)] | None = None
    """Cost beyond what is usual, as AWS Cost Anomaly Detection sees it, in US dollars; off where absent."""


class Center(Part):
    """A call centre, as written in ``callcenter.yaml``."""

    name: Title
    """Name of the company or service."""
    alias: Annotated[str, Field(pattern=ALIAS, max_length=45)]
    """Alias of the Amazon Connect instance; unique in the world."""
    time_zone: Line
    """Time zone of hours and reports, such as America/Los_Angeles."""
    instance_arn: Annotated[str, Field(pattern=INSTANCE_ARN)] | None = None
    """An existing Amazon Connect instance to build in, instead of a new one."""
    languages: Annotated[dict[LanguageCode, Language], Field(min_length=1)]
    """Languages by code; the first one is spoken where nothing else is known."""
    numbers: Annotated[dict[Key, Number], Field(min_length=1)]
    """Telephone numbers to claim."""
    hours: Annotated[dict[Key, Hours], Field(min_length=1)]
    """Opening hours by name."""
    skills: Annotated[list[Key], Field(min_length=1)]
    """What agents can be good at."""
    queues: Annotated[dict[Key, Queue], Field(min_length=1)]
    """Queues by name."""
    agents: Annotated[dict[Username, Agent], Field(min_length=1)]
    """Agents by user name."""
    shifts: dict[Key, Shift] = Field(default_factory=dict)
    """Shifts of agents by name."""
    ivr: Ivr
    """What callers hear and choose."""
    self_service: SelfService = Field(default_factory=SelfService)
    """Where self-service gets its answers."""
    recording: Recording
    """Recording and retention."""
    analysis: Analysis = Field(default_factory=Analysis)
    """What is looked for in transcripts."""
    metrics: Metrics
    """How service is measured."""
    costs: Costs
    """What the centre pays beyond AWS."""
    reports: Reports = Field(default_factory=Reports)
    """Reports and scorecards."""
    alarms: Alarms = Field(default_factory=Alarms)
    """Who hears of trouble."""
