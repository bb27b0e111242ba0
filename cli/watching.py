"""Shows what happens while the centre is open: a board in a terminal, lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol

from rich.console import Console
from rich.live import Live

from cli.board import Heading, clock, render, tell
from cli.session import Session
from twin.connect import NetworkEvent

FRAME_SECONDS = 0.25
FIGURES_SECONDS = 2.0


class Watcher(Protocol):
    """Shows the centre; asked between the actions of the loop, so it must be quick."""

    def show(self) -> None:
        """Show what is new, if it is time to."""


@contextmanager
def watch(session: Session, heading: Heading) -> Iterator[Watcher]:
    """Show the board where there is a terminal, and one line an event where there is none."""
    if not sys.stdout.isatty():
        yield EventLines(session, heading)
        return
    with Live(auto_refresh=False, screen=False) as live:
        yield LiveBoard(session, heading, live)


class LiveBoard:
    """Draws the board a few times a second, and asks the console's API for the live picture and today's figures."""

    def __init__(self, session: Session, heading: Heading, live: Live) -> None:
        self._session = session
        self._heading = heading
        self._live = live
        self._live_page: Mapping[str, Any] | None = None
        self._next_frame = self._next_figures = 0.0

    def show(self) -> None:
        """Draw a frame when it is time to."""
        now = time.monotonic()
        if now < self._next_frame:
            return
        self._next_frame = now + FRAME_SECONDS
        if now >= self._next_figures:
            self._next_figures = now + FIGURES_SECONDS
            self._live_page = self._session.console.live(today=True)
        board = self._session.network.snapshot()
        self._live.update(render(self._heading, board, self._live_page), refresh=True)


class EventLines:
    """Prints what happens to calls, one line each."""

    def __init__(self, session: Session, heading: Heading) -> None:
        self._console = Console(highlight=False, markup=False, soft_wrap=True)
        self._zone = heading.zone
        self._console.print(f"{heading.center} is open. Console: {heading.address}")
        session.network.observe(self._print)

    def show(self) -> None:
        """Do nothing: lines come with the events."""

    def _print(self, event: NetworkEvent) -> None:
        words = tell(event)
        if words:
            self._console.print(f"{clock(event.at, self._zone)}  {words}")
