"""A function's environment as a frozen dataclass, and the centre's document beside its code."""

from __future__ import annotations

import json
import os
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_type_hints

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Environment = TypeVar("Environment", bound=DataclassInstance)
else:
    Environment = TypeVar("Environment")


class ConfigurationError(Exception):
    """A function was deployed without what it needs; the message names all that is missing."""


def load_environment(model: type[Environment]) -> Environment:
    """Read a function's environment variables into its dataclass.

    Parameters
    ----------
    model
        Dataclass whose fields are ``str`` or ``int``; field ``live_table`` is variable ``LIVE_TABLE``.

    Returns
    -------
    Environment
        An instance of ``model``.

    Raises
    ------
    ConfigurationError
        Naming every variable that is missing, empty or not a whole number.

    Notes
    -----
    **Source**: AWS Lambda developer guide, "Using Lambda environment variables".
    """
    types = get_type_hints(model)
    values: dict[str, Any] = {}
    problems: list[str] = []
    for field in fields(model):
        name = field.name.upper()
        text = os.environ.get(name, "")
        if not text:
            problems.append(f"{name} is not set")
        elif types[field.name] is int:
            try:
                values[field.name] = int(text)
            except ValueError:
                problems.append(f"{name} is not a whole number")
        else:
            values[field.name] = text
    if problems:
        raise ConfigurationError(
            f"{model.__name__}: {'; '.join(problems)}. Set it in the function's environment (infra)."
        )
    return model(**values)


def load_center_document() -> dict[str, Any]:
    """Read ``center.json``, the call centre's document that is deployed beside the function's code.

    Returns
    -------
    dict
        The document, with the keys of ``callcenter.yaml``; validated when it was deployed, not here.

    Raises
    ------
    ConfigurationError
        If ``LAMBDA_TASK_ROOT`` is not set, or the file is missing or not JSON.

    Notes
    -----
    **Source**: AWS Lambda developer guide, "Defined runtime environment variables" (``LAMBDA_TASK_ROOT``).
    """
    root = os.environ.get("LAMBDA_TASK_ROOT", "")
    if not root:
        raise ConfigurationError("LAMBDA_TASK_ROOT is not set: center.json is looked for beside the code.")
    path = Path(root) / "center.json"
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigurationError(f"{path} is missing: the function's asset must carry the centre.") from error
    except json.JSONDecodeError as error:
        raise ConfigurationError(f"{path} is not JSON: {error}. Synthesise and deploy again.") from error
    if not isinstance(document, dict):
        raise ConfigurationError(f"{path} holds no JSON object. Synthesise and deploy again.")
    return document
