"""The schema of ``callcenter.yaml``, and its errors.

``load_center(path)`` returns a :class:`Center`, or raises a :class:`CenterError` that holds every problem
of the file.
"""

from .errors import CenterError, CenterUnreadableError, Problem
from .ivr import Ivr, LanguageMenu, Menu, Option, QueueTreatment, Survey, Target, Topic
from .load import load_center, parse_center
from .model import (
    Agent,
    Alarms,
    Analysis,
    Center,
    Costs,
    Holiday,
    Hours,
    Language,
    Metrics,
    Number,
    OpenHours,
    Queue,
    Recording,
    ServiceTarget,
)
from .schema import json_schema, write_json_schema

__all__ = [
    "Agent",
    "Alarms",
    "Analysis",
    "Center",
    "CenterError",
    "CenterUnreadableError",
    "Costs",
    "Holiday",
    "Hours",
    "Ivr",
    "Language",
    "LanguageMenu",
    "Menu",
    "Metrics",
    "Number",
    "OpenHours",
    "Option",
    "Problem",
    "Queue",
    "QueueTreatment",
    "Recording",
    "ServiceTarget",
    "Survey",
    "Target",
    "Topic",
    "json_schema",
    "load_center",
    "parse_center",
    "write_json_schema",
]
