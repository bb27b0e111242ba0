"""Reports, scorecards and the resolution of contacts, as ``callcenter.yaml`` says them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .words import EMAIL, Part

_Percent = Annotated[float, Field(ge=0, le=100)]
_Seconds = Annotated[float, Field(ge=0, le=86_400)]


class Resolution(Part):
    """How it is told that a customer did not have to come back."""

    convention: Literal["no_further_contact", "disposition", "survey"] = "no_further_contact"
    """No further contact of the customer in the queue, or the contact's attribute disposition or survey_resolved."""
    days: Annotated[int, Field(ge=1, le=30)] = 7
    """Days in which a further contact means that the first was not resolved."""


class ScorecardTargets(Part):
    """What agents and departments are held against; supervisors may set another target for one agent."""

    answered: Annotated[float, Field(ge=0)] | None = None
    """Least number of answered contacts in the period of the card."""
    service_level_percent: _Percent | None = None
    """Least service level, by the centre's own convention."""
    abandonment_rate: _Percent | None = None
    """Highest share of abandoned contacts, in percent; of departments."""
    average_speed_of_answer_seconds: _Seconds | None = None
    """Highest mean wait of answered contacts."""
    average_handle_time_seconds: _Seconds | None = None
    """Highest mean handle time."""
    average_hold_time_seconds: _Seconds | None = None
    """Highest mean hold time of held contacts."""
    first_contact_resolution_percent: _Percent | None = None
    """Least share of cases for which the customer did not come back."""
    resolution_percent: _Percent | None = None
    """Least share of resolved cases, by their disposition."""
    csat_percent: _Percent | None = None
    """Least share of satisfied answers."""
    occupancy_percent: _Percent | None = None
    """Least occupancy; of agents."""
    utilisation_percent: _Percent | None = None
    """Least utilisation; of agents."""
    adherence_percent: _Percent | None = None
    """Least adherence; of agents."""
    non_response_percent: _Percent | None = None
    """Highest share of offers that were not accepted in time; of agents."""


class Scorecards(Part):
    """Scorecards of agents and departments."""

    targets: ScorecardTargets = Field(default_factory=ScorecardTargets)
    """Targets by figure (docs/reports.md)."""


class Reports(Part):
    """Reports that are written every night, and who is told."""

    email: Annotated[str, Field(pattern=EMAIL)] | None = None
    """Address that is told of each report."""
    daily: bool = True
    """Whether somebody is told of the report of each day; written it is in any case."""
    weekly: bool = True
    """Whether somebody is told of the report of each week."""
    monthly: bool = True
    """Whether somebody is told of the report of each month."""
    scorecards: Scorecards = Field(default_factory=Scorecards)
    """What scorecards are held against."""
