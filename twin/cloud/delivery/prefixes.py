"""Prefixes of delivered objects, with their expressions filled in.

**Source**: Amazon Data Firehose developer guide, "Custom prefixes for Amazon S3 objects".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

_TIMESTAMP = re.compile(r"!\{timestamp:([^}]+)\}")
_JAVA_DATE = {"yyyy": "%Y", "MM": "%m", "dd": "%d", "HH": "%H", "mm": "%M", "ss": "%S"}


def fill_prefix(prefix: str, now: datetime, error_type: str, random: Callable[[], str]) -> str:
    """Return a prefix for one object.

    Parameters
    ----------
    prefix
        With expressions such as ``!{timestamp:yyyy-MM-dd}``; without any, the hour is appended.
    now
        In UTC.
    error_type
        Why the object did not go where it should; empty for one that did.
    random
        Gives the random string, where it is asked for.

    Examples
    --------
    >>> fill_prefix("a/day=!{timestamp:yyyy-MM-dd}/", datetime(2026, 11, 21), "", str)
    'a/day=2026-11-21/'
    """
    if "!{" not in prefix:
        kind = f"{error_type}/" if error_type else ""
        return f"{prefix}{kind}{now:%Y/%m/%d/%H/}"
    dated = _TIMESTAMP.sub(lambda match: now.strftime(_java_format(match[1])), prefix)
    named = dated.replace("!{firehose:error-output-type}", error_type)
    return named.replace("!{firehose:random-string}", random()) if "!{firehose:random-string}" in named else named


def _java_format(pattern: str) -> str:
    return re.sub("yyyy|MM|dd|HH|mm|ss", lambda match: _JAVA_DATE[match[0]], pattern).replace("'", "")
