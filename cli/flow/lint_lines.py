"""On which line of an exported flow each of its actions begins."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from contactflow.model import Flow

_IDENTIFIER = re.compile(r'"Identifier"\s*:\s*("(?:[^"\\]|\\.)*")')


def find_lines(path: Path, flow: Flow) -> Mapping[str, int]:
    """Return the line of each action's identifier; none for those that the text does not name as they are.

    Such are the actions of a legacy export, and of an answer of the service that holds the flow as a string.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return {}
    lines: dict[str, int] = {}
    line, position = 1, 0
    for found in _IDENTIFIER.finditer(text):
        line += text.count("\n", position, found.start(1))
        position = found.start(1)
        identifier = json.loads(found.group(1))
        if identifier in flow.by_identifier:
            lines.setdefault(identifier, line)
    return lines
