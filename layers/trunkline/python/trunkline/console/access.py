"""Who asks, and what that person may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ROLES = ("manager", "supervisor", "agent")
"""Cognito groups, the one that may see most first."""


class ApiError(Exception):
    """An answer other than success; becomes JSON with its status.

    Subclasses: :class:`BadRequestError`, :class:`ForbiddenError`, :class:`NotFoundError`.
    """

    status = 500
    code = "internal_error"


class BadRequestError(ApiError):
    """The question is wrong; the message says how to ask it."""

    status = 400
    code = "bad_request"


class ForbiddenError(ApiError):
    """The caller may not see this."""

    status = 403
    code = "forbidden"


class NotFoundError(ApiError):
    """There is no such thing."""

    status = 404
    code = "not_found"


@dataclass(frozen=True)
class Caller:
    """A person who uses the console.

    Attributes
    ----------
    username
        User name in Connect as well as in Cognito.
    role
        ``agent``, ``supervisor`` or ``manager``.
    """

    username: str
    role: str

    @property
    def own_only(self) -> bool:
        """Agents see their own contacts and figures only."""
        return self.role == "agent"

    @property
    def only_agent(self) -> str | None:
        """The agent to whom lists are narrowed, if they are."""
        return self.username if self.own_only else None


def read_caller(event: Mapping[str, Any]) -> Caller:
    """Read who calls from the claims that the HTTP API's JWT authoriser checked.

    Parameters
    ----------
    event
        HTTP API event, payload format 2.0.

    Returns
    -------
    Caller
        With the role of the group that may see most.

    Raises
    ------
    ForbiddenError
        If nobody is named, or the person is in none of the three groups.

    Notes
    -----
    API Gateway hands a list claim over as text: ``[agent supervisor]``.

    **Source**: Amazon API Gateway developer guide, "Control access to HTTP APIs with JWT authorizers";
    Amazon Cognito developer guide, "Understanding the access token".
    """
    context = event.get("requestContext") or {}
    claims = ((context.get("authorizer") or {}).get("jwt") or {}).get("claims") or {}
    username = claims.get("username") or claims.get("cognito:username")
    groups = claims.get("cognito:groups") or []
    if isinstance(groups, str):
        groups = groups.strip("[]").replace(",", " ").split()
    role = next((role for role in ROLES if role in groups), None)
    if not username or role is None:
        raise ForbiddenError(f"sign in as a member of one of the groups {', '.join(ROLES)}")
    return Caller(str(username), role)
