"""PINs: hashed, counted before they are compared, readable with one key only."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Lock
from typing import Any

import boto3
import pytest
from botocore.client import BaseClient
from cryptography import x509
from moto import mock_aws

from tests.workflows.outside import CERTIFICATE, PRIVATE_KEY, key_in_secret
from trunkline.ivr.encrypted_input import UnreadableInputError, decrypt_digits
from trunkline.ivr.input_key import certify, create_private_key
from trunkline.ivr.pins import ContendedPinError, PinDesk
from trunkline.ivr.verification import PinRules, hash_pin, is_right_pin, read_rules
from twin.connect.encryption import EncryptionError, check_certificate, encrypt_input

PHONE = "+15555550101"
RULES = PinRules(attempts=3, lock_seconds=900)
HASHED = hash_pin("4821", b"0123456789abcdef")


@pytest.fixture
def dynamodb(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        client = boto3.client("dynamodb", region_name="us-east-1")
        client.create_table(
            TableName="customers",
            KeySchema=[{"AttributeName": "phone", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "phone", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        client.put_item(TableName="customers", Item={"phone": {"S": PHONE}, "pin_hash": {"S": HASHED}})
        yield client


@pytest.mark.parametrize(
    "pin_hash",
    ["", "4821", "scrypt$14$8$1$!!$!!", "scrypt$40$8$1$AAAA$AAAA", HASHED.replace("scrypt", "md5"), HASHED + "$x"],
)
def test_nothing_is_right_for_what_is_no_hash(pin_hash: str) -> None:
    assert not is_right_pin("4821", pin_hash)


def test_same_pin_has_another_hash_each_time_and_is_right_for_each() -> None:
    first, second = hash_pin("4821"), hash_pin("4821")
    assert first != second
    assert is_right_pin("4821", first)
    assert is_right_pin("4821", second)
    assert not is_right_pin("4822", first)


def test_rules_come_from_the_centre_and_have_defaults() -> None:
    assert read_rules({"ivr": {"verification": {"attempts": 5, "lock_minutes": 2}}}) == PinRules(5, 120)
    assert read_rules({"ivr": {"verification": None}}) == RULES


def test_attempt_is_counted_even_where_the_caller_hangs_up_before_the_answer(
    dynamodb: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = PinDesk(dynamodb, "customers", RULES)

    def hang_up(*_: object) -> bool:
        raise ConnectionResetError

    with monkeypatch.context() as broken:
        broken.setattr("trunkline.ivr.pins.is_right_pin", hang_up)
        for _ in range(3):
            with pytest.raises(ConnectionResetError):
                desk.verify(PHONE, "1111", 1000)
    assert desk.verify(PHONE, "4821", 1000) == "locked"


def test_many_guesses_at_once_are_no_more_than_the_rules_allow(dynamodb: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads and writes of the guesses come in any order; each by itself is whole, as the table promises."""
    call: Any = BaseClient._make_api_call  # type: ignore[attr-defined]
    one_at_a_time = Lock()

    def alone(*arguments: Any) -> Any:
        with one_at_a_time:
            return call(*arguments)

    monkeypatch.setattr(BaseClient, "_make_api_call", alone)
    desk = PinDesk(dynamodb, "customers", RULES)

    def guess(number: int) -> str:
        try:
            return desk.verify(PHONE, f"{number:04d}", 1000)
        except ContendedPinError:
            return "not looked at"

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(guess, range(16)))
    assert outcomes.count("false") + sum(1 for one in outcomes if one == "true") <= 2
    assert desk.verify(PHONE, "4821", 1000) == "locked"


def test_lock_begins_at_the_last_attempt_and_ends_by_itself(dynamodb: Any) -> None:
    desk = PinDesk(dynamodb, "customers", RULES)
    assert [desk.verify(PHONE, "1111", moment) for moment in (0, 100, 200)] == ["false", "false", "locked"]
    assert desk.verify(PHONE, "4821", 1099) == "locked"
    assert desk.verify(PHONE, "1111", 1100) == "false"
    assert desk.verify(PHONE, "4821", 1101) == "true"


def test_customer_imported_with_no_attempts_is_verified_as_any_other(dynamodb: Any) -> None:
    item = {"phone": {"S": PHONE}, "pin_hash": {"S": HASHED}, "pin_attempts": {"N": "0"}}
    dynamodb.put_item(TableName="customers", Item=item)
    desk = PinDesk(dynamodb, "customers", RULES)
    assert [desk.verify(PHONE, pin, 1000) for pin in ("1111", "4821")] == ["false", "true"]


def test_customer_without_a_pin_is_never_verified_and_never_written(dynamodb: Any) -> None:
    dynamodb.put_item(TableName="customers", Item={"phone": {"S": PHONE}})
    desk = PinDesk(dynamodb, "customers", RULES)
    assert [desk.verify(PHONE, "", moment) for moment in range(5)] == ["false"] * 5
    assert dynamodb.scan(TableName="customers")["Items"] == [{"phone": {"S": PHONE}}]


def test_attempt_that_cannot_be_counted_is_not_looked_at(dynamodb: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    call: Any = BaseClient._make_api_call  # type: ignore[attr-defined]

    def contended(client: Any, operation: str, parameters: Any) -> Any:
        if operation == "UpdateItem":
            error: Any = client.exceptions.ConditionalCheckFailedException
            raise error({"Error": {"Code": "ConditionalCheckFailedException", "Message": ""}}, operation)
        return call(client, operation, parameters)

    monkeypatch.setattr(BaseClient, "_make_api_call", contended)
    with pytest.raises(ContendedPinError):
        PinDesk(dynamodb, "customers", RULES).verify(PHONE, "4821", 0)


def test_digits_come_back_with_the_private_key_and_no_other() -> None:
    secret = key_in_secret("4821")
    assert decrypt_digits(secret, PRIVATE_KEY.encode()) == "4821"
    with pytest.raises(UnreadableInputError):
        decrypt_digits(secret, create_private_key().encode())


@pytest.mark.parametrize(
    "secret",
    ["", "4821", "not base64!", base64.b64encode(b"\x02\x04" * 200).decode(), key_in_secret("4821")[:-40]],
    ids=["empty", "digits", "no base64", "no message", "cut off"],
)
def test_what_is_no_message_is_refused_without_being_quoted(secret: str) -> None:
    with pytest.raises(UnreadableInputError) as refused:
        decrypt_digits(secret, PRIVATE_KEY.encode())
    assert not secret or secret not in str(refused.value)


@pytest.mark.parametrize("place", [0, 1, 3, 23, 120, 200, -260, -130, -120, -5])
def test_message_that_was_altered_is_refused(place: int) -> None:
    content = bytearray(base64.b64decode(key_in_secret("4821")))
    content[place] ^= 1
    with pytest.raises(UnreadableInputError):
        decrypt_digits(base64.b64encode(content).decode(), PRIVATE_KEY.encode())


def test_something_else_than_digits_is_refused() -> None:
    with pytest.raises(UnreadableInputError, match="else than digits"):
        decrypt_digits(encrypt_input("Timeout", "key-1", CERTIFICATE), PRIVATE_KEY.encode())


def test_certificate_is_held_against_the_instances_key() -> None:
    certificate = x509.load_pem_x509_certificate(CERTIFICATE.encode())
    assert certificate.subject == certificate.issuer
    with pytest.raises(EncryptionError, match="cannot be read"):
        encrypt_input("4821", "key-1", "no certificate")
    other = _public_pem(create_private_key())
    with pytest.raises(EncryptionError, match="not signed"):
        check_certificate(CERTIFICATE, other)
    check_certificate(CERTIFICATE, _public_pem(PRIVATE_KEY))


def _public_pem(private_key: str) -> str:
    return certify(private_key, name="x", now=datetime.now(UTC)).public_key
