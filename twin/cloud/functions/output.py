"""What handlers print: the process's standard output, divided among the running handlers."""

from __future__ import annotations

import io
import sys
from typing import Any, TextIO


class HandlerOutput(io.TextIOBase):
    """Stands in for ``sys.stdout`` and ``sys.stderr`` while a handler runs.

    Loggers that handlers or layers make at import keep this object for ever, beyond the cloud in which
    they were made; what they write goes to the handler that runs at the time, or to the real output
    when none does. So there is one for the process.
    """

    def __init__(self, real: TextIO) -> None:
        self._real = real
        self._stack: list[list[str]] = []

    def begin(self) -> None:
        """Collect what is written from now on."""
        self._stack.append([])

    def end(self) -> tuple[str, ...]:
        """Return the lines written since the matching :meth:`begin`."""
        return tuple("".join(self._stack.pop()).splitlines())

    def write(self, text: str) -> int:
        """Write to the running handler's log."""
        if self._stack:
            self._stack[-1].append(text)
            return len(text)
        return self._real.write(text)

    def flush(self) -> None:
        """Flush the real output."""
        if not self._stack:
            self._real.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


_OUTPUT = HandlerOutput(sys.__stdout__ or sys.stdout)


class OutputSwitch:
    """Puts :class:`HandlerOutput` in place while handlers run, and only then."""

    def __init__(self) -> None:
        self.output = _OUTPUT
        self._saved: list[tuple[TextIO, TextIO]] = []

    def begin(self) -> None:
        """Collect what the process prints."""
        self._saved.append((sys.stdout, sys.stderr))
        sys.stdout = sys.stderr = self.output
        self.output.begin()

    def end(self) -> tuple[str, ...]:
        """Return what was printed, and give the process its output back."""
        sys.stdout, sys.stderr = self._saved.pop()
        return self.output.end()
