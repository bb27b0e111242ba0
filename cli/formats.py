"""How results are written."""

from enum import StrEnum


class Format(StrEnum):
    """Text for people, JSON for programs."""

    TEXT = "text"
    JSON = "json"
