"""Reads scenarios and populations from YAML; every problem is named with its key path."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from twin.people.scenario import Scenario

Model = TypeVar("Model", bound=BaseModel)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C where PyYAML was built with it: ten times as fast


class ScenarioError(Exception):
    """A scenario or population that cannot be used; the message lists all problems."""


class Person(BaseModel):
    """A customer whom the centre may know; other fields of the file are not looked at."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    phone: Annotated[str, Field(pattern=r"^\+[1-9]\d{6,14}$")]
    language: str | None = None


def load_scenario(path: Path) -> Scenario:
    """Read and check a scenario.

    Raises
    ------
    ScenarioError
        With every problem and its key path.
    """
    return _checked(path, Scenario, _read(path))


class _Population(BaseModel):
    customers: list[Person]


def load_population(path: Path) -> tuple[Person, ...]:
    """Read the customers of a file: a list, or a mapping with the list under ``customers``.

    Raises
    ------
    ScenarioError
        With every problem and its key path.
    """
    content = _read(path)
    if isinstance(content, list):
        content = {"customers": content}
    return tuple(_checked(path, _Population, content).customers)


def _read(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), _LOADER)  # noqa: S506  # both are safe loaders
    except (OSError, yaml.YAMLError) as error:
        raise ScenarioError(f"{path}: cannot be read: {error}") from error


def _checked(path: Path, model: type[Model], content: Any) -> Model:
    try:
        return model.model_validate(content)
    except ValidationError as error:
        problems = [
            f"  {'.'.join(str(part) for part in one['loc']) or 'scenario'}: {one['msg']}" for one in error.errors()
        ]
        raise ScenarioError("\n".join([f"{path} cannot be used:", *problems])) from error
