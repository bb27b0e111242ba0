"""What callers key in, and what of it a flow may see."""

from __future__ import annotations

from typing import Any

import pytest

from contactflow.run import ContactState, UnexpectedResultError
from contactflow.run import effects as fx
from tests.flows.test_actions import END, MENU, action, error, instantly, session_of, settle, step, store

SECRET = {"EncryptionKeyId": "key-1", "Key": "$.Attributes.certificate"}


def pin(**changes: Any) -> dict[str, Any]:
    return store(InputEncryption=SECRET, InputValidation={"CustomValidation": {"MaximumLength": "4"}}, **changes)


def test_encrypted_input_is_asked_for_with_its_key() -> None:
    effect = session_of(pin(), contact=ContactState("c", attributes={"certificate": "PEM"})).start()
    assert isinstance(effect, fx.Collect)
    assert effect.encryption == fx.InputEncryption("key-1", "PEM")
    assert (effect.store, effect.max_digits) == (True, 4)


def test_only_ciphertext_is_stored_and_traced() -> None:
    contact = ContactState("c", attributes={"certificate": "PEM"})
    taken = settle(session_of(pin(), contact=contact), fx.EncryptedDigits("AYADeJ=="))
    assert contact.lookup(("StoredCustomerInput",)) == "AYADeJ=="
    assert taken.results == {"stored_input": "AYADeJ=="}


def test_plain_digits_are_refused_where_encryption_is_asked() -> None:
    contact = ContactState("c", attributes={"certificate": "PEM"})
    session = session_of(pin(), contact=contact)
    session.start()
    with pytest.raises(UnexpectedResultError, match="EncryptedDigits"):
        session.resume(fx.Digits("1234"))
    assert contact.stored_input is None


def test_encrypted_digits_are_refused_where_none_is_asked() -> None:
    session = session_of(store())
    session.start()
    with pytest.raises(UnexpectedResultError):
        session.resume(fx.EncryptedDigits("AYADeJ=="))


def test_silence_needs_no_encryption() -> None:
    contact = ContactState("c", attributes={"certificate": "PEM"})
    assert settle(session_of(pin(), contact=contact), fx.Timeout()).branch == "NextAction"
    assert contact.stored_input == "Timeout"


@pytest.mark.parametrize(
    "encryption", [{"EncryptionKeyId": "k"}, {"EncryptionKeyId": "k", "Key": "$.Attributes.gone"}, {"Key": "PEM"}, {}]
)
def test_input_that_could_not_be_encrypted_is_never_asked_for(encryption: dict[str, str]) -> None:
    session = session_of(store(InputEncryption=encryption))
    assert session.start() == fx.End("ended")
    assert "would not be encrypted" in step(session).results["reason"]


def test_encryption_of_a_menu_s_key_is_refused() -> None:
    menu = action("GetParticipantInput", {"Text": "?", "InputEncryption": SECRET}, **MENU)
    assert instantly(session_of(menu)).next_action == "failed"


def test_star_cancels_stored_input_unless_the_flow_takes_it_otherwise() -> None:
    def cancel_key(**keys: str) -> str | None:
        effect = session_of(store(DTMFConfiguration=keys)).start()
        assert isinstance(effect, fx.Collect)
        return effect.cancel_key

    assert cancel_key() == "*"
    assert cancel_key(DisableCancelKey="True") is None
    assert cancel_key(InputTerminationSequence="**") is None


def test_more_keys_than_a_flow_takes_are_cut() -> None:
    contact = ContactState("c")
    settle(session_of(store(), contact=contact), fx.Digits("1" * 30))
    assert contact.stored_input == "1" * 12


def test_second_key_of_a_menu_is_not_heard() -> None:
    menu = action("GetParticipantInput", {"Text": "1 or 2"}, **MENU)
    assert settle(session_of(menu), fx.Digits("12")).next_action == "other"


def test_no_keys_at_all_are_silence() -> None:
    menu = action("GetParticipantInput", {"Text": "1 or 2"}, **MENU)
    silent = {**END, "Identifier": "silent"}
    assert settle(session_of(menu, silent), fx.Digits("")).branch == "InputTimeLimitExceeded"
    contact = ContactState("c")
    settle(session_of(store(), contact=contact), fx.Digits(""))
    assert contact.stored_input == "Timeout"


@pytest.mark.parametrize(
    ("number_format", "country", "keys", "accepted"),
    [
        ("Local", "US", "2065550100", True),
        ("Local", "US", "206555010", False),
        ("Local", "US", "12065550100", False),
        ("Local", "KR", "0212345678", True),
        ("E164", None, "12065550100", True),
        ("E164", None, "123", False),
        ("E164", None, "1206555*100", False),
    ],
)
def test_phone_number_that_was_keyed_is_checked(
    number_format: str, country: str | None, keys: str, accepted: bool
) -> None:
    validation = {"PhoneNumberValidation": {"NumberFormat": number_format, "CountryCode": country}}
    taken = settle(session_of(store(InputValidation=validation)), fx.Digits(keys))
    assert taken.branch == ("NextAction" if accepted else "InvalidPhoneNumber")


def test_older_name_of_the_time_limit_is_read() -> None:
    effect = session_of(action("GetParticipantInput", {"Text": "?", "InputTimeoutSeconds": "9"}, **MENU)).start()
    assert isinstance(effect, fx.Collect)
    assert effect.timeout_seconds == 9


def test_wrong_phone_number_without_its_branch_takes_the_catch_all() -> None:
    validation = {"PhoneNumberValidation": {"NumberFormat": "E164"}}
    asked = {**store(InputValidation=validation), "Transitions": {"NextAction": "end", "Errors": [error()]}}
    assert settle(session_of(asked), fx.Digits("1")).next_action == "failed"
