"""Sparing the garbage collector what stays for as long as the process: modules, service models, syntax trees.

They are hundreds of thousands of objects, and each full collection would walk through all of them.
"""

from __future__ import annotations

import atexit
import gc
from typing import Literal

_state: Literal["nothing set aside", "a cloud among it", "settled"] = "nothing set aside"


def set_aside() -> None:
    """Set aside what is there, when the process has loaded its first cloud."""
    global _state  # noqa: PLW0603 - the collector is the process's
    if _state == "nothing set aside":
        gc.freeze()
        atexit.register(gc.unfreeze)  # libraries in C hold what is still set aside at the end for leaks, and print so
        _state = "a cloud among it"


def release_closed() -> None:
    """Let the first cloud go, when the process opens its second."""
    global _state  # noqa: PLW0603 - as above
    if _state == "a cloud among it":
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        _state = "settled"
