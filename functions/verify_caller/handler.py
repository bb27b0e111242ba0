"""Verify a caller by the PIN that they keyed, inside the workflow ``self_service``."""

from __future__ import annotations

import time
from functools import lru_cache
from typing import Any

from environment import VerifyCallerEnvironment

from trunkline.ivr.encrypted_input import decrypt_digits
from trunkline.ivr.key_store import KeyStore
from trunkline.ivr.pins import PinDesk
from trunkline.ivr.verification import read_rules
from trunkline.runtime import client, load_center_document, load_environment

ENVIRONMENT = load_environment(VerifyCallerEnvironment)
KEYS = KeyStore(client("ssm"))
PINS = PinDesk(client("dynamodb"), ENVIRONMENT.customers_table, read_rules(load_center_document()))


@lru_cache(maxsize=1)
def private_key() -> bytes:
    """Return the private key, read once in the life of this function."""
    return KEYS.read(ENVIRONMENT.input_key_parameter).encode()


def handler(event: dict[str, Any], _context: object) -> dict[str, str]:
    """Answer ``verified``: ``true``, ``false`` or ``locked``.

    Parameters
    ----------
    event
        ``phone`` and ``secret``, from the workflow. Neither the digits nor the number are written to a log.

    Raises
    ------
    UnreadableInputError, ContendedPinError
        Where nothing can be said of the caller, and no attempt was counted; the workflow goes on to people.
    """
    pin = decrypt_digits(str(event["secret"]), private_key())
    return {"verified": PINS.verify(str(event["phone"]), pin, time.time())}
