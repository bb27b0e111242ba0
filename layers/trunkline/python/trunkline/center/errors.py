"""What can be wrong with ``callcenter.yaml``, told so that it can be mended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in the file.

    Parameters
    ----------
    file
        The file, as it was named.
    line
        Line, counted from 1.
    key
        Path of the key, such as ``queues.orders.hours``.
    found
        What stands there.
    expected
        What should stand there.
    suggestion
        The nearest name that would be right, if one is near.
    """

    file: str
    line: int
    key: str
    found: str
    expected: str
    suggestion: str | None = None

    def __str__(self) -> str:
        """Return the problem in one line."""
        hint = f" (did you mean {self.suggestion}?)" if self.suggestion else ""
        return f"{self.file}:{self.line}: {self.key}: found {self.found}; expected {self.expected}{hint}"


class CenterError(Exception):
    """``callcenter.yaml`` cannot be used; ``problems`` holds everything that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class CenterUnreadableError(CenterError):
    """``callcenter.yaml`` is missing, or is not a text file."""


def write_key_path(path: KeyPath) -> str:
    """Return a key path as people write it.

    >>> write_key_path(("hours", "shop", "open", 0, "from"))
    'hours.shop.open[0].from'
    """
    written = ""
    for step in path:
        if isinstance(step, int):
            written += f"[{step}]"
        else:
            written += f".{step}" if written else step
    return written or "the file"


def suggest_name(found: str, names: Iterable[str]) -> str | None:
    """Return the name that was probably meant, or nothing where none is near.

    >>> suggest_name("quue", ["queue", "menu"])
    'queue'
    """
    by_folded = {name.casefold(): name for name in names}
    nearest = get_close_matches(found.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[nearest[0]] if nearest else None


def list_names(names: Iterable[str], limit: int = 12) -> str:
    """Return names for a message: ``a, b or c``, shortened where there are many."""
    known = list(names)
    if len(known) > limit:
        return ", ".join(known[:limit]) + ", …"
    return " or ".join(part for part in (", ".join(known[:-1]), *known[-1:]) if part)
