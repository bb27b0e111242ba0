"""Digits that a caller keyed, held against the rules of ``callcenter.yaml``. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LONGEST_INPUT = 20
"""Digits that Amazon Connect stores at most.

**Source**: Amazon Connect administrator guide, "Flow block: Store customer input".
"""


@dataclass(frozen=True)
class InputRule:
    """What an input has to look like.

    Parameters
    ----------
    min_digits, max_digits
        Bounds of its length.
    check_digit
        ``luhn`` where its last digit is a check digit, empty otherwise.
    encrypted
        Whether it is encrypted, so that nobody may check it here.
    """

    min_digits: int = 1
    max_digits: int = LONGEST_INPUT
    check_digit: str = ""
    encrypted: bool = False


@dataclass(frozen=True)
class InputCheck:
    """What ``check_input`` answers to the flow.

    Parameters
    ----------
    valid
        Whether the digits fit.
    reason
        ``too_short``, ``too_long``, ``check_digit`` or ``not_digits``; empty where they fit.
    spoken
        The digits one by one, for the flow to read out; empty where they do not fit.
    """

    valid: bool
    reason: str = ""
    spoken: str = ""


def read_rule(center: Mapping[str, Any], name: str) -> InputRule | None:
    """Return the rule of the input ``name``, or ``None`` where the centre has no such input."""
    inputs = (center.get("ivr") or {}).get("inputs") or {}
    given = inputs.get(name)
    if not isinstance(given, Mapping):
        return None
    return InputRule(
        min_digits=given.get("min_digits") or 1,
        max_digits=given.get("max_digits") or LONGEST_INPUT,
        check_digit=given.get("check_digit") or "",
        encrypted=given.get("encrypted") is True,
    )


def check_digits(rule: InputRule, keyed: str) -> InputCheck:
    """Hold what a caller keyed against a rule.

    Parameters
    ----------
    rule
        From :func:`read_rule`.
    keyed
        What the flow stored: keys, perhaps with the ``#`` that ended them, or a word such as ``Timeout``.

    Examples
    --------
    >>> check_digits(InputRule(min_digits=5, check_digit="luhn"), "79927398713#").spoken
    '7 9 9 2 7 3 9 8 7 1 3'
    >>> check_digits(InputRule(min_digits=5), "123").reason
    'too_short'
    """
    digits = keyed.strip().rstrip("#")
    if not (digits.isascii() and digits.isdecimal()):
        return InputCheck(valid=False, reason="not_digits" if digits else "too_short")
    if len(digits) < rule.min_digits:
        return InputCheck(valid=False, reason="too_short")
    if len(digits) > rule.max_digits:
        return InputCheck(valid=False, reason="too_long")
    if rule.check_digit == "luhn" and not has_luhn_digit(digits):
        return InputCheck(valid=False, reason="check_digit")
    return InputCheck(valid=True, spoken=" ".join(digits))


def has_luhn_digit(digits: str) -> bool:
    """Return whether the last digit is the check digit of those before it; there has to be one before.

    Examples
    --------
    >>> has_luhn_digit("79927398713"), has_luhn_digit("79927398710"), has_luhn_digit("0")
    (True, False, False)

    Notes
    -----
    **Source**: ISO/IEC 7812-1, annex B (Luhn formula for computing modulus 10 double-add-double check digits).
    """
    doubled = [int(digit) * 2 for digit in digits[-2::-2]]
    single = [int(digit) for digit in digits[-1::-2]]
    total = sum(single) + sum(number - 9 if number > 9 else number for number in doubled)
    return bool(doubled) and total % 10 == 0
