"""Pictures of the flows, drawn when the centre is synthesised and deployed beside the handler."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trunkline.console.access import BadRequestError, NotFoundError

LANGUAGES = ("en", "ko")
"""Languages that the pictures are drawn in."""


@dataclass(frozen=True)
class Drawings:
    """The pictures in a folder: ``<language>/<flow>.svg``."""

    folder: Path

    def list_flows(self) -> dict[str, Any]:
        """Show which flows there are pictures of: ``{"flows": [name, ...]}``."""
        return {"flows": sorted(self._files(LANGUAGES[0]))}

    def show_flow(self, name: str, language: str | None) -> dict[str, str]:
        """Show one flow's picture.

        Parameters
        ----------
        name
            The flow's name, as flow logs tell it.
        language
            ``en`` or ``ko``; English where none is asked for.

        Returns
        -------
        dict
            ``name``, ``language`` and ``svg``.

        Raises
        ------
        BadRequestError
            For another language.
        NotFoundError
            For a flow that the centre does not have.
        """
        wanted = language or LANGUAGES[0]
        if wanted not in LANGUAGES:
            raise BadRequestError(f"language: give one of {', '.join(LANGUAGES)}")
        file = self._files(wanted).get(name)
        if file is None:
            raise NotFoundError(f"no flow {name} is deployed with the console")
        return {"name": name, "language": wanted, "svg": file.read_text(encoding="utf-8")}

    def _files(self, language: str) -> Mapping[str, Path]:
        """Return the pictures by flow: a name asked for is looked up here, and never becomes part of a path."""
        return {file.stem: file for file in (self.folder / language).glob("*.svg")}
