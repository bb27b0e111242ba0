"""Where a choice leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from contactflow.compile.speech import Texts


@dataclass(frozen=True)
class ToQueue:
    """Route the caller to a queue, by its key."""

    queue: str


@dataclass(frozen=True)
class ToMenu:
    """Go to another menu, by its name."""

    menu: str


@dataclass(frozen=True)
class ToAnswer:
    """Answer a question by self-service, then return to the entry menu."""

    topic: str


@dataclass(frozen=True)
class ToLanguage:
    """Speak another language from now on, then repeat the menu."""

    language: str


@dataclass(frozen=True)
class ToSay:
    """Say something, then repeat the menu."""

    texts: Texts


@dataclass(frozen=True)
class ToVoicemail:
    """Take a message for a queue, by its key, and end the call."""

    queue: str


@dataclass(frozen=True)
class ToTransfer:
    """Connect the caller with somebody outside, by the name of the transfer."""

    name: str


Target: TypeAlias = ToQueue | ToMenu | ToAnswer | ToLanguage | ToSay | ToVoicemail | ToTransfer
"""Where a choice of a menu leads."""

AfterClosed: TypeAlias = ToVoicemail | ToTransfer | ToAnswer
"""Where a call goes on outside opening hours."""
