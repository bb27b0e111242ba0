"""Legacy exports for the tests, shaped as the console wrote them."""

from __future__ import annotations

from typing import Any


def module(
    identifier: str,
    kind: str,
    ways: dict[str, str] | None = None,
    parameters: list[dict[str, Any]] | None = None,
    **fields: Any,
) -> dict[str, Any]:
    """A module whose branches are ``condition: transition``; ``Equals 1`` stands for an evaluated one."""
    return {
        "id": identifier,
        "type": kind,
        "branches": [branch(condition, transition) for condition, transition in (ways or {}).items()],
        "parameters": parameters or [],
        "metadata": {"position": {"x": 10, "y": 20}, "useDynamic": False},
        **fields,
    }


def branch(condition: str, transition: str) -> dict[str, Any]:
    operator, _, value = condition.partition(" ")
    if not value:
        return {"condition": condition, "transition": transition}
    return {"condition": "Evaluate", "conditionType": operator, "conditionValue": value, "transition": transition}


def parameter(name: str, value: Any, **fields: Any) -> dict[str, Any]:
    return {"name": name, "value": value, **fields}


def spoken(text: str, kind: str = "text") -> list[dict[str, Any]]:
    return [parameter("Text", text, namespace=None), parameter("TextToSpeechType", kind)]


def export(*modules: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "modules": [*modules, module("end", "Disconnect")],
        "version": "1",
        "type": "contactFlow",
        "start": modules[0]["id"] if modules else "end",
        "metadata": {
            "entryPointPosition": {"x": 1, "y": 2},
            "name": "Old menu",
            "description": None,
            "type": "contactFlow",
            "status": "published",
            "hash": "d08cf9",
        },
        **fields,
    }
