"""What is to be built: which centre, in which environment, from which built parts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from trunkline.center import Center

from .settings import Settings


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The inputs of a synthesis.

    Parameters
    ----------
    settings
        The environment.
    center
        The call centre.
    folder
        Where its file stands, and the recordings that it names.
    bundle
        Whether third-party wheels are fetched for Lambda (see :mod:`infra.parts.layers`).
    site
        Folder of the built console; where it does not exist, its API is deployed alone.
    """

    settings: Settings
    center: Center
    folder: Path
    bundle: bool
    site: Path

    @property
    def alias(self) -> str:
        """Alias of the instance: the centre's own, made unique by environment."""
        if self.center.instance_arn is not None:
            return self.center.alias
        return f"{self.center.alias}{self.settings.alias_suffix}"

    @property
    def center_document(self) -> str:
        """The call centre as JSON, as functions read it."""
        return self.center.model_dump_json(by_alias=True)
