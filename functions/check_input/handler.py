"""Hold digits that a caller keyed against the rules of ``ivr.inputs``."""

from __future__ import annotations

from typing import Any

from trunkline.ivr.inputs import InputCheck, InputRule, check_digits, read_rule
from trunkline.ivr.invocation import parse_invocation, to_string_map
from trunkline.runtime import load_center_document, logger

CENTER = load_center_document()
LOGGER = logger()


def handler(event: dict[str, Any], _context: object) -> dict[str, str]:
    """Answer ``valid``, ``reason`` and ``spoken``; the digits are written to no log."""
    invocation = parse_invocation(event)
    name = invocation.get("input")
    check = _check(read_rule(CENTER, name), invocation.get("digits"))
    if not name or read_rule(CENTER, name) is None:
        LOGGER.warning("no input %r in ivr.inputs; only its being digits was checked", name[:40])
    return to_string_map({"valid": check.valid, "reason": check.reason, "spoken": check.spoken})


def _check(rule: InputRule | None, keyed: str) -> InputCheck:
    if rule is not None and rule.encrypted:
        LOGGER.error("an encrypted input was sent here to be checked; mend the flow")
        return InputCheck(valid=False, reason="not_digits")
    return check_digits(rule or InputRule(), keyed)
