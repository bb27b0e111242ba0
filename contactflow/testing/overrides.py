"""Overrides that wait to be used: one use each, the oldest first.

**Source**: Amazon Connect Administrator Guide, "Override system behavior actions" (How resource overrides work).
"""

from __future__ import annotations

from contactflow.testing.language import Mock, OverrideBehavior
from contactflow.testing.matching import same_resource


class Overrides:
    """What stands in for resources.

    Overrides apply once to their resource; several for the same one are used in the order in which they were
    made. One that is made as an action starts already applies to that action.
    """

    __slots__ = ("_waiting",)

    def __init__(self) -> None:
        self._waiting: list[OverrideBehavior] = []

    def add(self, override: OverrideBehavior) -> None:
        """Make an override."""
        self._waiting.append(override)

    def use(self, action_type: str, resource: str | None) -> tuple[str | None, Mock | None]:
        """Return which resource takes this one's place (often itself), and the mock that answers for it, if any.

        A substitute's own overrides apply to it.
        """
        for index, override in enumerate(self._waiting):
            if override.action_type == action_type and same_resource(resource, override.resource):
                del self._waiting[index]
                if override.substitute is None:
                    return resource, override.mock
                return self.use(action_type, override.substitute)
        return resource, None
