"""What the caller enters: keys that are compared, stored or encrypted.

**Source**: Amazon Connect API Reference, "GetParticipantInput" (StoreInput, InputValidation, InputEncryption,
DTMFConfiguration); Administrator Guide, "Flow block: Store customer input" (silence is stored as ``Timeout``; ``*``
cancels what was entered before it) and "Encrypt sensitive customer input" (only ciphertext is stored).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contactflow.model import INPUT_TIME_LIMIT_EXCEEDED
from contactflow.model.conditions import as_result
from contactflow.model.values import as_fields, as_number, as_seconds
from contactflow.run.actions.participant import read_message
from contactflow.run.contact import ContactState
from contactflow.run.effects import Collect, Digits, EncryptedDigits, InputEncryption, Result, Timeout
from contactflow.run.outcomes import Ask, Compared, Failure, Handler, Next, Outcome, Scope

DEFAULT_INPUT_SECONDS = 5.0
DEFAULT_INTER_DIGIT_SECONDS = 5.0
DEFAULT_MAX_DIGITS = 20
CANCEL_KEY = "*"
SILENCE = "Timeout"
PHONE_NUMBER_DIGITS = range(7, 16)
DIGITS_OF_COUNTRY = {"US": 10, "CA": 10}


def get_participant_input(scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Gather one key and compare it, or gather several and store them."""
    if _is_true(parameters.get("StoreInput")):
        return _store_input(scope, parameters)
    if parameters.get("InputEncryption") is not None:
        return Failure("InputEncryption is for input that is stored: StoreInput is not True")
    collect = Collect(read_message(parameters, scope.contact, interruptible=True), 1, *_times(parameters))
    return Ask(collect, (Digits, Timeout), _compare_key)


def _compare_key(result: Digits | Timeout) -> Outcome:
    if isinstance(result, Timeout) or not result.value:
        return Failure("The caller pressed no key", INPUT_TIME_LIMIT_EXCEEDED)
    return Compared(result.value[0], {"digits": result.value[0]})


def _store_input(scope: Scope, parameters: Mapping[str, Any]) -> Ask | Failure:
    validation = as_fields(parameters.get("InputValidation"))
    encryption = _read_encryption(parameters.get("InputEncryption"))
    if isinstance(encryption, Failure):
        return encryption
    collect = _collect_stored(scope.contact, parameters, validation, encryption)

    def settle(result: Digits | EncryptedDigits | Timeout) -> Outcome:
        if isinstance(result, EncryptedDigits):
            return _keep(scope.contact, result.value)
        if isinstance(result, Timeout) or not result.value:
            return _keep(scope.contact, SILENCE)
        keys = result.value[: collect.max_digits]
        kept = _keep(scope.contact, keys)
        if "PhoneNumberValidation" in validation and not _may_be_phone_number(
            keys, as_fields(validation["PhoneNumberValidation"])
        ):
            return Failure(f"{keys} is not a phone number", "InvalidPhoneNumber")
        return kept

    accepts: tuple[type[Result], ...] = (EncryptedDigits if encryption else Digits, Timeout)
    return Ask(collect, accepts, settle)


def _collect_stored(
    contact: ContactState,
    parameters: Mapping[str, Any],
    validation: Mapping[str, Any],
    encryption: InputEncryption | None,
) -> Collect:
    keys = as_fields(parameters.get("DTMFConfiguration"))
    limit = as_number(as_fields(validation.get("CustomValidation")).get("MaximumLength"))
    terminator = as_result(keys.get("InputTerminationSequence")) or "#"
    cancels = not _is_true(keys.get("DisableCancelKey")) and CANCEL_KEY not in terminator
    return Collect(
        read_message(parameters, contact, interruptible=True),
        int(limit) if limit and limit >= 1 else DEFAULT_MAX_DIGITS,
        *_times(parameters),
        terminator,
        True,
        encryption,
        CANCEL_KEY if cancels else None,
    )


def _times(parameters: Mapping[str, Any]) -> tuple[float, float]:
    """Return the seconds to the first key, and from one key to the next."""
    first = parameters.get("InputTimeLimitSeconds", parameters.get("InputTimeoutSeconds"))
    following = as_fields(parameters.get("DTMFConfiguration")).get("InterdigitTimeLimitSeconds")
    return as_seconds(first, DEFAULT_INPUT_SECONDS), as_seconds(following, DEFAULT_INTER_DIGIT_SECONDS)


def _read_encryption(asked: Any) -> InputEncryption | Failure | None:
    if asked is None:
        return None
    keys = as_fields(asked)
    key_id, certificate = as_result(keys.get("EncryptionKeyId")), as_result(keys.get("Key"))
    if not key_id or not certificate:
        return Failure("InputEncryption names no EncryptionKeyId or no Key: the input would not be encrypted")
    return InputEncryption(key_id, certificate)


def _keep(contact: ContactState, value: str) -> Next:
    contact.stored_input = value
    return Next({"stored_input": value})


def _may_be_phone_number(keys: str, validation: Mapping[str, Any]) -> bool:
    if not keys.isdigit():
        return False
    local = (
        DIGITS_OF_COUNTRY.get(str(validation.get("CountryCode"))) if validation.get("NumberFormat") == "Local" else None
    )
    return len(keys) in PHONE_NUMBER_DIGITS if local is None else len(keys) == local


def _is_true(value: Any) -> bool:
    return as_result(value) in {"True", "true"}


HANDLERS: Mapping[str, Handler] = {"GetParticipantInput": get_participant_input}
