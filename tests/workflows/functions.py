"""Our functions loaded from ``functions/`` as Lambda loads them: alone, with their environment and centre."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest import mock
from uuid import uuid4

PROJECT = Path(__file__).resolve().parents[2]

CENTER: dict[str, Any] = {
    "name": "Test Parts",
    "languages": {
        "en": {"locale": "en-US", "voice": "Joanna"},
        "ko": {"locale": "ko-KR", "voice": "Seoyeon"},
    },
    "hours": {
        "shop": {
            "open": [
                {"days": ["mon", "tue", "wed", "thu", "fri"], "from": "07:00", "to": "20:00"},
                {"days": ["sat"], "from": "08:00", "to": "16:30"},
            ]
        }
    },
    "queues": {"orders": {"skill": "orders"}, "billing": {"skill": "billing"}},
    "agents": {
        "mina": {"name": "Mina Park", "skills": {"orders": 5, "billing": 3}},
        "sofia": {"name": "Sofia Marino", "skills": {"billing": 5}},
    },
    "ivr": {"entry": "main", "menus": {"main": {"otherwise": {"queue": "orders"}}}},
    "recording": {"enabled": True, "retention_days": 90},
    "analysis": {
        "categories": {
            "refund": {"en": ["refund", "money back"], "ko": ["환불"]},
            "damage": {"en": ["broken"]},
        }
    },
}


def load_handler(
    name: str, folder: Path, environment: Mapping[str, str], center: Mapping[str, Any] = CENTER
) -> Callable[[Any, Any], Any]:
    """Import a function's handler with its environment variables and its centre in ``folder``."""
    handler: Callable[[Any, Any], Any] = load_module(name, folder, environment, center).handler
    return handler


def load_module(
    name: str, folder: Path, environment: Mapping[str, str], center: Mapping[str, Any] = CENTER
) -> ModuleType:
    """Import a function's handler module; its ``environment`` module stays its own."""
    (folder / "center.json").write_text(json.dumps(center), encoding="utf-8")
    source = PROJECT / "functions" / name
    variables = {
        "LAMBDA_TASK_ROOT": str(folder),
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "POWERTOOLS_SERVICE_NAME": f"{name}-{uuid4()}",
        **environment,
    }
    with mock.patch.dict(os.environ, variables):
        try:
            _execute("environment", source / "environment.py")
            return _execute("handler", source / "handler.py")
        finally:
            for module in ("environment", "handler"):
                sys.modules.pop(module, None)


def _execute(name: str, path: Path) -> ModuleType:
    specification = importlib.util.spec_from_file_location(name, path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules[name] = module
    specification.loader.exec_module(module)
    return module


def flow_event(phone: str | None = "+15555550101", **parameters: str) -> dict[str, Any]:
    """Return the event with which a contact flow invokes a function."""
    endpoint = {"Address": phone, "Type": "TELEPHONE_NUMBER"} if phone else None
    contact = {"ContactId": "c-1", "Channel": "VOICE", "CustomerEndpoint": endpoint, "Attributes": {}}
    return {"Name": "ContactFlowEvent", "Details": {"ContactData": contact, "Parameters": parameters}}
