"""The services of the local cloud, wired to each other."""

from __future__ import annotations

from functools import partial
from typing import Literal

from twin.cloud.actions import Place
from twin.cloud.alarms import PRINCIPAL as CLOUDWATCH
from twin.cloud.alarms import AlarmService
from twin.cloud.api import ApiCall, ApiGate
from twin.cloud.athena.service import Athena
from twin.cloud.catalogue import DataCatalogue
from twin.cloud.clients import Clients
from twin.cloud.clock import VirtualClock
from twin.cloud.delivery.bus import EventBus
from twin.cloud.delivery.firehose import Firehose
from twin.cloud.delivery.kinesis import KinesisStore
from twin.cloud.delivery.messages import DestinationSender
from twin.cloud.delivery.objects import ObjectEvents
from twin.cloud.delivery.schedules import Scheduler
from twin.cloud.delivery.sources import EventSources
from twin.cloud.delivery.targets import TargetCaller
from twin.cloud.duration import Stopwatch
from twin.cloud.functions.inprocess import InProcessRunner
from twin.cloud.functions.isolated import IsolatedRunner
from twin.cloud.functions.service import FunctionService
from twin.cloud.http_task import HttpTasks
from twin.cloud.logs import LogStore
from twin.cloud.meter import Meter
from twin.cloud.metrics import MetricStore
from twin.cloud.moto_hooks import Interpreter, is_offered, object_bytes, queue_depth
from twin.cloud.policies import PolicyStore
from twin.cloud.randomness import SeededStreams
from twin.cloud.spool import Spool
from twin.cloud.tables.service import TableStore
from twin.cloud.workflows import WorkflowService

HandlerMode = Literal["inprocess", "isolated"]


class CloudServices:
    """Every service that the cloud answers by itself; moto answers the others.

    Parameters
    ----------
    place
        Account and region of everything.
    clock, streams, clients
        Time, randomness and boto3 clients of the cloud.
    handlers
        Where handlers run.
    """

    def __init__(
        self, *, place: Place, clock: VirtualClock, streams: SeededStreams, clients: Clients, handlers: HandlerMode
    ) -> None:
        self.account = place.account
        self.region = place.region
        self.clock = clock
        self.spool = Spool()
        self._build_stores(place, clients)
        self._build_functions(streams, clients, handlers)
        self._build_delivery(streams)
        self._build_workflows(streams)
        self._build_alarms(place, clients)
        self._build_analytics(streams, clients)

    def close_runners(self) -> None:
        """Stop what runs handlers."""
        if self.isolated is not None:
            self.isolated.close()
        self.runner.close()

    def _build_stores(self, place: Place, clients: Clients) -> None:
        self.tables = TableStore()
        self.meter_book = Meter(self.tables)
        self.policies = PolicyStore(self.clock.now)
        self.logs = LogStore(self.clock, self.meter_book, place.arn("logs", "log-group:"), self.spool)
        self.metrics = MetricStore()
        self.kinesis = KinesisStore(self.clock.now)
        self.firehose = Firehose(self.meter_book)
        self.sender = DestinationSender(clients.client)
        self.gate = ApiGate(place, self.policies, self.meter_book, is_offered)
        self.gate.on_request = self._time_request
        self.gate.key_of = self.tables.key_of

    def _build_functions(self, streams: SeededStreams, clients: Clients, handlers: HandlerMode) -> None:
        self.functions = FunctionService(
            clock=self.clock,
            policies=self.policies,
            logs=self.logs,
            metrics=self.metrics,
            meter=self.meter_book,
            new_id=streams.new_id,
            send=self.sender.send,
        )
        self.runner = InProcessRunner(self.region)
        self.isolated = (
            IsolatedRunner(self.region, clients.client, self.clock.timestamp) if handlers == "isolated" else None
        )
        self.functions.runner = self.isolated or self.runner
        self.targets = TargetCaller(clients.client, self.functions, self.logs, self.policies)

    def _build_delivery(self, streams: SeededStreams) -> None:
        self.bus = EventBus(
            clock=self.clock,
            random=streams.random("delivery"),
            new_id=streams.new_id,
            account=self.account,
            region=self.region,
            targets=self.targets,
            sender=self.sender,
        )
        self.scheduler = Scheduler(
            clock=self.clock,
            meter=self.meter_book,
            new_id=streams.new_id,
            targets=self.targets,
            sender=self.sender,
        )
        self.sources = EventSources(self.clock, self.functions, self.tables, self.sender.send, streams.new_id)
        self.objects = ObjectEvents(self.bus.publish, partial(object_bytes, self.account))

    def _build_workflows(self, streams: SeededStreams) -> None:
        self.interpreter = Interpreter(self.account, self.region)
        self.http_tasks = HttpTasks(self.policies, self.region)
        self.workflows = WorkflowService(
            clock=self.clock,
            meter=self.meter_book,
            interpreter=self.interpreter,
            new_id=streams.new_id,
            handler_watch=lambda: self.runner.watch,
            http_tasks=self.http_tasks,
            metrics=self.metrics,
        )
        self.http_tasks.wait = self.workflows.wait

    def _build_alarms(self, place: Place, clients: Clients) -> None:
        def publish(topic: str, subject: str, message: str) -> None:
            clients.client("sns", CLOUDWATCH).publish(TopicArn=topic, Subject=subject, Message=message)

        self.alarms = AlarmService(
            clock=self.clock,
            store=self.metrics,
            place=place,
            publish=publish,
            depth=partial(queue_depth, place.account, place.region),
        )

    def _build_analytics(self, streams: SeededStreams, clients: Clients) -> None:
        self.catalogue = DataCatalogue(self.gate.authorise)
        self.athena = Athena(
            clock=self.clock,
            client=clients.client,
            catalogue=self.catalogue,
            meter=self.meter_book,
            new_id=streams.new_id,
            authorise=self.gate.authorise,
        )

    def _time_request(self, call: ApiCall) -> None:
        watch: Stopwatch | None = self.runner.watch or self.workflows.watch
        if watch is not None:
            watch.add_call(call.service, call.body_bytes)
