"""The local cloud: an AWS account in this process, loaded from the templates that would be deployed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Any, Literal, Self
from uuid import UUID

import boto3
from botocore.config import Config

from twin.cloud.actions import Place
from twin.cloud.api import ApiCall, ApiGate
from twin.cloud.assembly import Asset, StackTemplate, read_assembly
from twin.cloud.bill import Bill, BillLine, PriceList, fixed_costs, make_bill
from twin.cloud.clock import VirtualClock
from twin.cloud.delivery.bus import EventBus
from twin.cloud.delivery.firehose import Firehose
from twin.cloud.delivery.kinesis import KinesisStore
from twin.cloud.delivery.messages import DestinationSender
from twin.cloud.delivery.objects import ObjectEvents
from twin.cloud.delivery.sources import EventSources
from twin.cloud.delivery.targets import TargetCaller
from twin.cloud.duration import Stopwatch
from twin.cloud.errors import CloudError, TemplateError
from twin.cloud.fibers import FiberEvent
from twin.cloud.front.routes import HttpApi
from twin.cloud.functions.inprocess import InProcessRunner
from twin.cloud.functions.isolated import IsolatedRunner
from twin.cloud.functions.service import FunctionService
from twin.cloud.loader import StackLoader
from twin.cloud.logs import LogStore
from twin.cloud.meter import Meter
from twin.cloud.metrics import MetricStore
from twin.cloud.moto_hooks import Interpreter, MotoSession, is_offered
from twin.cloud.policies import Denial, PolicyStore, UnusedGrant
from twin.cloud.randomness import SeededIds
from twin.cloud.resources import builtin_providers
from twin.cloud.resources.dynamic import resolve_dynamic
from twin.cloud.surroundings import Surroundings
from twin.cloud.tables.service import TableStore
from twin.cloud.wiring import wire_gate
from twin.cloud.workflows import WorkflowService
from twin.contracts import Created, Resource, ResourceProvider, ServiceError, ServiceProvider

HandlerMode = Literal["inprocess", "isolated"]
DEFAULT_ACCOUNT = "123456789012"
DEFAULT_REGION = "us-east-1"


class LocalCloud:
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

    _open: LocalCloud | None = None

    def __init__(
        self,
        *,
        seed: int,
        start: datetime,
        handlers: HandlerMode = "inprocess",
        account: str = DEFAULT_ACCOUNT,
        region: str = DEFAULT_REGION,
    ) -> None:
        if LocalCloud._open is not None:
            raise CloudError("a local cloud is open in this process already; close it first (it owns time and boto3)")
        self.account = account
        self.region = region
        self.seed = seed
        self._clock = VirtualClock(start)
        self._randoms: dict[str, Random] = {}
        self._clients: dict[tuple[str, str | None], Any] = {}
        self._resource_providers: dict[str, ResourceProvider] = {}
        self._moto = MotoSession(seed)
        self._ids = SeededIds(self.random("uuid4"))
        self._surroundings = Surroundings()
        self.assets: dict[str, Asset] = {}
        self.stacks: list[StackTemplate] = []
        self.layers: dict[str, Path] = {}
        self.sites: list[str] = []
        self.http_apis: dict[str, HttpApi] = {}
        self.role_names: dict[str, str] = {}
        self.managed_policies: dict[str, Mapping[str, Any]] = {}
        self.tables = TableStore()
        self.meter_book = Meter(self.tables)
        self.policies = PolicyStore(self._clock.now)
        place = Place(account, region)
        self.gate = ApiGate(place, self.policies, self.meter_book, is_offered)
        self.logs = LogStore(self._clock, self.meter_book, place.arn("logs", "log-group:"))
        self.metrics = MetricStore()
        self.sender = DestinationSender(self.client)
        self._build_services(handlers)
        self._begin()

    def _build_services(self, handlers: HandlerMode) -> None:
        self.functions = FunctionService(
            clock=self._clock,
            policies=self.policies,
            logs=self.logs,
            metrics=self.metrics,
            meter=self.meter_book,
            new_id=self.new_id,
            send=self.sender.send,
        )
        self.runner = InProcessRunner(self.region)
        self.isolated = (
            IsolatedRunner(self.region, self.client, self._clock.timestamp) if handlers == "isolated" else None
        )
        self.functions.runner = self.isolated or self.runner
        targets = TargetCaller(self.client, self.functions, self.logs, self.policies)
        self.targets = targets
        self.bus = EventBus(
            clock=self._clock,
            random=self.random("delivery"),
            new_id=self.new_id,
            account=self.account,
            region=self.region,
            targets=targets,
            sender=self.sender,
        )
        self.sources = EventSources(self._clock, self.functions, self.tables, self.sender.send, self.new_id)
        self.kinesis = KinesisStore(self._clock.now)
        self.firehose = Firehose(self.meter_book)
        self.objects = ObjectEvents(self.bus.publish, self._object_bytes)
        self._interpreter = Interpreter(self.account, self.region)
        self.workflows = WorkflowService(
            clock=self._clock,
            meter=self.meter_book,
            interpreter=self._interpreter,
            new_id=self.new_id,
            handler_watch=lambda: self.runner.watch,
        )
        self.loader = StackLoader(
            account=self.account,
            region=self.region,
            dynamic=self._resolve_dynamic,
            find_provider=self._find_provider,
        )

    @classmethod
    def load_assembly(cls, cdk_out: Path, *, seed: int, start: datetime, handlers: HandlerMode = "inprocess") -> Self:
        """Make a cloud and load ``cdk_out`` into it at once."""
        cloud = cls(seed=seed, start=start, handlers=handlers)
        try:
            cloud.load(cdk_out)
        except BaseException:
            cloud.close()
            raise
        return cloud

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def clock(self) -> VirtualClock:
        """The clock that everything in this cloud goes by."""
        return self._clock

    @property
    def denials(self) -> list[Denial]:
        """Every call that IAM refused."""
        return self.policies.denials

    def unused_grants(self) -> list[UnusedGrant]:
        """Return what roles may do and nothing did so far."""
        return self.policies.unused_grants()

    def usage(self) -> dict[tuple[str, str], float]:
        """Return what would be charged so far: quantities by (service, item)."""
        return dict(self.meter_book.quantities)

    def bill(self, calls: int, prices: PriceList | None = None) -> Bill:
        """Return what ``calls`` calls cost so far, by service."""
        return make_bill(self.usage(), calls, prices)

    def fixed_costs(self, prices: PriceList | None = None) -> list[BillLine]:
        """Return what a month costs beside what calls use, if its days were like this one."""
        return fixed_costs(self.loader.resources.values(), self.metrics.months(), prices)

    def meter(self, service: str, item: str, quantity: float) -> None:
        """Count usage that no API call shows, such as voice minutes or transcribed seconds."""
        self.meter_book.add(service, item, quantity)

    def random(self, name: str) -> Random:
        """Return the seeded random stream called ``name``; the same stream for the same name."""
        if name not in self._randoms:
            self._randoms[name] = Random(f"{self.seed}:{name}")
        return self._randoms[name]

    def new_id(self, name: str) -> str:
        """Return the next UUID of the seeded stream called ``name``."""
        return str(UUID(int=self.random(f"id:{name}").getrandbits(128), version=4))

    def client(self, service: str, principal: str | None = None) -> Any:
        """Return a boto3 client whose calls are made, authorised and metered as ``principal``.

        Without a principal the client acts as whoever runs; outside of handlers and workflows that
        is the twin itself, which may do everything and pays nothing.
        """
        key = (service, principal)
        if key not in self._clients:
            client = boto3.client(
                service,  # type: ignore[call-overload]
                region_name=self.region,
                config=Config(retries={"total_max_attempts": 1}, inject_host_prefix=False),
            )
            client._twin_principal = principal
            self._clients[key] = client
        return self._clients[key]

    def emit(self, source: str, detail_type: str, detail: Mapping[str, Any], resources: Sequence[str] = ()) -> None:
        """Put an AWS service event on the default event bus at this moment."""
        self.bus.publish(source, detail_type, detail, resources)

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
        source_arn = source_arn or self._source_of(principal)
        return self.functions.invoke_or_raise(
            function_arn, payload, timeout_seconds=timeout_seconds, principal=principal, source_arn=source_arn
        )

    def provide_service(self, service: str, provider: ServiceProvider) -> None:
        """Let ``provider`` answer the boto3 client ``service`` from now on."""
        self.gate.provide_service(service, provider)

    def provide_resource(self, type_name: str, provider: ResourceProvider) -> None:
        """Let ``provider`` create CloudFormation resources of type ``type_name``."""
        self._resource_providers[type_name] = provider

    def load(self, cdk_out: Path, parameters: Mapping[str, Any] | None = None) -> None:
        """Create everything that the assembly in ``cdk_out`` says.

        Raises
        ------
        AssemblyError, TemplateError, UnknownResourceError, ResourceError
            Naming what, where, and how to mend it.
        """
        assembly = read_assembly(cdk_out)
        self.assets.update(assembly.assets)
        self.loader.set_parameters(parameters or {})
        for stack in assembly.stacks:
            self.stacks.append(stack)
            self.loader.load(stack)

    def created(self, type_name: str) -> list[tuple[Resource, Created]]:
        """Return the loaded resources of a type, with what creating them gave."""
        resources = self.loader.resources.items()
        return [(resource, self.loader.created[key]) for key, resource in resources if resource.type == type_name]

    def run_until(self, moment: datetime) -> None:
        """Run everything due up to ``moment``, which then is now."""
        self._clock.run_until(moment)

    def run_until_idle(self, at_most: timedelta = timedelta(days=1)) -> bool:
        """Run until nothing is scheduled, at most ``at_most`` of virtual time; True when idle."""
        return self._clock.run_until_idle(at_most)

    def run_paced(self, speed: float, *, until: Callable[[], bool]) -> None:
        """Let virtual time follow real time, ``speed`` times as fast, until ``until()`` holds."""
        self._clock.run_paced(speed, until=until)

    def close(self) -> None:
        """Give the process its clock, its boto3 and its environment back."""
        if LocalCloud._open is not self:
            return
        if self.isolated is not None:
            self.isolated.close()
        self.runner.close()
        self._interpreter.remove()
        self.gate.close()
        self._ids.remove()
        self._moto.stop()
        self._clock.stop()
        self._surroundings.remove()
        LocalCloud._open = None

    def _begin(self) -> None:
        LocalCloud._open = self
        self._surroundings.install(self.region)
        self._clock.start()
        self._moto.start()
        self._ids.install()
        self.gate.open()
        event = partial(FiberEvent, self._clock)
        self._interpreter.install(sleep=self.workflows.sleep, event=event, now=self._clock.timestamp)
        self.gate.on_request = self._time_request
        wire_gate(self)

    def _time_request(self, call: ApiCall) -> None:
        watch: Stopwatch | None = self.runner.watch or self.workflows.watch
        if watch is not None:
            watch.add_call(call.service, call.body_bytes)

    def _object_bytes(self, bucket: str, key: str) -> int:
        return self._moto.object_bytes(self.account, bucket, key)

    def _source_of(self, principal: str) -> str:
        if principal != "connect.amazonaws.com":
            return ""
        instances = self.created("AWS::Connect::Instance")
        return str(instances[0][1].attributes.get("Arn", instances[0][1].ref)) if instances else ""

    def _find_provider(self, type_name: str) -> ResourceProvider | None:
        if type_name in self._resource_providers:
            return self._resource_providers[type_name]
        provider = builtin_providers().get(type_name)
        return partial(provider, self) if provider is not None else None

    def _resolve_dynamic(self, service: str, reference: str) -> str:
        try:
            return resolve_dynamic(self, service, reference)
        except ServiceError as error:
            raise TemplateError(f"{{{{resolve:{service}:{reference}}}}}: {error}") from error
