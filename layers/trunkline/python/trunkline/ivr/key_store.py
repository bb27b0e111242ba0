"""Where the private key of encrypted input lies: a SecureString of Parameter Store, which costs nothing a month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_ssm import SSMClient


@dataclass(frozen=True)
class KeyStore:
    """Private keys by parameter name.

    Parameters
    ----------
    ssm
        Client.

    Notes
    -----
    **Source**: AWS Systems Manager user guide, "AWS Systems Manager Parameter Store" (standard parameters: no
    charge, at most 4 KB); AWS KMS developer guide, "AWS managed keys".
    """

    ssm: SSMClient

    def read(self, name: str) -> str:
        """Return a private key in PEM.

        Raises
        ------
        botocore.exceptions.ClientError, botocore.exceptions.BotoCoreError
            If it cannot be read.
        """
        return str(self.ssm.get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"])

    def find(self, name: str) -> str | None:
        """Return a private key in PEM, or ``None`` where there is none of that name."""
        try:
            return self.read(name)
        except self.ssm.exceptions.ParameterNotFound:
            return None

    def keep(self, name: str, private_key_pem: str) -> None:
        """Keep a private key under a name that is not taken."""
        self.ssm.put_parameter(
            Name=name,
            Value=private_key_pem,
            Type="SecureString",
            Description="Trunkline: decrypts what callers key in secret",
        )

    def delete(self, name: str) -> None:
        """Delete a private key; nothing happens where there is none."""
        try:
            self.ssm.delete_parameter(Name=name)
        except self.ssm.exceptions.ParameterNotFound:
            return
