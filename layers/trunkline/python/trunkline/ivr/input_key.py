"""The key pair that encrypts what callers key in secret, and the certificate that vouches for it.

Only ``create_input_key`` imports this module: it takes a layer of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

_BITS = 3072
_EXPONENT = 65_537
_LIFE = timedelta(days=3650)


@dataclass(frozen=True)
class InputCertificate:
    """What may be public of a key pair, in PEM.

    Parameters
    ----------
    public_key
        Uploaded to the instance, which holds the certificate's signature against it.
    certificate
        Stands in every flow that encrypts.
    """

    public_key: str
    certificate: str


def create_private_key() -> str:
    """Return a new RSA private key of 3,072 bits in PEM (PKCS 8, not encrypted).

    Notes
    -----
    **Source**: NIST SP 800-57 part 1 rev. 5, table 2 (3,072 bits: 128 bits of strength).
    """
    key = rsa.generate_private_key(public_exponent=_EXPONENT, key_size=_BITS)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def certify(private_key_pem: str, *, name: str, now: datetime) -> InputCertificate:
    """Return the public key of a private key, and a certificate that the key signed itself.

    Parameters
    ----------
    private_key_pem
        From :func:`create_private_key`.
    name
        Common name, at most 64 characters are used.
    now
        The certificate holds from here for ten years.

    Notes
    -----
    **Source**: Amazon Connect administrator guide, "Encrypt sensitive customer input in Amazon Connect": the
    uploaded key verifies the signature of the certificate in the flow.
    """
    key = serialization.load_pem_private_key(private_key_pem.encode(), password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError(
            f"the input key is a {type(key).__name__}, not an RSA key; delete its parameter and deploy again"
        )
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + _LIFE)
        .sign(key, hashes.SHA256())
    )
    public_key = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return InputCertificate(public_key.decode(), certificate.public_bytes(serialization.Encoding.PEM).decode())
