"""The environment of ``verify_caller``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class VerifyCallerEnvironment:
    """The table with PINs, and the parameter with the private key of encrypted input."""

    customers_table: str
    input_key_parameter: str
