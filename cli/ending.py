"""Being asked to end: by ``kill``, or by a terminal that is closed."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def asked_to_end() -> Iterator[Callable[[], bool]]:
    """Take SIGTERM and SIGHUP as a request; what is yielded tells whether one came.

    Without this the process would end at once, and what the twin keeps on disk would stay there. A signal
    that is ignored, as under ``nohup``, stays ignored.
    """
    asked: list[int] = []
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    taken = [number for number, handler in before.items() if handler is not signal.SIG_IGN]
    for number in taken:
        signal.signal(number, lambda received, _: asked.append(received))
    try:
        yield lambda: bool(asked)
    finally:
        for number in taken:
            signal.signal(number, before[number])
