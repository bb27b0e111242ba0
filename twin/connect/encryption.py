"""How the service encrypts what callers key in secret.

**Source**: Amazon Connect administrator guide, "Encrypt sensitive customer input in Amazon Connect"; AWS Encryption SDK
developer guide, "AWS Encryption SDK message format reference".
"""

from __future__ import annotations

import base64
from typing import Any

import aws_encryption_sdk
from aws_encryption_sdk.identifiers import Algorithm, CommitmentPolicy, EncryptionKeyType, WrappingAlgorithm
from aws_encryption_sdk.internal.crypto.wrapping_keys import WrappingKey
from aws_encryption_sdk.key_providers.raw import RawMasterKey
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

PROVIDER = "AmazonConnect"


class EncryptionError(ValueError):
    """The certificate of a flow is none, or the instance's key does not vouch for it."""


def encrypt_input(digits: str, key_id: str, certificate_pem: str) -> str:
    """Return digits as the flow sees them: a message of the AWS Encryption SDK in base64.

    Parameters
    ----------
    digits
        What the caller keyed.
    key_id
        Id of the instance's key, under which the data key is wrapped.
    certificate_pem
        X.509 certificate whose public key wraps it.

    Raises
    ------
    EncryptionError
        When the certificate cannot be used.
    """
    public_key = _read_certificate(certificate_pem).public_key()
    pem = public_key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    wrapping: Any = WrappingKey(
        wrapping_algorithm=WrappingAlgorithm.RSA_OAEP_SHA512_MGF1,
        wrapping_key=pem,
        wrapping_key_type=EncryptionKeyType.PUBLIC,
    )
    master = RawMasterKey(provider_id=PROVIDER, key_id=key_id.encode(), wrapping_key=wrapping)
    client = aws_encryption_sdk.EncryptionSDKClient(commitment_policy=CommitmentPolicy.FORBID_ENCRYPT_ALLOW_DECRYPT)
    message, _ = client.encrypt(
        source=digits.encode(),
        key_provider=master,
        algorithm=Algorithm.AES_256_GCM_IV12_TAG16_HKDF_SHA384_ECDSA_P384,
    )
    return base64.b64encode(message).decode()


def check_certificate(certificate_pem: str, key_pem: str) -> None:
    """Hold a flow's certificate against the key that was uploaded to the instance.

    Raises
    ------
    EncryptionError
        When the key did not sign it.
    """
    certificate = _read_certificate(certificate_pem)
    key = serialization.load_pem_public_key(key_pem.encode())
    if not isinstance(key, rsa.RSAPublicKey) or certificate.signature_hash_algorithm is None:
        raise EncryptionError("the instance's key is not an RSA key, or the certificate names no hash")
    try:
        key.verify(
            certificate.signature,
            certificate.tbs_certificate_bytes,
            padding.PKCS1v15(),
            certificate.signature_hash_algorithm,
        )
    except InvalidSignature as error:
        raise EncryptionError("the certificate in the flow was not signed with the instance's key") from error


def _read_certificate(certificate_pem: str) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(certificate_pem.encode())
    except ValueError as error:
        raise EncryptionError(f"the certificate in the flow cannot be read: {error}") from error
