"""Starting and stopping moto."""

from __future__ import annotations

from typing import Any

from moto import mock_aws
from moto.core.config import default_user_config
from moto.moto_api._internal import mock_random

from twin.cloud.moto_hooks.keeping import ForgettingModels
from twin.cloud.moto_hooks.routes import KnownRoutes
from twin.cloud.spool import Spool


class MotoSession:
    """moto, started with a seed and the interpreter on; one at a time in a process."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._mock: Any = None
        self._models = ForgettingModels()
        self._routes = KnownRoutes()

    def start(self, spool: Spool) -> None:
        """Start moto empty; the bodies of objects come to lie in ``spool``."""
        core = {**default_user_config["core"], "reset_boto3_session": False}
        config: Any = {"stepfunctions": {"execute_state_machine": True}, "core": core}
        self._mock = mock_aws(config=config)
        self._mock.start()
        mock_random.seed(self._seed)
        self._models.install(spool)
        self._routes.install()

    def stop(self) -> None:
        """Drop all of moto's state."""
        if self._mock is not None:
            self._routes.remove()
            self._models.remove()
            self._mock.stop()
            self._mock = None
