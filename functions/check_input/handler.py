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
    rule = read_rule(CENTER, name)
    if rule is None:
        message = "no input %r in ivr.inputs; only its being digits was checked"
        LOGGER.warning(message, name[:40], contact_id=invocation.contact_id)
        rule = InputRule()
    if rule.encrypted:
        LOGGER.error("an encrypted input was sent here to be checked; mend the flow", contact_id=invocation.contact_id)
        check = InputCheck(valid=False, reason="not_digits")
    else:
        check = check_digits(rule, invocation.get("digits"))
    return to_string_map({"valid": check.valid, "reason": check.reason, "spoken": check.spoken})
