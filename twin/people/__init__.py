"""Callers and agents that behave, from a scenario or from a call log."""

from twin.people.day import OpenCentre, open_centre
from twin.people.endpoints import EndpointRule, serve_endpoints
from twin.people.replay import LoggedCall, ReplayError, replay
from twin.people.scenario import Scenario
from twin.people.scenario_file import Person, ScenarioError, load_population, load_scenario

__all__ = [
    "EndpointRule",
    "LoggedCall",
    "OpenCentre",
    "Person",
    "ReplayError",
    "Scenario",
    "ScenarioError",
    "load_population",
    "load_scenario",
    "open_centre",
    "replay",
    "serve_endpoints",
]
