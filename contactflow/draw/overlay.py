"""What is laid over a drawing: how often tests came by, or the way that one call took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from contactflow.draw.branches import Way


class OverlayError(ValueError):
    """A coverage document or a path that cannot be laid over a drawing; the message says why."""


@dataclass(frozen=True)
class Overlay:
    """Counts and steps, by action and branch.

    Attributes
    ----------
    actions
        How often each action ran; None where no coverage is shown.
    branches
        How often each branch of an action was taken.
    steps
        Numbers of the steps at which a call came to an action.
    taken
        Pairs of actions that followed one another in the call.
    """

    actions: Mapping[str, int] | None = None
    branches: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    steps: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    taken: frozenset[tuple[str, str]] = frozenset()

    @property
    def counted(self) -> bool:
        """True where coverage is shown."""
        return self.actions is not None

    def count_action(self, action: str) -> int | None:
        """Return how often an action ran; None where no coverage is shown."""
        return None if self.actions is None else self.actions.get(action, 0)

    def count_ways(self, ways: Sequence[Way]) -> int | None:
        """Return how often ways were taken; None where no coverage is shown, or it does not count them."""
        if self.actions is None:
            return None
        counted = [way for way in ways if way.branch in self.branches.get(way.source, {way.branch: 0})]
        distinct = {(way.source, way.branch) for way in counted}
        return sum(self.branches.get(source, {}).get(branch, 0) for source, branch in distinct) if counted else None

    def tally(self) -> tuple[int, int]:
        """Return how many branches were taken, and how many there are."""
        counts = [count for branches in self.branches.values() for count in branches.values()]
        return sum(count > 0 for count in counts), len(counts)

    def takes(self, ways: Sequence[Way]) -> bool:
        """Tell whether the call went one of the ways."""
        return any((way.source, way.target) in self.taken for way in ways)


def read_overlay(coverage: Mapping[str, Any] | None, path: Sequence[str] | None) -> Overlay:
    """Read what is to be laid over a drawing.

    Parameters
    ----------
    coverage
        ``{"actions": {id: count}, "branches": {id: {branch: count}}}``.
    path
        Identifiers of the actions that a call ran, in order.

    Raises
    ------
    OverlayError
        For a coverage document of another shape.
    """
    steps: dict[str, tuple[int, ...]] = {}
    for number, action in enumerate(path or (), start=1):
        steps[action] = (*steps.get(action, ()), number)
    taken = frozenset(zip(path or (), (path or ())[1:], strict=False))
    if coverage is None:
        return Overlay(None, {}, steps, taken)
    if not isinstance(coverage, Mapping):
        raise OverlayError("the coverage of a flow is not an object: write the coverage again")
    actions = _counts(coverage.get("actions"), "actions")
    branches = coverage.get("branches")
    if not isinstance(branches, Mapping):
        raise OverlayError("branches is not an object of counts by action: write the coverage again")
    return Overlay(
        actions, {str(key): _counts(each, f"branches.{key}") for key, each in branches.items()}, steps, taken
    )


def _counts(value: Any, where: str) -> Mapping[str, int]:
    if not isinstance(value, Mapping) or not all(isinstance(count, int) for count in value.values()):
        raise OverlayError(f"{where} is not an object of whole numbers: write the coverage again")
    return value
