"""The function's log: one JSON object a line, and no telephone number in it."""

from __future__ import annotations

import json
import re
from typing import Any

from aws_lambda_powertools.logging import Logger

_E164 = re.compile(r"\+\d{4,11}(?=\d{4}\b)")


def mask_phone_numbers(text: str) -> str:
    """Hide all but the last four digits of every E.164 telephone number in a text.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        The same text, masked.

    Examples
    --------
    >>> mask_phone_numbers("no customer for +15555550101")
    'no customer for +***0101'

    Notes
    -----
    **Source**: ITU-T recommendation E.164 (at most 15 digits).
    """
    return _E164.sub("+***", text)


def logger() -> Logger:
    """Return the function's Powertools logger, named by ``POWERTOOLS_SERVICE_NAME``.

    Returns
    -------
    Logger
        Never logs the event; telephone numbers are masked in whatever it writes, stack traces too.

    Notes
    -----
    **Source**: Powertools for AWS Lambda (Python), "Logger" (``json_serializer``).
    """
    return Logger(json_serializer=_serialise)


def _serialise(entry: dict[str, Any]) -> str:
    return mask_phone_numbers(json.dumps(entry, default=str, ensure_ascii=False, separators=(",", ":")))
