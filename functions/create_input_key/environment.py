"""The environment of ``create_input_key``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CreateInputKeyEnvironment:
    """It needs nothing: CloudFormation's request says where the key goes."""
