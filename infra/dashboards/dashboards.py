"""The dashboards that ``callcenter.yaml`` asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from aws_cdk import Duration
from aws_cdk.aws_cloudwatch import Dashboard, IAlarm, PeriodOverride
from constructs import Construct

from ..plan import Plan
from .connect import ConnectMetrics
from .manager import manager
from .operator import Machinery, operator
from .sums import Sums
from .supervisor import supervisor
from .wallboard import opening_day, wallboard
from .widgets import Rows

_MONTHS = Duration.days(90)
_DAY = Duration.days(1)


class Dashboards(Construct):
    """One dashboard for each name under ``metrics.dashboards``, called after the instance.

    Parameters
    ----------
    scope, name
        Place in the tree.
    plan
        The call centre; the instance's alias begins the dashboards' names.
    sums, connect
        The centre's own metrics, and Amazon Connect's.
    machinery
        What the operator watches.
    alarms
        What the manager sees the state of.

    Notes
    -----
    Widgets keep their periods whatever time somebody looks at (``periodOverride: inherit``): a quarter of an hour stays
    one, and a day a day.

    **Source**: Amazon CloudWatch API reference, "Dashboard body structure and syntax".
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        plan: Plan,
        sums: Sums,
        connect: ConnectMetrics,
        machinery: Machinery,
        alarms: Sequence[IAlarm],
    ) -> None:
        super().__init__(scope, name)
        center = plan.center
        boards: Mapping[str, tuple[Duration, Callable[[], Rows]]] = {
            "wallboard": (opening_day(center), lambda: wallboard(center, sums, connect)),
            "supervisor": (opening_day(center), lambda: supervisor(sums, connect)),
            "manager": (_MONTHS, lambda: manager(center, sums, alarms)),
            "operator": (_DAY, lambda: operator(sums, machinery)),
        }
        for each in center.metrics.dashboards:
            span, compose = boards[each]
            Dashboard(
                self,
                each.capitalize(),
                dashboard_name=f"{plan.alias}-{each}",
                default_interval=span,
                period_override=PeriodOverride.INHERIT,
                widgets=compose(),
            )
