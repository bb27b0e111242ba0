"""Targets of single agents, as supervisors set and take them back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Protocol
from urllib.parse import unquote

from trunkline.console.access import ApiError, BadRequestError, Caller, ForbiddenError, NotFoundError, read_caller
from trunkline.console.requests import read_body, read_method
from trunkline.console.responses import refuse, respond
from trunkline.reports.targets import OwnTarget, TargetError, UnknownTargetError, check_target, parse_target

_LARGEST_BODY_BYTES = 8_000
_PATH = re.compile(r"/api/targets/([^/]+)(?:/([^/]+))?")


class TargetBook(Protocol):
    """Where supervisors' targets are kept."""

    def put(self, target: OwnTarget) -> None:
        """Keep a target, in place of the agent's own one before."""

    def delete(self, username: str, figure: str) -> None:
        """Let the centre's target hold again."""


@dataclass(frozen=True, kw_only=True)
class TargetDesk:
    """Answers ``/api/targets/{username}`` and ``/api/targets/{username}/{figure}``, to supervisors and managers.

    Parameters
    ----------
    store
        Where targets are kept.
    center
        The centre's document.
    audit
        Writes one line for each change: whose target of which figure, and who changed it; not the reason.
    """

    store: TargetBook
    center: Mapping[str, Any]
    audit: Callable[..., None]

    def answer(self, event: Mapping[str, Any]) -> dict[str, Any]:
        """Answer one request of the HTTP API (payload format 2.0)."""
        try:
            caller = read_caller(event)
            target = self._act(read_method(event), event, caller)
        except ApiError as error:
            return refuse(error)
        return respond(200, {"target": None if target is None else asdict(target)})

    def _act(self, method: str, event: Mapping[str, Any], caller: Caller) -> OwnTarget | None:
        path = _PATH.fullmatch(str(event.get("rawPath", "")))
        if path is None or (method, bool(path[2])) not in {("PUT", False), ("DELETE", True)}:
            raise NotFoundError("PUT /api/targets/{username}, or DELETE /api/targets/{username}/{figure}")
        if caller.own_only:
            raise ForbiddenError("targets are set by supervisors and managers")
        username = unquote(path[1])
        try:
            if method == "PUT":
                return self._set(username, event, caller)
            self._take_back(username, unquote(path[2]), caller)
        except UnknownTargetError as error:
            raise NotFoundError(str(error)) from error
        except TargetError as error:
            raise BadRequestError(str(error)) from error
        return None

    def _set(self, username: str, event: Mapping[str, Any], caller: Caller) -> OwnTarget:
        target = parse_target(
            read_body(event, most_bytes=_LARGEST_BODY_BYTES),
            username=username,
            center=self.center,
            now=datetime.now(UTC),
            set_by=caller.username,
        )
        self.store.put(target)
        self.audit(
            "target set", agent=username, figure=target.figure, value=target.value, by=caller.username, role=caller.role
        )
        return target

    def _take_back(self, username: str, figure: str, caller: Caller) -> None:
        check_target(username, figure, self.center)
        self.store.delete(username, figure)
        self.audit("target taken back", agent=username, figure=figure, by=caller.username, role=caller.role)
