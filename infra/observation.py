"""What is watched, and who sees it: alarms by ``callcenter.yaml``, and dashboards of all that was built before."""

from __future__ import annotations

from aws_cdk import Stack
from constructs import Construct

from .dashboards import Dashboards, Sums
from .dashboards.connect import ConnectMetrics
from .dashboards.operator import Machinery
from .data import Tables
from .parts.alarms import Alarms
from .plan import Plan
from .service_alarms import ServiceAlarms
from .telephony import Instance


class Observation(Construct):
    """Alarms and dashboards of a stack.

    Parameters
    ----------
    scope, name
        Place in the tree.
    plan
        The call centre.
    instance
        The Amazon Connect instance, which sends metrics of its own.
    alarms
        Who hears of trouble.
    """

    def __init__(self, scope: Construct, name: str, *, plan: Plan, instance: Instance, alarms: Alarms) -> None:
        super().__init__(scope, name)
        self._plan, self._alarms = plan, alarms
        self._sums, self._connect = Sums(plan.center), ConnectMetrics(instance.id)
        ServiceAlarms(self, "ServiceAlarms", plan=plan, sums=self._sums, connect=self._connect, alarms=alarms)

    def show(self, tables: Tables) -> None:
        """Draw the dashboards of everything that was built in the stack so far, and of the tables beside it."""
        Dashboards(
            self,
            "Dashboards",
            plan=self._plan,
            sums=self._sums,
            connect=self._connect,
            machinery=Machinery.of(Stack.of(self), tables),
            alarms=self._alarms.all,
        )
