"""The environment of ``check_input``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CheckInputEnvironment:
    """It needs nothing: the rules lie in the centre's document."""
