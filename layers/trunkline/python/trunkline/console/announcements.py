"""The announcement as the console shows it, and as supervisors set and clear it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from trunkline.console.access import ApiError, BadRequestError, Caller, ForbiddenError, NotFoundError, read_caller
from trunkline.console.requests import read_body, read_method
from trunkline.console.responses import refuse, respond
from trunkline.contact.moments import format_moment
from trunkline.live.announcement import Announcement
from trunkline.live.announcement_form import AnnouncementError, parse_announcement

_LARGEST_BODY_BYTES = 32_000


class Board(Protocol):
    """Where the announcement stands."""

    def read(self, now_epoch_seconds: float) -> Announcement | None:
        """Return what callers hear now."""

    def publish(self, announcement: Announcement) -> None:
        """Let every caller hear it."""

    def clear(self) -> None:
        """Take it down."""


def show_announcement(announcement: Announcement | None) -> dict[str, Any] | None:
    """Show an announcement to whoever uses the console; ``None`` where there is none."""
    if announcement is None:
        return None
    return {
        "announcement_id": announcement.announcement_id,
        "text": dict(announcement.text),
        "closed": announcement.closed,
        "expires_at": format_moment(datetime.fromtimestamp(announcement.expires_at, UTC)),
        "set_by": announcement.set_by,
        "set_at": announcement.set_at,
    }


@dataclass(frozen=True, kw_only=True)
class AnnouncementDesk:
    """Answers ``/api/announcement``: GET for everybody, PUT and DELETE for supervisors and managers.

    Parameters
    ----------
    board
        Where the announcement stands.
    languages
        Codes of the centre's languages.
    new_id
        Gives ids of announcements.
    audit
        Writes one line for each change: which announcement, by what role; nobody's name and no number.
    """

    board: Board
    languages: Sequence[str]
    new_id: Callable[[], str]
    audit: Callable[..., None]

    def answer(self, event: Mapping[str, Any]) -> dict[str, Any]:
        """Answer one request of the HTTP API (payload format 2.0)."""
        try:
            caller = read_caller(event)
            announcement = self._act(read_method(event), event, caller)
        except ApiError as error:
            return refuse(error)
        return respond(200, {"announcement": show_announcement(announcement)})

    def _act(self, method: str, event: Mapping[str, Any], caller: Caller) -> Announcement | None:
        now = datetime.now(UTC)
        if method == "GET":
            return self.board.read(now.timestamp())
        if method not in {"PUT", "DELETE"}:
            raise NotFoundError(f"no {method} of an announcement; use GET, PUT or DELETE")
        if caller.own_only:
            raise ForbiddenError("announcements are set and cleared by supervisors and managers")
        if method == "PUT":
            return self._publish(event, caller, now)
        self._clear(caller)
        return None

    def _publish(self, event: Mapping[str, Any], caller: Caller, now: datetime) -> Announcement:
        try:
            announcement = parse_announcement(
                read_body(event, most_bytes=_LARGEST_BODY_BYTES),
                languages=self.languages,
                now=now,
                announcement_id=self.new_id(),
                set_by=caller.username,
            )
        except AnnouncementError as error:
            raise BadRequestError(str(error)) from error
        self.board.publish(announcement)
        self.audit(
            "announcement published",
            announcement_id=announcement.announcement_id,
            closed=announcement.closed,
            expires_at=announcement.expires_at,
            role=caller.role,
        )
        return announcement

    def _clear(self, caller: Caller) -> None:
        self.board.clear()
        self.audit("announcement cleared", role=caller.role)
