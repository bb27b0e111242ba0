"""What ``--help`` shows of a command: its docstring, for the terminal to break."""

from __future__ import annotations

import inspect
from collections.abc import Callable


def write_help(command: Callable[..., None]) -> str:
    """Return a command's docstring with each paragraph on one line; examples stay as they are.

    Square brackets are escaped: the terminal would take them for markup, and leave out what they enclose.
    """
    paragraphs = inspect.cleandoc(command.__doc__ or "").split("\n\n")
    shown = (text if text.startswith(" ") else " ".join(text.split()) for text in paragraphs)
    return "\n\n".join(shown).replace("[", r"\[")
