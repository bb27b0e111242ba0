"""Lint flows: find what goes wrong on the phone before anybody calls.

>>> from contactflow.model import Flow
>>> flow = Flow.parse({"Version": "2019-10-30", "StartAction": "hello", "Actions": []})
>>> [(finding.rule, finding.severity) for finding in lint_flow(flow)]
[('dangling-reference', 'error')]
"""

from contactflow.lint.findings import Fault, Finding, Severity
from contactflow.lint.linting import UnknownRuleError, choose_rules, lint_flow
from contactflow.lint.registry import RULES
from contactflow.lint.rule import Rule

__all__ = [
    "RULES",
    "Fault",
    "Finding",
    "Rule",
    "Severity",
    "UnknownRuleError",
    "choose_rules",
    "lint_flow",
]
