"""What happens in a telephoned flow, as it is told on the terminal or listed in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from rich.console import Console
from rich.markup import escape

MARKS: Mapping[str, tuple[str, str]] = {
    "flow": ("☎", "bold"),
    "says": ("♪", "cyan"),
    "asks": ("?", "cyan"),
    "caller": ("▸", "bold green"),
    "function": ("ƒ", "magenta"),
    "checks": ("∙", "dim"),
    "sets": ("∙", "dim"),
    "waits": ("…", "yellow"),
    "goes": ("→", "yellow"),
    "fails": ("✗", "red"),
    "ends": ("■", "bold"),
}


@dataclass(frozen=True)
class CallEvent:
    """One thing that happened.

    Attributes
    ----------
    kind
        ``flow`` (one begins), ``says``, ``asks``, ``caller`` (what the caller did), ``function``, ``checks`` (hours,
        figures), ``sets``, ``waits``, ``goes`` (queue, agent, outside number), ``fails`` (an action took an error
        branch, and why), ``ends``.
    text
        A line for people.
    details
        The same as data.
    """

    kind: str
    text: str
    details: Mapping[str, Any] = field(default_factory=dict)


class Listener(Protocol):
    """Learns what happens, as it happens."""

    def hear(self, event: CallEvent) -> None:
        """Take one event."""


class Transcript:
    """Keeps every event."""

    def __init__(self) -> None:
        self.events: list[CallEvent] = []

    def hear(self, event: CallEvent) -> None:
        """Keep an event."""
        self.events.append(event)


class Screen(Transcript):
    """Shows every event as one line, and keeps it."""

    def __init__(self, console: Console, *, quiet: bool = False) -> None:
        super().__init__()
        self._console = console
        self._quiet = quiet

    def hear(self, event: CallEvent) -> None:
        """Show an event; settings only where not quiet."""
        super().hear(event)
        if self._quiet and event.kind == "sets":
            return
        mark, style = MARKS[event.kind]
        if event.kind == "flow" and len(self.events) > 1:
            self._console.print()
        self._console.print(f"[{style}]{mark} {escape(event.text)}[/{style}]")
