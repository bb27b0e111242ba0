"""Findings as SARIF 2.1.0, which code review tools show beside the line.

**Source**: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from cli.flow.inputs import FlowFile
from contactflow.lint import Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
DOCUMENTATION = "docs/flow-lint.md"


def describe_run(findings: Sequence[Mapping[str, Any]], rules: Sequence[Rule], files: Sequence[FlowFile]) -> Any:
    """Return a SARIF log of one run.

    Parameters
    ----------
    findings
        As ``trunkline flow lint --format json`` gives them.
    rules
        The rules that were applied.
    files
        The files that were asked for; those that could not be read become notifications.
    """
    order = {rule.id: index for index, rule in enumerate(rules)}
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _describe_tool(rules)},
                "invocations": [_describe_invocation(files)],
                "columnKind": "unicodeCodePoints",
                "results": [_describe_finding(one, order) for one in findings],
            }
        ],
    }


def _describe_tool(rules: Sequence[Rule]) -> dict[str, Any]:
    return {
        "name": "trunkline flow lint",
        "semanticVersion": _own_version(),
        "rules": [_describe_rule(rule) for rule in rules],
    }


def _describe_rule(rule: Rule) -> dict[str, Any]:
    text = f"{rule.reason} {rule.mend}"
    return {
        "id": rule.id,
        "name": "".join(word.title() for word in rule.id.split("-")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.reason},
        "helpUri": rule.page,
        "help": {
            "text": f"{text} See {DOCUMENTATION}#{rule.id}.",
            "markdown": f"{rule.reason}\n\n**Mend**: {rule.mend}\n\nSee `{DOCUMENTATION}#{rule.id}`.",
        },
        "defaultConfiguration": {"level": rule.severity},
    }


def _describe_invocation(files: Sequence[FlowFile]) -> dict[str, Any]:
    unreadable = [file for file in files if file.problem is not None]
    return {
        "executionSuccessful": not unreadable,
        "toolExecutionNotifications": [
            {
                "level": "error",
                "message": {"text": file.problem},
                "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(file.file)}}}],
            }
            for file in unreadable
        ],
    }


def _describe_finding(one: Mapping[str, Any], order: Mapping[str, int]) -> dict[str, Any]:
    identity = "\n".join(str(one[name]) for name in ("file", "rule", "action", "message"))
    return {
        "ruleId": one["rule"],
        "ruleIndex": order[one["rule"]],
        "level": one["severity"],
        "message": {"text": f"{one['message']}. {one['mend']}"},
        "locations": [_describe_place(one)],
        "partialFingerprints": {"finding/v1": hashlib.sha256(identity.encode()).hexdigest()},
    }


def _describe_place(one: Mapping[str, Any]) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(one["file"])}}
    if "line" in one:
        physical["region"] = {"startLine": one["line"]}
    action = one["action"]
    names = [{"name": action, "fullyQualifiedName": f"{_flow_name(one['file'])}/{action}", "kind": "member"}]
    return {"physicalLocation": physical, **({"logicalLocations": names} if action else {})}


def _uri(file: str) -> str:
    """Return the file's address: a ``callcenter.yaml:inbound`` is in ``callcenter.yaml``."""
    path = Path(_file(file))
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _file(file: str) -> str:
    path, colon, _ = file.rpartition(":")
    return path if colon and path.endswith((".yaml", ".yml")) else file


def _flow_name(file: str) -> str:
    return file.rpartition(":")[2] if _file(file) != file else Path(file).stem


def _own_version() -> str:
    try:
        return version("trunkline")
    except PackageNotFoundError:
        return "0.0.0"
