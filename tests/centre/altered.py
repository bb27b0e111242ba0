"""A copy of the synthesised cloud with something broken in it, to be deployed into the twin."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ORDINARY = "from ordinary import handler as ordinary\n"


class AlteredAssembly:
    """A cloud assembly whose functions and roles can be broken, one at a time.

    Parameters
    ----------
    source
        The synthesised assembly; it is not touched.
    folder
        Where the copy goes; assets are links until they are altered.
    """

    def __init__(self, source: Path, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        for path in source.iterdir():
            if path.suffix == ".json":
                shutil.copy(path, folder)
            else:
                (folder / path.name).symlink_to(path)

    def replace_handler(self, function: str, source: str) -> Path:
        """Let ``source`` be the handler of ``functions/<function>``; it may import ``ordinary``.

        Returns
        -------
        Path
            The function's folder.
        """
        (key,) = {code["S3Key"] for code in self._codes(function)}
        asset = self.folder / f"asset.{key.removesuffix('.zip')}"
        original = asset.resolve()
        asset.unlink()
        shutil.copytree(original, asset, ignore=shutil.ignore_patterns("__pycache__"))
        (asset / "handler.py").rename(asset / "ordinary.py")
        (asset / "handler.py").write_text(ORDINARY + source, encoding="utf-8")
        return asset

    def forbid(self, role: str, *actions: str) -> None:
        """Take actions out of the policy of the role whose logical id holds ``role``."""
        taken: set[str] = set()
        for path, template in self._templates():
            for logical_id, resource in template["Resources"].items():
                if resource["Type"] == "AWS::IAM::Policy" and role in logical_id:
                    document = resource["Properties"]["PolicyDocument"]
                    document["Statement"] = [
                        kept for one in document["Statement"] if (kept := _without(one, actions, taken))
                    ]
            path.write_text(json.dumps(template), encoding="utf-8")
        assert taken == set(actions), f"{role} had no {set(actions) - taken}"

    def add_resource(self, stack: str, logical_id: str, resource: dict[str, Any]) -> None:
        """Add a resource to the stack whose name ends in ``stack``."""
        for path, template in self._templates():
            if path.name.endswith(f"-{stack}.template.json"):
                template["Resources"][logical_id] = resource
                path.write_text(json.dumps(template), encoding="utf-8")

    def _templates(self) -> Iterator[tuple[Path, dict[str, Any]]]:
        for path in sorted(self.folder.glob("*.template.json")):
            yield path, json.loads(path.read_text(encoding="utf-8"))

    def _codes(self, function: str) -> Iterator[dict[str, str]]:
        for _, template in self._templates():
            for resource in template["Resources"].values():
                variables = resource.get("Properties", {}).get("Environment", {}).get("Variables", {})
                if resource["Type"] == "AWS::Lambda::Function" and variables.get("POWERTOOLS_SERVICE_NAME") == function:
                    yield resource["Properties"]["Code"]


def _without(statement: dict[str, Any], actions: tuple[str, ...], taken: set[str]) -> dict[str, Any] | None:
    allowed = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
    taken.update(set(allowed) & set(actions))
    kept = [action for action in allowed if action not in actions]
    return {**statement, "Action": kept} if kept else None
