"""The live picture: contact events and agent events become items that the console shows."""

from __future__ import annotations

from collections.abc import Mapping

from aws_cdk import Duration, Fn
from aws_cdk.aws_events import EventPattern, Rule
from aws_cdk.aws_events_targets import LambdaFunction
from aws_cdk.aws_kinesis import IStream
from aws_cdk.aws_lambda import EventSourceMapping, FilterCriteria, FilterRule, StartingPosition
from aws_cdk.aws_lambda_event_sources import SqsDlq
from constructs import Construct

from .data import Tables
from .history import History
from .parts.alarms import Alarms
from .parts.dead_letters import DeadLetters
from .parts.python_function import FunctionBase, PythonFunction

_AGENT_EVENTS = ("LOGIN", "LOGOUT", "STATE_CHANGE")
_HEARTBEAT = "HEART_BEAT"
_HEARTBEAT_WINDOW = Duration.seconds(300)
_CONTACT_EVENTS = ("INITIATED", "QUEUED", "CONNECTED_TO_AGENT", "DISCONNECTED")
_TYPE_SPELLINGS = ("eventType", "EventType")
_INSTANCE_SPELLINGS = ("instanceArn", "instanceARN", "InstanceARN")


class Live(Construct):
    """Two functions that follow contacts and agents, each with its dead letters, and one that hears who is there."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        base: FunctionBase,
        tables: Tables,
        stream: IStream,
        instance_arn: str,
        queues: Mapping[str, str],
        history: History,
        alarms: Alarms,
    ) -> None:
        super().__init__(scope, name)
        self._base = base
        self._follow_contacts(tables, instance_arn, queues, alarms)
        self._follow_agents(tables, stream, history, alarms)
        self._watch_agents(tables, stream)
        self.functions = [self.track_contact, self.track_agent, self.watch_agents]

    def _follow_contacts(self, tables: Tables, instance_arn: str, queues: Mapping[str, str], alarms: Alarms) -> None:
        """Route the contact events of this instance that move a contact to ``track_contact``."""
        dead_letters = DeadLetters(self, "ContactEventDeadLetters")
        self.track_contact = PythonFunction(
            self,
            "TrackContact",
            base=self._base,
            function="track_contact",
            description="Keeps the live picture of contacts",
            memory_mib=256,
            timeout_seconds=30,
            environment={"LIVE_TABLE": tables.live.table_name, "QUEUE_KEYS": _keys_by_id(queues)},
            on_failure=dead_letters,
        )
        tables.live.allow(self.track_contact, "UpdateItem")
        rule = Rule(
            self,
            "ContactEvents",
            description="Contact events of the centre's instance",
            event_pattern=EventPattern(
                source=["aws.connect"],
                detail_type=["Amazon Connect Contact Event"],
                detail={"$or": _spell_out(instance_arn)},
            ),
        )
        rule.add_target(
            LambdaFunction(
                self.track_contact,
                dead_letter_queue=dead_letters,
                retry_attempts=3,
                max_event_age=Duration.hours(1),
            )
        )
        alarms.watch_dead_letters("ContactEventsLost", dead_letters)

    def _follow_agents(self, tables: Tables, stream: IStream, history: History, alarms: Alarms) -> None:
        """Read the agent event stream, without its heartbeats.

        **Source**: AWS Lambda developer guide, "Process records from a Kinesis stream".
        """
        dead_letters = DeadLetters(self, "AgentEventDeadLetters")
        self.track_agent = PythonFunction(
            self,
            "TrackAgent",
            base=self._base,
            function="track_agent",
            description="Logs the states of agents, and keeps the live picture of them",
            memory_mib=256,
            timeout_seconds=60,
            environment={
                "LIVE_TABLE": tables.live.table_name,
                "AGENT_STATES_TABLE": tables.agent_states.table_name,
                "HISTORY_AGENT_STATES_STREAM": history.stream_name("agent_states"),
            },
        )
        history.allow_put(self.track_agent, "agent_states")
        tables.live.allow(self.track_agent, "GetItem", "Query", "UpdateItem")
        tables.agent_states.allow(self.track_agent, "GetItem", "Query", "PutItem")
        _allow_polling(self.track_agent, stream)
        EventSourceMapping(
            self,
            "AgentEvents",
            target=self.track_agent,
            event_source_arn=stream.stream_arn,
            starting_position=StartingPosition.LATEST,
            batch_size=100,
            max_batching_window=Duration.seconds(1),
            filters=[FilterCriteria.filter({"data": {"EventType": FilterRule.or_(*_AGENT_EVENTS)}})],
            bisect_batch_on_error=True,
            report_batch_item_failures=True,
            retry_attempts=5,
            max_record_age=Duration.hours(1),
            on_failure=SqsDlq(dead_letters),
        )
        alarms.watch_dead_letters("AgentEventsLost", dead_letters)

    def _watch_agents(self, tables: Tables, stream: IStream) -> None:
        """Gather heartbeats for five minutes, so that who is there costs one write and one query.

        A batch that fails is dropped: every agent is heard again within two minutes.

        **Source**: AWS Lambda developer guide, "Lambda parameters for Amazon Kinesis Data Streams event source
        mappings" (``MaximumBatchingWindowInSeconds`` is at most 300).
        """
        self.watch_agents = PythonFunction(
            self,
            "WatchAgents",
            base=self._base,
            function="watch_agents",
            description="Hears which agents are there, and mends what lost events left wrong",
            memory_mib=256,
            timeout_seconds=60,
            environment={"LIVE_TABLE": tables.live.table_name},
        )
        tables.live.allow(self.watch_agents, "Query", "PutItem", "UpdateItem")
        _allow_polling(self.watch_agents, stream)
        EventSourceMapping(
            self,
            "Heartbeats",
            target=self.watch_agents,
            event_source_arn=stream.stream_arn,
            starting_position=StartingPosition.LATEST,
            batch_size=1000,
            max_batching_window=_HEARTBEAT_WINDOW,
            filters=[FilterCriteria.filter({"data": {"EventType": FilterRule.is_equal(_HEARTBEAT)}})],
            retry_attempts=2,
            max_record_age=Duration.minutes(10),
        )


def _allow_polling(function: PythonFunction, stream: IStream) -> None:
    function.allow(
        *("kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords"),
        *("kinesis:GetShardIterator", "kinesis:ListShards"),
        on=stream.stream_arn,
    )


def _spell_out(instance_arn: str) -> list[dict[str, list[str]]]:
    """Return a pattern for each way of spelling the two members that decide.

    **Source**: Amazon Connect administrator guide, "Contact events": its samples spell the type in two
    ways and the instance in three.
    """
    return [
        {type_name: list(_CONTACT_EVENTS), instance_name: [instance_arn]}
        for type_name in _TYPE_SPELLINGS
        for instance_name in _INSTANCE_SPELLINGS
    ]


def _keys_by_id(queues: Mapping[str, str]) -> str:
    """Return JSON of queues' ids and keys, put together as text: ids are known only at deployment."""
    ids = {key: Fn.select(3, Fn.split("/", arn)) for key, arn in queues.items()}
    return "{" + ",".join(f'"{queue_id}":"{key}"' for key, queue_id in ids.items()) + "}"
