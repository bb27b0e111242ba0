"""Conversations: a finished transcript is measured, put into categories and linked to its contact."""

from __future__ import annotations

from aws_cdk import Stack
from aws_cdk.aws_events import EventPattern, Rule
from constructs import Construct

from .data import ANALYSES_PREFIX, TRANSCRIPTS_PREFIX, Buckets, Tables
from .history import History
from .parts.acknowledgement import acknowledge_resource
from .parts.alarms import Alarms
from .parts.dead_letters import DeadLetters
from .parts.python_function import FunctionBase, PythonFunction
from .parts.workflow import ExpressWorkflow


class Conversations(Construct):
    """The workflow ``process_transcript``, started when a transcription job ends, well or not."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        base: FunctionBase,
        tables: Tables,
        buckets: Buckets,
        failures: DeadLetters,
        history: History,
        alarms: Alarms,
    ) -> None:
        super().__init__(scope, name)
        self.analyse_transcript = self._analyse_transcript(base, buckets, history)
        self.workflow = ExpressWorkflow(
            self,
            "ProcessTranscript",
            settings=base.settings,
            workflow="process_transcript",
            substitutions={
                "AnalyseTranscriptFunctionArn": self.analyse_transcript.function_arn,
                "ContactsTable": tables.contacts.table_name,
                "FailureQueueUrl": failures.queue_url,
            },
        )
        self.workflow.allow_invoke(self.analyse_transcript)
        tables.contacts.allow(self.workflow, "PutItem")
        self.workflow.allow("sqs:SendMessage", on=failures.queue_arn)
        self._allow_asking_why()
        self._start_on_transcripts(alarms)
        self.functions = [self.analyse_transcript]

    def _analyse_transcript(self, base: FunctionBase, buckets: Buckets, history: History) -> PythonFunction:
        function = PythonFunction(
            self,
            "AnalyseTranscript",
            base=base,
            function="analyse_transcript",
            description="Measures a conversation and finds its categories",
            memory_mib=512,
            timeout_seconds=60,
            environment={
                "CONVERSATIONS_BUCKET": buckets.conversations.bucket_name,
                "HISTORY_ANALYSES_STREAM": history.stream_name("analyses"),
            },
        )
        history.allow_put(function, "analyses")
        buckets.conversations.allow_objects(function, TRANSCRIPTS_PREFIX, "GetObject")
        buckets.conversations.allow_objects(function, ANALYSES_PREFIX, "PutObject", "PutObjectTagging")
        return function

    def _allow_asking_why(self) -> None:
        """Let the workflow ask Transcribe why a job failed; jobs are named by their contacts."""
        jobs = Stack.of(self).format_arn(service="transcribe", resource="transcription-job", resource_name="*")
        self.workflow.allow("transcribe:GetTranscriptionJob", on=jobs)
        acknowledge_resource(
            self.workflow.role,
            "arn:<AWS::Partition>:transcribe:<AWS::Region>:<AWS::AccountId>:transcription-job/*",
            "A job is named by its contact, which is known only when it has ended.",
        )

    def _start_on_transcripts(self, alarms: Alarms) -> None:
        """Start the workflow when Transcribe announces the end of a job.

        **Source**: Amazon Transcribe developer guide, "Using Amazon EventBridge with Amazon Transcribe".
        """
        dead_letters = DeadLetters(self, "TranscriptDeadLetters")
        rule = Rule(
            self,
            "EndedTranscriptions",
            description="Transcription jobs that completed or failed",
            event_pattern=EventPattern(
                source=["aws.transcribe"],
                detail_type=["Transcribe Job State Change"],
                detail={"TranscriptionJobStatus": ["COMPLETED", "FAILED"]},
            ),
        )
        self.workflow.start_on(rule, dead_letters)
        alarms.watch_dead_letters("TranscriptsNotProcessed", dead_letters)
