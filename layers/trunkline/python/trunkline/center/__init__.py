"""The schema of ``callcenter.yaml``, and its errors.

``load_center(path)`` returns a :class:`Center`, or raises a :class:`CenterError` that holds every problem
of the file.
"""

from .answers import Answer, Endpoint, Input, SelfService, Verification
from .errors import CenterError, CenterUnreadableError, Problem
from .ivr import (
    AfterClosed,
    Ivr,
    LanguageMenu,
    Menu,
    Option,
    Prompt,
    Survey,
    Target,
    Transfer,
)
from .lines import KeyLines, locate_keys
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
from .waiting import Callback, Offer, QueueTreatment, Voicemail
from .words import Said, Speech, Spoken, Texts

__all__ = [
    "AfterClosed",
    "Agent",
    "Alarms",
    "Analysis",
    "Answer",
    "Callback",
    "Center",
    "CenterError",
    "CenterUnreadableError",
    "Costs",
    "Endpoint",
    "Holiday",
    "Hours",
    "Input",
    "Ivr",
    "KeyLines",
    "Language",
    "LanguageMenu",
    "Menu",
    "Metrics",
    "Number",
    "Offer",
    "OpenHours",
    "Option",
    "Problem",
    "Prompt",
    "Queue",
    "QueueTreatment",
    "Recording",
    "Said",
    "SelfService",
    "ServiceTarget",
    "Speech",
    "Spoken",
    "Survey",
    "Target",
    "Texts",
    "Transfer",
    "Verification",
    "Voicemail",
    "json_schema",
    "load_center",
    "locate_keys",
    "parse_center",
    "write_json_schema",
]
