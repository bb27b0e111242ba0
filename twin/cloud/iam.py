"""Evaluation of IAM policies: pure, and strict about what it does not understand.

**Source**: IAM user guide, "Policy evaluation logic" and "IAM JSON policy elements".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from twin.cloud.conditions import ConditionTest, parse_conditions
from twin.cloud.errors import PolicyError

_ELEMENTS = frozenset(
    ("Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition", "Principal", "NotPrincipal")
)

_EVERY_CALL = {"aws:securetransport": "true"}


@dataclass(frozen=True)
class Grant:
    """One action pattern on one resource pattern of one statement."""

    policy: str
    statement: int
    effect: Literal["Allow", "Deny"]
    action: str
    resource: str


@dataclass(frozen=True)
class Statement:
    """One statement of a policy, ready to be matched."""

    effect: Literal["Allow", "Deny"]
    grants: tuple[Grant, ...]
    conditions: tuple[ConditionTest, ...] = ()
    not_actions: tuple[str, ...] = ()
    not_resources: tuple[str, ...] = ()
    principals: tuple[str, ...] = ()


@dataclass(frozen=True)
class Access:
    """One action on one resource that a call needs.

    Attributes
    ----------
    action
        Such as ``dynamodb:PutItem``.
    resources
        ARNs that stand for the resource; any of them may match. Empty: the action on
        whatever resource (AWS knows the resource, the request does not show it).
    context
        Condition keys and their values.
    """

    action: str
    resources: tuple[str, ...]
    context: Mapping[str, str] = field(default_factory=dict, hash=False, compare=False)


@dataclass(frozen=True)
class Decision:
    """Whether policies allow an access, and by which grants."""

    allowed: bool
    explicit_deny: bool
    used: tuple[Grant, ...]


def parse_policy(name: str, document: Mapping[str, Any]) -> tuple[Statement, ...]:
    """Read a policy document.

    Raises
    ------
    PolicyError
        For elements and condition operators whose meaning is not known.
    """
    statements = document.get("Statement", ())
    statements = [statements] if isinstance(statements, Mapping) else statements
    return tuple(_parse_statement(name, index, entry) for index, entry in enumerate(statements))


def evaluate(statements: Iterable[Statement], access: Access) -> Decision:
    """Hold ``access`` against ``statements``: an explicit Deny wins, else any Allow."""
    context = {**_EVERY_CALL, **access.context}
    used: list[Grant] = []
    for statement in statements:
        matched = _matching_grants(statement, access)
        if not matched or not all(test(context) for test in statement.conditions):
            continue
        if statement.effect == "Deny":
            return Decision(allowed=False, explicit_deny=True, used=tuple(matched))
        used.extend(matched)
    return Decision(allowed=bool(used), explicit_deny=False, used=tuple(used))


def for_principal(statements: Iterable[Statement], principal: str) -> tuple[Statement, ...]:
    """Return the statements of a resource policy that are about ``principal``."""
    account = principal.split(":")[4] if principal.startswith("arn:") else ""
    names = ("*", principal, account, f"arn:aws:iam::{account}:root")
    return tuple(
        statement
        for statement in statements
        if any(matches(pattern, name) for pattern in statement.principals for name in names if name)
    )


def matches(pattern: str, text: str) -> bool:
    """Match IAM's wildcards ``*`` and ``?``."""
    return _compiled(pattern).fullmatch(text) is not None


@lru_cache(maxsize=8192)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), re.DOTALL)


def _matching_grants(statement: Statement, access: Access) -> list[Grant]:
    action = access.action.lower()
    if statement.not_actions and any(matches(pattern.lower(), action) for pattern in statement.not_actions):
        return []
    if statement.not_resources and all(
        any(matches(pattern, resource) for pattern in statement.not_resources) for resource in access.resources
    ):
        return []
    return [grant for grant in statement.grants if _grant_matches(grant, action, access.resources)]


def _grant_matches(grant: Grant, action: str, resources: Sequence[str]) -> bool:
    if not matches(grant.action.lower(), action):
        return False
    return not resources or any(matches(grant.resource, resource) for resource in resources)


def _parse_statement(name: str, index: int, entry: Mapping[str, Any]) -> Statement:
    unknown = set(entry) - _ELEMENTS
    if unknown or "NotPrincipal" in entry:
        raise PolicyError(f"{name}: statement {index}: element {sorted(unknown) or 'NotPrincipal'} is not evaluated")
    effect = entry["Effect"]
    actions = as_list(entry.get("Action", "*" if "NotAction" in entry else ()))
    resources = as_list(entry.get("Resource", "*"))
    return Statement(
        effect=effect,
        grants=tuple(Grant(name, index, effect, action, str(resource)) for action in actions for resource in resources),
        conditions=parse_conditions(f"{name}: statement {index}", entry.get("Condition", {})),
        not_actions=tuple(as_list(entry.get("NotAction", ()))),
        not_resources=tuple(as_list(entry.get("NotResource", ()))),
        principals=_principals(entry.get("Principal", ())),
    )


def _principals(principal: Any) -> tuple[str, ...]:
    if isinstance(principal, Mapping):
        return tuple(str(name) for names in principal.values() for name in as_list(names))
    return tuple(as_list(principal))


def as_list(value: Any) -> list[Any]:
    """Return ``value`` as a list: IAM writes single members without one."""
    return [value] if isinstance(value, str | Mapping) else list(value)
