"""What is over and gone, as in AWS: checked each hour of virtual time, objects and items at midnight in UTC."""

from __future__ import annotations

from datetime import timedelta

from twin.cloud.moto_hooks import expire_objects
from twin.cloud.services import CloudServices

_EVERY = timedelta(hours=1)


class Retention:
    """Lets every service forget what AWS would have forgotten.

    Parameters
    ----------
    services
        The cloud's services, with the clock that they go by.
    """

    def __init__(self, services: CloudServices) -> None:
        self._services = services

    def start(self) -> None:
        """Check each hour from now on."""
        self._services.clock.keep_house(_EVERY, self.expire)

    def expire(self) -> None:
        """Forget what is over now."""
        services, now = self._services, self._services.clock.now()
        services.kinesis.expire(now)
        services.logs.expire()
        services.metrics.expire(now)
        services.workflows.expire(now)
        services.tables.forget_tokens()
        if now.hour == 0:
            self._expire_stored()

    def _expire_stored(self) -> None:
        services, now = self._services, self._services.clock.now()
        for table in services.tables.expire(now.timestamp()):
            services.sources.table_changed(table)
        for one in expire_objects(services.account, now):
            services.objects.object_expired(one.bucket, one.key, one.version_id)
