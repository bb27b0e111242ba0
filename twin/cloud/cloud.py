"""The local cloud: an AWS account in this process, loaded from the templates that would be deployed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, Self

from twin.cloud.actions import Place
from twin.cloud.assembly import read_assembly
from twin.cloud.bill import Bill, BillLine, PriceList, fixed_costs, make_bill
from twin.cloud.clients import Clients
from twin.cloud.clock import VirtualClock
from twin.cloud.garbage import release_closed, set_aside
from twin.cloud.inventory import Inventory
from twin.cloud.loader import StackLoader
from twin.cloud.metrics import MetricName
from twin.cloud.outside import OutsideWorld
from twin.cloud.policies import Denial, UnusedGrant
from twin.cloud.process import ProcessLoan
from twin.cloud.randomness import SeededStreams
from twin.cloud.resources import builtin_providers
from twin.cloud.resources.dynamic import resolve_dynamic
from twin.cloud.retention import Retention
from twin.cloud.services import CloudServices, HandlerMode
from twin.cloud.stacks import StackApi
from twin.cloud.wiring import wire_gate
from twin.contracts import Created, Resource, ResourceProvider, ServiceProvider

DEFAULT_ACCOUNT = "123456789012"
DEFAULT_REGION = "us-east-1"


class LocalCloud(CloudServices):
    """An AWS account in this process, in virtual time; one at a time.

    Parameters
    ----------
    seed
        Fixes everything random.
    start
        First virtual moment, aware.
    handlers
        ``"inprocess"`` runs handlers here; ``"isolated"`` gives each function a process of its own
        under the real Lambda runtime client.
    account, region
        What the templates' pseudo parameters stand for.

    Examples
    --------
    Register services between making the cloud and loading it::

        with LocalCloud(seed=1, start=morning) as cloud:
            connect.install(cloud, studio)
            cloud.load(Path("cdk.out"))
            cloud.run_until(evening)
    """

    def __init__(
        self,
        *,
        seed: int,
        start: datetime,
        handlers: HandlerMode = "inprocess",
        account: str = DEFAULT_ACCOUNT,
        region: str = DEFAULT_REGION,
    ) -> None:
        self._streams = SeededStreams(seed)
        self._process = ProcessLoan(seed, self._streams.random("uuid4"))
        self._clients = Clients(region)
        super().__init__(
            place=Place(account, region),
            clock=VirtualClock(start),
            streams=self._streams,
            clients=self._clients,
            handlers=handlers,
        )
        self.inventory = Inventory()
        self._providers: dict[str, ResourceProvider] = {}
        self.loader = StackLoader(
            account=account,
            region=region,
            dynamic=partial(resolve_dynamic, self),
            find_provider=self._find_provider,
        )
        self._process.take(self)
        wire_gate(self)
        Retention(self).start()
        stacks = StackApi(self.loader, self.clock)
        self.gate.provide_operation("cloudformation", "ListStackResources", stacks.list_resources)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the process its clock, its boto3 and its environment back."""
        self._process.give_back(self)

    # --- the templates ------------------------------------------------------------------------------

    def provide_service(self, service: str, provider: ServiceProvider) -> None:
        """Let ``provider`` answer the boto3 client ``service`` from now on."""
        self.gate.provide_service(service, provider)

    def provide_resource(self, type_name: str, provider: ResourceProvider) -> None:
        """Let ``provider`` create CloudFormation resources of type ``type_name``."""
        self._providers[type_name] = provider

    def load(self, cdk_out: Path, parameters: Mapping[str, Any] | None = None) -> None:
        """Create everything that the assembly in ``cdk_out`` says.

        Raises
        ------
        AssemblyError, TemplateError, UnknownResourceError, ResourceError
            Naming what, where, and how to mend it.
        """
        release_closed()
        assembly = read_assembly(cdk_out)
        self.inventory.assets.update(assembly.assets)
        self.loader.set_parameters(parameters or {})
        for stack in assembly.stacks:
            self.loader.load(stack)
        set_aside()

    def created(self, type_name: str) -> list[tuple[Resource, Created]]:
        """Return the loaded resources of a type, with what creating them gave."""
        resources = self.loader.resources.items()
        return [(resource, self.loader.created[key]) for key, resource in resources if resource.type == type_name]

    def _find_provider(self, type_name: str) -> ResourceProvider | None:
        if type_name in self._providers:
            return self._providers[type_name]
        provider = builtin_providers().get(type_name)
        return partial(provider, self) if provider is not None else None

    # --- time ---------------------------------------------------------------------------------------

    def run_until(self, moment: datetime) -> None:
        """Run everything due up to ``moment``, which then is now."""
        self.clock.run_until(moment)

    def run_until_idle(self, at_most: timedelta = timedelta(days=1)) -> bool:
        """Run until nothing is scheduled, at most ``at_most`` of virtual time; True when idle."""
        return self.clock.run_until_idle(at_most)

    def run_paced(self, speed: float, *, until: Callable[[], bool]) -> None:
        """Let virtual time follow real time, ``speed`` times as fast, until ``until()`` holds."""
        self.clock.run_paced(speed, until=until)

    # --- for services and people (see contracts.Cloud) -------------------------------------------------

    def random(self, name: str) -> Random:
        """Return the seeded random stream called ``name``; the same stream for the same name."""
        return self._streams.random(name)

    def new_id(self, name: str) -> str:
        """Return the next UUID of the seeded stream called ``name``."""
        return self._streams.new_id(name)

    def client(self, service: str, principal: str | None = None) -> Any:
        """Return a boto3 client whose calls are made, authorised and metered as ``principal``.

        Without a principal the client acts as whoever runs; outside of handlers and workflows that
        is the twin itself, which may do everything and pays nothing.
        """
        return self._clients.client(service, principal)

    def emit(self, source: str, detail_type: str, detail: Mapping[str, Any], resources: Sequence[str] = ()) -> None:
        """Put an AWS service event on the default event bus at this moment."""
        self.bus.publish(source, detail_type, detail, resources)

    def put_metric(self, namespace: str, name: str, dimensions: Mapping[str, str], value: float) -> None:
        """Put a metric that an AWS service itself sends to CloudWatch; nobody pays for it."""
        self.metrics.put_one(self.clock.now(), MetricName(namespace, name, tuple(sorted(dimensions.items()))), value)

    @property
    def outside(self) -> OutsideWorld:
        """The hosts that workflows can reach; nobody else is there."""
        return self.http_tasks.outside

    def invoke(
        self, function_arn: str, payload: Any, *, timeout_seconds: float, principal: str, source_arn: str = ""
    ) -> Any:
        """Invoke a Lambda function synchronously; answer its JSON result.

        Parameters
        ----------
        function_arn
            Which function.
        payload
            Its event.
        timeout_seconds
            How long the caller waits, in virtual seconds.
        principal
            Who invokes.
        source_arn
            Resource on whose behalf a service invokes; for Connect the only instance, when empty.
        """
        return self.functions.invoke_or_raise(
            function_arn,
            payload,
            timeout_seconds=timeout_seconds,
            principal=principal,
            source_arn=source_arn or self._source_of(principal),
        )

    def _source_of(self, principal: str) -> str:
        if principal != "connect.amazonaws.com":
            return ""
        instances = self.created("AWS::Connect::Instance")
        return str(instances[0][1].attributes.get("Arn", instances[0][1].ref)) if instances else ""

    # --- what was used ----------------------------------------------------------------------------------

    def meter(self, service: str, item: str, quantity: float) -> None:
        """Count usage that no API call shows, such as voice minutes or transcribed seconds."""
        self.meter_book.add(service, item, quantity)

    def usage(self) -> dict[tuple[str, str], float]:
        """Return what would be charged so far: quantities by (service, item)."""
        return dict(self.meter_book.quantities)

    def bill(self, calls: int, prices: PriceList | None = None) -> Bill:
        """Return what ``calls`` calls cost so far, by service."""
        return make_bill(self.usage(), calls, prices)

    def fixed_costs(self, prices: PriceList | None = None) -> list[BillLine]:
        """Return what a month costs beside what calls use, if its days were like this one."""
        return fixed_costs(self.loader.resources.values(), self.metrics.months(), prices)

    @property
    def denials(self) -> list[Denial]:
        """Every call that IAM refused."""
        return self.policies.denials

    def unused_grants(self) -> list[UnusedGrant]:
        """Return what roles may do and nothing did so far."""
        return self.policies.unused_grants()
