"""Reading ``cdk.out``: the stacks of a cloud assembly in the order they deploy, and their assets."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from twin.cloud.errors import AssemblyError


@dataclass(frozen=True)
class Asset:
    """A file asset: where its content lies, and whether it is a folder that would be zipped."""

    path: Path
    packaging: str


@dataclass(frozen=True)
class StackTemplate:
    """One stack of the assembly."""

    name: str
    template: Mapping[str, Any]
    dependencies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Assembly:
    """The stacks in deployment order, and every file asset by the key of its object."""

    stacks: tuple[StackTemplate, ...]
    assets: Mapping[str, Asset] = field(default_factory=dict)


def read_assembly(cdk_out: Path) -> Assembly:
    """Read a synthesised CDK application.

    Parameters
    ----------
    cdk_out
        Folder with ``manifest.json``; nested assemblies (stages) are followed.

    Returns
    -------
    Assembly
        Stacks so ordered that each follows what it depends on.

    Raises
    ------
    AssemblyError
        When the folder is no assembly, or a file that it names is missing.

    Notes
    -----
    **Source**: AWS CDK, cloud assembly schema (``manifest.json``, ``*.assets.json``).
    """
    stacks: dict[str, StackTemplate] = {}
    assets: dict[str, Asset] = {}
    for folder, artifact_id, artifact in _artifacts(cdk_out.resolve()):
        kind = artifact.get("type")
        properties = artifact.get("properties", {})
        if kind == "aws:cloudformation:stack":
            stacks[artifact_id] = StackTemplate(
                name=properties.get("stackName", artifact_id),
                template=_read_json(folder / properties["templateFile"]),
                dependencies=tuple(artifact.get("dependencies", ())),
            )
        elif kind == "cdk:asset-manifest":
            assets.update(_read_assets(folder, _read_json(folder / properties["file"])))
    if not stacks:
        raise AssemblyError(f"{cdk_out} holds no stack; synthesise the application again")
    return Assembly(tuple(_in_order(stacks)), assets)


def _artifacts(folder: Path) -> Iterator[tuple[Path, str, Mapping[str, Any]]]:
    manifest = _read_json(folder / "manifest.json")
    for artifact_id, artifact in manifest.get("artifacts", {}).items():
        if artifact.get("type") == "cdk:cloud-assembly":
            yield from _artifacts(folder / artifact["properties"]["directoryName"])
        else:
            yield folder, artifact_id, artifact


def _read_assets(folder: Path, manifest: Mapping[str, Any]) -> Iterator[tuple[str, Asset]]:
    for file in manifest.get("files", {}).values():
        path = folder / file["source"].get("path", "")
        asset = Asset(path, file["source"].get("packaging", "file"))
        for destination in file.get("destinations", {}).values():
            yield destination["objectKey"], asset


def _in_order(stacks: Mapping[str, StackTemplate]) -> Iterator[StackTemplate]:
    done: set[str] = set()

    def visit(stack_id: str) -> Iterator[StackTemplate]:
        if stack_id in done or stack_id not in stacks:
            return
        done.add(stack_id)
        for dependency in stacks[stack_id].dependencies:
            yield from visit(dependency)
        yield stacks[stack_id]

    for stack_id in stacks:
        yield from visit(stack_id)


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise AssemblyError(f"{path} is missing; synthesise the application (cdk synth) and try again") from None
    except json.JSONDecodeError as error:
        raise AssemblyError(f"{path} is not JSON ({error}); synthesise the application again") from None
