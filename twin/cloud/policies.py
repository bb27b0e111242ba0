"""Which role may do what in the loaded account, what was denied, and what was never used."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from twin.cloud.errors import PolicyError
from twin.cloud.iam import Access, Decision, Grant, Statement, evaluate, for_principal, parse_policy
from twin.cloud.managed_policies import MANAGED_POLICIES
from twin.cloud.principals import is_service

_LEADING_KEYS = "dynamodb:leadingkeys"


@dataclass(frozen=True)
class Denial:
    """A call that IAM refused."""

    at: datetime
    principal: str
    action: str
    resource: str
    explicit: bool

    def message(self) -> str:
        """Say it in AWS's words."""
        why = (
            "with an explicit deny in a policy"
            if self.explicit
            else f"because no identity-based policy allows the {self.action} action"
        )
        return f"User: {self.principal} is not authorized to perform: {self.action} on resource: {self.resource} {why}"


@dataclass(frozen=True)
class UnusedGrant:
    """What a role may do and nothing did."""

    role: str
    policy: str
    action: str
    resource: str


class PolicyStore:
    """Identity policies by role and resource policies by ARN, with a record of their use.

    Parameters
    ----------
    now
        Gives the moment of a denial.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._roles: dict[str, list[Statement]] = {}
        self._resources: dict[str, list[Statement]] = defaultdict(list)
        self._by_leading_key: set[str] = set()
        self._used: set[tuple[str, Grant]] = set()
        self._allowed: set[tuple[str, str, tuple[str, ...]]] = set()
        self.denials: list[Denial] = []

    def add_role(self, arn: str) -> None:
        """Make a role known; it may do nothing yet."""
        self._roles.setdefault(arn, [])

    def attach(self, role: str, name: str, document: Mapping[str, Any]) -> None:
        """Add an inline policy to a role."""
        if _LEADING_KEYS in json.dumps(document).lower():
            self._by_leading_key.add(role)
        self._roles.setdefault(role, []).extend(parse_policy(name, document))
        self._allowed.clear()

    def looks_at_leading_keys(self, principal: str) -> bool:
        """Return whether what a role may do depends on the partitions that it touches."""
        return principal in self._by_leading_key

    def attach_managed(self, role: str, arn: str) -> None:
        """Add an AWS managed policy to a role.

        Raises
        ------
        PolicyError
            When the policy is not among those that the twin knows.
        """
        name = arn.split(":policy/", 1)[-1]
        if name not in MANAGED_POLICIES:
            raise PolicyError(f"managed policy {name} is not known; add it to twin/cloud/managed_policies.py")
        self.attach(role, name, MANAGED_POLICIES[name])

    def protect(self, arn: str, name: str, document: Mapping[str, Any]) -> None:
        """Add a resource policy to the resource ``arn``."""
        self._resources[arn].extend(parse_policy(name, document))
        self._allowed.clear()

    def allows(self, principal: str, access: Access, *, resource: str = "") -> bool:
        """Decide an access, note what it used, and keep a denial.

        Parameters
        ----------
        principal
            Role ARN, or a service principal: these need no identity policy.
        access
            What is asked for.
        resource
            ARN whose resource policy counts too.
        """
        key = (principal, access.action, access.resources)
        if key in self._allowed:
            return True
        identity = self._identity(principal, access)
        by_resource = evaluate(for_principal(self._resources.get(resource, ()), principal), access)
        explicit = identity.explicit_deny or by_resource.explicit_deny
        if explicit or not (identity.allowed or by_resource.allowed):
            self._deny(principal, access, explicit=explicit)
            return False
        self._used.update((principal, grant) for grant in identity.used)
        if not access.context and len(self._allowed) < 50_000:
            self._allowed.add(key)
        return True

    def permits(self, principal: str, access: Access, resource: str) -> bool:
        """Decide by the policy of ``resource`` alone, as Lambda and SQS do for services."""
        decision = evaluate(for_principal(self._resources.get(resource, ()), principal), access)
        if not decision.allowed:
            self._deny(principal, access, explicit=decision.explicit_deny)
        return decision.allowed

    def could(self, principal: str, access: Access) -> bool:
        """Return whether an access would be allowed, without keeping anything."""
        return is_service(principal) or self._identity(principal, access).allowed

    def unused_grants(self) -> list[UnusedGrant]:
        """Return what roles may do and nothing did so far."""
        return sorted(self._unused(), key=lambda grant: (grant.role, grant.action, grant.resource))

    def _unused(self) -> Iterator[UnusedGrant]:
        for role, statements in self._roles.items():
            for statement in statements:
                if statement.effect == "Deny":
                    continue
                for grant in statement.grants:
                    if (role, grant) not in self._used:
                        yield UnusedGrant(role, grant.policy, grant.action, grant.resource)

    def _identity(self, principal: str, access: Access) -> Decision:
        if is_service(principal):
            return Decision(allowed=True, explicit_deny=False, used=())
        return evaluate(self._roles.get(principal, ()), access)

    def _deny(self, principal: str, access: Access, *, explicit: bool) -> None:
        self.denials.append(Denial(self._now(), principal, access.action, _shown(access.resources), explicit))


def _shown(resources: Sequence[str]) -> str:
    return resources[0] if resources else "*"
