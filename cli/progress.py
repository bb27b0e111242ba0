"""What the command line says while long work goes on: on standard error, so that output stays clean."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console


class Progress:
    """Tells each step when it begins and how long it took.

    Parameters
    ----------
    quiet
        True says nothing, for tests.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self.console = Console(stderr=True, quiet=quiet, highlight=False)

    @contextmanager
    def step(self, words: str) -> Iterator[None]:
        """Show ``words`` while the block runs."""
        began = time.perf_counter()
        with self.console.status(f"{words} …"):
            yield
        self.console.print(f"[green]✓[/green] {words} [dim]{time.perf_counter() - began:.1f} s[/dim]")

    def say(self, words: str) -> None:
        """Print one line."""
        self.console.print(words)
