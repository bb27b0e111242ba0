"""The environment of ``publish_announcement``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PublishAnnouncementEnvironment:
    """Name of the table that it writes one item of."""

    live_table: str
