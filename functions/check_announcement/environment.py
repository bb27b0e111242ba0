"""The environment of ``check_announcement``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CheckAnnouncementEnvironment:
    """Name of the table that it reads."""

    live_table: str
