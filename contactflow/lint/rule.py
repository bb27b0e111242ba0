"""A rule: what it is called, why it is there, how to mend what it finds, and how it finds it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from contactflow.lint import pages
from contactflow.lint.findings import Fault, Severity
from contactflow.lint.scene import Scene

Check: TypeAlias = Callable[[Scene], Iterable[Fault]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing to look for.

    Attributes
    ----------
    id
        Words joined by hyphens, such as ``dangling-reference``. Stable.
    severity
        Of its findings, where a finding does not say otherwise.
    title
        What it finds, in a few words.
    reason
        What happens on the phone.
    mend
        What to do about it.
    page
        Address of the service's documentation that the rule stands on.
    """

    id: str
    severity: Severity
    title: str
    reason: str
    mend: str
    page: str
    check: Check


def rule(
    id: str,  # noqa: A002
    severity: Severity,
    *,
    title: str,
    reason: str,
    mend: str,
    page: str = pages.ACTIONS,
) -> Callable[[Check], Rule]:
    """Make a :class:`Rule` of the function that it decorates."""
    return lambda check: Rule(id, severity, title, reason, mend, page, check)
