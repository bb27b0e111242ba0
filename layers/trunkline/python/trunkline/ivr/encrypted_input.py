"""What a caller keyed in secret: the key pair that it is encrypted for, and how it is read.

Amazon Connect encrypts with the AWS Encryption SDK. Only the functions that need it import this module:
it takes a layer of its own.
"""

from __future__ import annotations

import base64
import binascii
import logging
from typing import Self

import aws_encryption_sdk
from aws_encryption_sdk.exceptions import AWSEncryptionSDKClientError
from aws_encryption_sdk.identifiers import CommitmentPolicy, EncryptionKeyType, WrappingAlgorithm
from aws_encryption_sdk.internal.crypto.wrapping_keys import WrappingKey
from aws_encryption_sdk.key_providers.raw import RawMasterKeyProvider
from cryptography.exceptions import InvalidSignature, InvalidTag

# Its debug lines name keys, and its errors come back as exceptions anyhow.
logging.getLogger("aws_encryption_sdk").setLevel(logging.CRITICAL + 1)

PROVIDER = "AmazonConnect"
"""Name under which Amazon Connect wraps its data keys."""


class UnreadableInputError(ValueError):
    """The input was not encrypted for this key, was altered, or is not digits. The message never quotes it."""


def decrypt_digits(secret: str, private_key_pem: bytes) -> str:
    """Return the digits that a caller keyed.

    Parameters
    ----------
    secret
        ``$.StoredCustomerInput`` of an encrypted input: a message of the AWS Encryption SDK in base64.
    private_key_pem
        RSA private key in PEM.

    Raises
    ------
    UnreadableInputError
        If there is no such message in ``secret``.

    Notes
    -----
    The service wraps its data key by RSA-OAEP with SHA-512 under the provider ``AmazonConnect``, and writes the
    messages of the SDK's first version, which do not commit to their key.

    **Source**: Amazon Connect administrator guide, "Encrypt sensitive customer input in Amazon Connect" ("How
    to decrypt data encrypted by Amazon Connect"); AWS Encryption SDK developer guide, "Setting your
    commitment policy".
    """
    client = aws_encryption_sdk.EncryptionSDKClient(commitment_policy=CommitmentPolicy.FORBID_ENCRYPT_ALLOW_DECRYPT)
    try:
        message = base64.b64decode(secret, validate=True)
        content, _ = client.decrypt(source=message, key_provider=_PrivateKey(private_key_pem))
        digits: str = content.decode("ascii")
    except (AWSEncryptionSDKClientError, InvalidSignature, InvalidTag, binascii.Error, ValueError) as error:
        raise UnreadableInputError(f"encrypted input: not readable with this key ({type(error).__name__})") from None
    if not digits.isdecimal():
        raise UnreadableInputError("encrypted input: something else than digits")
    return digits


class _PrivateKey(RawMasterKeyProvider):  # type: ignore[misc]
    """Unwraps data keys, whatever the id of the key they were wrapped for: there is one key."""

    provider_id = PROVIDER
    vend_masterkey_on_decrypt = True

    def __new__(cls, _private_key_pem: bytes) -> Self:
        made: Self = super().__new__(cls)
        return made

    def __init__(self, private_key_pem: bytes) -> None:
        self._wrapping_key = WrappingKey(
            wrapping_algorithm=WrappingAlgorithm.RSA_OAEP_SHA512_MGF1,
            wrapping_key=private_key_pem,
            wrapping_key_type=EncryptionKeyType.PRIVATE,
        )

    def _get_raw_key(self, _key_id: bytes) -> WrappingKey:
        return self._wrapping_key
