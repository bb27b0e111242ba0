"""The JSON Schema of ``callcenter.yaml``: editors complete and check the file with it."""

from __future__ import annotations

import json
from typing import Any

from .model import Center

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``callcenter.yaml``."""
    schema = _close(Center.model_json_schema(by_alias=True))
    return {"$schema": _DIALECT, **schema, "title": "callcenter.yaml"}


def write_json_schema() -> str:
    """Return the JSON Schema as the text that ``docs/callcenter.schema.json`` holds."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def _close(schema: Any) -> Any:
    """Forbid keys that match no pattern, which pydantic leaves open in JSON Schema."""
    if isinstance(schema, list):
        return [_close(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _close(part) for key, part in schema.items()}
    return {**closed, "additionalProperties": False} if "patternProperties" in closed else closed
