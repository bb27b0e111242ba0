"""Closing a day: every night the counters are proved against the log and the history, and reports are written."""

from __future__ import annotations

import json

from aws_cdk import Duration, TimeZone
from aws_cdk.aws_iam import Effect, PolicyStatement
from aws_cdk.aws_lambda import IFunction
from aws_cdk.aws_scheduler import ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput, TimeWindow
from aws_cdk.aws_scheduler_targets import StepFunctionsStartExecution
from constructs import Construct

from .data import CONTACTS_BY_DAY, RESULTS_PREFIX, TRANSCRIPTS_PREFIX, Buckets, Tables
from .history import History
from .parts.alarms import Alarms
from .parts.dead_letters import DeadLetters
from .parts.python_function import FunctionBase, PythonFunction
from .parts.workflow import StandardWorkflow
from .plan import Plan
from .reports import Reports

DRIFT_PREFIX = "drift/"
TOTALS_QUERY = "service_by_interval"
CONTACTS_QUERY = "contacts_of_day"
_FULL_PROCESSOR_MIB = 1769
_LONGEST_RUN_SECONDS = 900
_ASKED_DAY = "$.log.outcome.asked_day"
_OF_A_DAY = frozenset({"from_day", "to_day"})


class Closing(Construct):
    """The workflow ``close_day``, its three functions, and the schedule that starts it in the centre's night.

    Parameters
    ----------
    scope, name
        Place in the tree.
    plan
        The centre: its time zone.
    base, tables, buckets, alarms
        What capabilities share.
    history
        The delivery stream of hourly counters, and the queries that the counters are held against.
    failures
        The queue of failed workflows.
    reports
        Writes the reports that a day completes.

    Notes
    -----
    At a quarter past three no change of clocks is near, and the evening's last corrections have come. A schedule
    that cannot start the workflow for a day is kept with its cause.

    **Source**: EventBridge Scheduler user guide, "Schedule types" (time zones), "Configuring a schedule's
    dead-letter queue".
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        plan: Plan,
        base: FunctionBase,
        tables: Tables,
        buckets: Buckets,
        history: History,
        failures: DeadLetters,
        reports: Reports,
        alarms: Alarms,
    ) -> None:
        super().__init__(scope, name)
        self._base, self._tables, self._buckets, self._history = base, tables, buckets, history
        self.recount_day = self._recount_day()
        self.compare_history = self._compare_history()
        self.roll_up_day = self._roll_up_day()
        self.functions = [self.recount_day, self.compare_history, self.roll_up_day]
        self.workflow = self._close_day(failures, reports.write_report)
        dead_letters = DeadLetters(self, "ScheduleDeadLetters")
        self._start_at_night(plan.center.time_zone, dead_letters)
        alarms.watch_dead_letters("DaysNotClosed", dead_letters)
        alarms.watch_workflow("CloseDayFailures", self.workflow)

    def _recount_day(self) -> PythonFunction:
        """Create the function that reads every contact of a day: a full processor, and all the time there is."""
        tables, buckets = self._tables, self._buckets
        function = PythonFunction(
            self,
            "RecountDay",
            base=self._base,
            function="recount_day",
            description="Holds a day's counters against contacts and agents, and finds contacts that are stuck",
            memory_mib=_FULL_PROCESSOR_MIB,
            timeout_seconds=_LONGEST_RUN_SECONDS,
            environment={
                "CONTACTS_TABLE": tables.contacts.table_name,
                "AGENT_STATES_TABLE": tables.agent_states.table_name,
                "LIVE_TABLE": tables.live.table_name,
                "HISTORY_AGENT_STATES_STREAM": self._history.stream_name("agent_states"),
                "METRICS_TABLE": tables.metrics.table_name,
                "DRIFT_BUCKET": buckets.history.bucket_name,
                "CONVERSATIONS_BUCKET": buckets.conversations.bucket_name,
                "RECORDINGS_BUCKET": buckets.recordings.bucket_name,
            },
        )
        self._allow_reading_contacts(function)
        tables.agent_states.allow(function, "Query", "PutItem")
        tables.live.allow(function, "Query")
        self._history.allow_put(function, "agent_states")
        tables.metrics.allow(function, "Query", "UpdateItem")
        buckets.history.allow_objects(function, DRIFT_PREFIX, "GetObject", "PutObject", "DeleteObject")
        function.add_to_role_policy(
            PolicyStatement(
                effect=Effect.ALLOW,
                actions=["s3:ListBucket"],
                resources=[buckets.conversations.bucket_arn],
                conditions={"StringLike": {"s3:prefix": f"{TRANSCRIPTS_PREFIX}*"}},
            )
        )
        return function

    def _compare_history(self) -> PythonFunction:
        tables, bucket = self._tables, self._buckets.history
        function = PythonFunction(
            self,
            "CompareHistory",
            base=self._base,
            function="compare_history",
            description="Holds a day's hours in the history against the sums of the counters",
            memory_mib=_FULL_PROCESSOR_MIB,
            timeout_seconds=_LONGEST_RUN_SECONDS,
            environment={
                "CONTACTS_TABLE": tables.contacts.table_name,
                "METRICS_TABLE": tables.metrics.table_name,
                "DRIFT_BUCKET": bucket.bucket_name,
            },
        )
        self._allow_reading_contacts(function)
        tables.metrics.allow(function, "Query")
        bucket.allow_objects(function, RESULTS_PREFIX, "GetObject")
        bucket.allow_objects(function, DRIFT_PREFIX, "PutObject", "DeleteObject")
        return function

    def _roll_up_day(self) -> PythonFunction:
        function = PythonFunction(
            self,
            "RollUpDay",
            base=self._base,
            function="roll_up_day",
            description="Adds the hourly sums of a day's counters to the history",
            memory_mib=512,
            timeout_seconds=300,
            environment={
                "METRICS_TABLE": self._tables.metrics.table_name,
                "HISTORY_COUNTERS_STREAM": self._history.stream_name("counters"),
            },
        )
        self._tables.metrics.allow(function, "Query", "DeleteItem")
        self._history.allow_put(function, "counters")
        return function

    def _allow_reading_contacts(self, function: PythonFunction) -> None:
        self._tables.contacts.allow(function, "BatchGetItem")
        self._tables.contacts.allow_on_index(function, CONTACTS_BY_DAY, "Query")

    def _close_day(self, failures: DeadLetters, write_report: IFunction) -> StandardWorkflow:
        queries = self._history.queries
        workflow = StandardWorkflow(
            self,
            "CloseDay",
            settings=self._base.settings,
            workflow="close_day",
            substitutions={
                "RecountDayFunctionArn": self.recount_day.function_arn,
                "CompareHistoryFunctionArn": self.compare_history.function_arn,
                "RollUpDayFunctionArn": self.roll_up_day.function_arn,
                "WriteReportFunctionArn": write_report.function_arn,
                "HistoryDatabase": queries.database_name,
                "HistoryWorkgroup": queries.workgroup_name,
                "TotalsQuery": self._quote_query(TOTALS_QUERY),
                "TotalsParameters": self._ask_for_day(TOTALS_QUERY),
                "ContactsQuery": self._quote_query(CONTACTS_QUERY),
                "ContactsParameters": self._ask_for_day(CONTACTS_QUERY),
                "FailureQueueUrl": failures.queue_url,
            },
        )
        for function in (*self.functions, write_report):
            workflow.allow_invoke(function)
        queries.allow_queries(workflow)
        workflow.allow("sqs:SendMessage", on=failures.queue_arn)
        workflow.allow_starting_itself()
        return workflow

    def _quote_query(self, name: str) -> str:
        """Return a query as it stands within a JSON text."""
        return json.dumps(self._history.queries.texts[name])[1:-1]

    def _ask_for_day(self, name: str) -> str:
        """Return the intrinsic function that asks a query for one day."""
        asked = self._history.queries.asked(name)
        if not set(asked) <= _OF_A_DAY:
            raise ValueError(f"query {name} asks {', '.join(asked)}: a night knows only {', '.join(sorted(_OF_A_DAY))}")
        return f"States.Array({', '.join([_ASKED_DAY] * len(asked))})"

    def _start_at_night(self, time_zone: str, dead_letters: DeadLetters) -> None:
        target = StepFunctionsStartExecution(
            self.workflow,
            input=ScheduleTargetInput.from_object({"scheduled_at": ContextAttribute.scheduled_time}),
            dead_letter_queue=dead_letters,
            retry_attempts=8,
            max_event_age=Duration.hours(6),
        )
        Schedule(
            self,
            "Nightly",
            description="Closes the day before, by the centre's clock",
            schedule=ScheduleExpression.cron(minute="15", hour="3", time_zone=TimeZone.of(time_zone)),
            time_window=TimeWindow.off(),
            target=target,
        )
