"""What the process lends to an open cloud: its environment variables and boto3's session."""

from __future__ import annotations

import os
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import boto3


class Surroundings:
    """Keeps boto3 away from the user's own AWS configuration while a cloud is open."""

    def __init__(self) -> None:
        self._environment: dict[str, str] | None = None
        self._session: Any = None

    def install(self, region: str) -> None:
        """Set the variables, and a session that all clouds of this process share."""
        self._environment, self._session = dict(os.environ), boto3.DEFAULT_SESSION
        nowhere = str(Path(tempfile.gettempdir()) / "trunkline-twin-no-aws-config")
        os.environ.update(
            AWS_ACCOUNT_ID_ENDPOINT_MODE="disabled",
            AWS_CONFIG_FILE=nowhere,
            AWS_SHARED_CREDENTIALS_FILE=nowhere,
            AWS_EC2_METADATA_DISABLED="true",
            AWS_ACCESS_KEY_ID="twin",
            AWS_SECRET_ACCESS_KEY="twin",  # noqa: S106 - opens nothing
            AWS_DEFAULT_REGION=region,
            AWS_REGION=region,
        )
        for name in ("AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL"):
            os.environ.pop(name, None)
        boto3.DEFAULT_SESSION = _session()

    def remove(self) -> None:
        """Give the process its own back."""
        if self._environment is not None:
            os.environ.clear()
            os.environ.update(self._environment)
            boto3.DEFAULT_SESSION = self._session
            self._environment = None


@lru_cache(maxsize=1)
def _session() -> Any:
    """Return a session whose service models are read once in a process."""
    return boto3.Session()
