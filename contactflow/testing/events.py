"""What happens in a call, as far as a test case can be made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Heard:
    """The caller heard a message: its text, or SSML, or the recording ``prompt_id``."""

    text: str = ""
    prompt_id: str | None = None


@dataclass(frozen=True, slots=True)
class Pressed:
    """The caller pressed keys. Of ``secret`` ones, such as a PIN, zeros are written."""

    keys: str
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """The caller said something."""

    words: str


@dataclass(frozen=True, slots=True)
class HungUp:
    """The caller hung up."""


@dataclass(frozen=True, slots=True)
class FunctionAnswered:
    """A Lambda function answered ``value``, or failed where that is None (after its time limit: ``timed_out``)."""

    arn: str
    value: Mapping[str, Any] | None = None
    timed_out: bool = False


@dataclass(frozen=True, slots=True)
class HoursChecked:
    """Hours of operation were asked."""

    hours_id: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class QueueEntered:
    """The contact was put into a queue, called ``name``; with ``full``, there was no room."""

    queue_id: str
    name: str | None = None
    full: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """The contact held a value, such as ``Held("$.Attributes.language", "ko")``, at what was heard last."""

    namespace: str
    value: str


CallEvent: TypeAlias = Heard | Pressed | Said | HungUp | FunctionAnswered | HoursChecked | QueueEntered | Held
