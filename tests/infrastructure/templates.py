"""Reading a cloud assembly: stacks, resources by type, and what an intrinsic refers to."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Found:
    """A resource of a template."""

    stack: str
    logical_id: str
    type: str
    properties: dict[str, Any]
    body: dict[str, Any]


class Assembly:
    """The stacks of a synthesis, by the last part of their names: Data, Center, Console."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def templates(self) -> dict[str, dict[str, Any]]:
        return {
            path.name.split(".")[0].rsplit("-", 1)[-1]: json.loads(path.read_text(encoding="utf-8"))
            for path in sorted(self.folder.glob("*.template.json"))
        }

    @property
    def resources(self) -> Iterator[Found]:
        for stack, template in self.templates.items():
            for logical_id, body in template["Resources"].items():
                yield Found(stack, logical_id, body["Type"], body.get("Properties", {}), body)

    def of_type(self, *types: str) -> list[Found]:
        found = [resource for resource in self.resources if resource.type in types]
        assert found, f"no {types}"
        return found

    def functions(self) -> dict[str, Found]:
        """Our own functions, by the name of their folder."""
        return {
            found.properties["Environment"]["Variables"]["POWERTOOLS_SERVICE_NAME"]: found
            for found in self.of_type("AWS::Lambda::Function")
            if "POWERTOOLS_SERVICE_NAME" in found.properties.get("Environment", {}).get("Variables", {})
        }

    def statements(self) -> Iterator[tuple[Found, dict[str, Any]]]:
        """Every statement of every role's policies."""
        for policy in self.of_type("AWS::IAM::Policy"):
            for statement in policy.properties["PolicyDocument"]["Statement"]:
                yield policy, statement

    def asset(self, found: Found) -> Path:
        """The folder of a function's or layer's code."""
        code = found.properties.get("Code") or found.properties["Content"]
        return self.folder / f"asset.{code['S3Key'].removesuffix('.zip')}"


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def flatten(value: Any) -> str:
    """Text with intrinsics written as ``<...>``, so that it can be parsed and compared."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and "Fn::Join" in value:
        separator, parts = value["Fn::Join"]
        return str(separator).join(flatten(part) for part in parts)
    return f"<{_name(value)}>"


def _name(value: Any) -> str:
    if isinstance(value, dict):
        (kind, inner), *_ = value.items()
        return _name(inner) if kind in {"Ref", "Fn::GetAtt", "Fn::ImportValue"} else f"{kind} {_name(inner)}"
    if isinstance(value, list):
        return ".".join(_name(part) for part in value)
    return str(value)
