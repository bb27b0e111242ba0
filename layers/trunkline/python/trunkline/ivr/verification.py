"""Who a caller is, by PIN: its hash, and how often it may be wrong. Pure."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

DEFAULT_ATTEMPTS = 3
DEFAULT_LOCK_MINUTES = 15

_COST, _BLOCK, _LANES = 14, 8, 1
_SALT_BYTES, _HASH_BYTES = 16, 32
_LARGEST_COST = 16
_NOBODY = "scrypt$14$8$1$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

Outcome = Literal["true", "false", "locked"]


@dataclass(frozen=True)
class PinRules:
    """How often a PIN may be wrong.

    Parameters
    ----------
    attempts
        Wrong ones in a row after which the customer is locked.
    lock_seconds
        How long, from the last attempt.
    """

    attempts: int = DEFAULT_ATTEMPTS
    lock_seconds: int = DEFAULT_LOCK_MINUTES * 60


@dataclass(frozen=True)
class PinRecord:
    """What the Customers table keeps of a customer's PIN.

    Parameters
    ----------
    pin_hash
        From :func:`hash_pin`; empty where the customer has no PIN.
    attempts
        Attempts since the last right one.
    attempted_at
        Moment of the last attempt in seconds since 1970.
    """

    pin_hash: str = ""
    attempts: int = 0
    attempted_at: int = 0


def read_rules(center: Mapping[str, Any]) -> PinRules:
    """Return the rules of ``ivr.verification``."""
    given = (center.get("ivr") or {}).get("verification") or {}
    minutes = given.get("lock_minutes") or DEFAULT_LOCK_MINUTES
    return PinRules(given.get("attempts") or DEFAULT_ATTEMPTS, int(minutes * 60))


def count_attempt(record: PinRecord, rules: PinRules, now_epoch_seconds: float) -> int | None:
    """Return what the attempt that begins now is counted as, or ``None`` where the customer is locked.

    An attempt is counted before its PIN is looked at, so that many calls at once gain nobody a guess.

    Examples
    --------
    >>> count_attempt(PinRecord("...", attempts=2, attempted_at=100), PinRules(3, 900), 160)
    3
    >>> count_attempt(PinRecord("...", attempts=3, attempted_at=100), PinRules(3, 900), 160) is None
    True
    >>> count_attempt(PinRecord("...", attempts=3, attempted_at=100), PinRules(3, 900), 1000)
    1
    """
    if record.attempts < rules.attempts:
        return record.attempts + 1
    return 1 if now_epoch_seconds >= record.attempted_at + rules.lock_seconds else None


def judge_attempt(*, right: bool, counted: int, rules: PinRules) -> Outcome:
    """Return what the caller is told: a last wrong attempt locks at once."""
    if right:
        return "true"
    return "locked" if counted >= rules.attempts else "false"


def hash_pin(pin: str, salt: bytes | None = None) -> str:
    """Return what the Customers table keeps in place of a PIN.

    Parameters
    ----------
    pin
        Digits.
    salt
        16 random bytes where none are given.

    Returns
    -------
    str
        ``scrypt$<log2 of N>$<r>$<p>$<salt>$<hash>``, both in base64.

    Notes
    -----
    **Source**: RFC 7914, "The scrypt Password-Based Key Derivation Function"; OWASP, "Password Storage Cheat
    Sheet" (scrypt). A hash cannot make four digits many: whoever reads the table can try them all.
    """
    salt = os.urandom(_SALT_BYTES) if salt is None else salt
    digest = _derive(pin, salt, _COST, _BLOCK, _LANES)
    parts = (str(_COST), str(_BLOCK), str(_LANES), _to_base64(salt), _to_base64(digest))
    return "$".join(("scrypt", *parts))


def is_right_pin(pin: str, pin_hash: str) -> bool:
    """Return whether ``pin`` has the hash ``pin_hash``, in the same time whether it has or not.

    Parameters
    ----------
    pin
        Digits that the caller keyed.
    pin_hash
        From :func:`hash_pin`. Where it is empty or no such hash, nothing is right, and it takes as long.

    Examples
    --------
    >>> is_right_pin("4821", hash_pin("4821")), is_right_pin("4821", ""), is_right_pin("4821", "4821")
    (True, False, False)
    """
    known = _parse(pin_hash)
    cost, block, lanes, salt, digest = known or _parse(_NOBODY) or (_COST, _BLOCK, _LANES, b"", b"")
    same = hmac.compare_digest(_derive(pin, salt, cost, block, lanes), digest)
    return same and known is not None


def _parse(pin_hash: str) -> tuple[int, int, int, bytes, bytes] | None:
    try:
        name, cost, block, lanes, salt, digest = pin_hash.split("$")
        parts = (int(cost), int(block), int(lanes), base64.b64decode(salt), base64.b64decode(digest))
    except (ValueError, binascii.Error):
        return None
    sound = name == "scrypt" and 1 <= parts[0] <= _LARGEST_COST and len(parts[4]) == _HASH_BYTES
    return parts if sound and parts[1] == _BLOCK and parts[2] == _LANES else None


def _derive(pin: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    memory = 128 * block * (2**cost + lanes + 2) + 1024
    return hashlib.scrypt(pin.encode(), salt=salt, n=2**cost, r=block, p=lanes, maxmem=memory, dklen=_HASH_BYTES)


def _to_base64(content: bytes) -> str:
    return base64.b64encode(content).decode()
