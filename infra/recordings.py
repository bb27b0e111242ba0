"""Recordings: verified, hashed, tagged with their retention and handed to transcription."""

from __future__ import annotations

from aws_cdk.aws_events import EventPattern, Match, Rule
from constructs import Construct

from .data import RECORDINGS_PREFIX, TRANSCRIPTS_PREFIX, Buckets, Tables
from .parts.alarms import Alarms
from .parts.dead_letters import DeadLetters
from .parts.python_function import FunctionBase, PythonFunction
from .parts.workflow import ExpressWorkflow


class Recordings(Construct):
    """The workflow ``ingest_recording``, started by every new recording."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        base: FunctionBase,
        tables: Tables,
        buckets: Buckets,
        failures: DeadLetters,
        alarms: Alarms,
    ) -> None:
        super().__init__(scope, name)
        self._buckets = buckets
        self.verify_recording = PythonFunction(
            self,
            "VerifyRecording",
            base=base,
            function="verify_recording",
            description="Checks a recording's form and measures it",
            memory_mib=512,
            timeout_seconds=60,
            environment={"RECORDINGS_BUCKET": buckets.recordings.bucket_name},
        )
        buckets.recordings.allow_objects(self.verify_recording, RECORDINGS_PREFIX, "GetObject")
        self.workflow = ExpressWorkflow(
            self,
            "IngestRecording",
            settings=base.settings,
            workflow="ingest_recording",
            substitutions={
                "VerifyRecordingFunctionArn": self.verify_recording.function_arn,
                "ContactsTable": tables.contacts.table_name,
                "ConversationsBucket": buckets.conversations.bucket_name,
                "FailureQueueUrl": failures.queue_url,
            },
            everywhere="Transcribe has no resource for a job that is yet to start; jobs read and write "
            "with the grants of this role, which name the prefixes of the centre's own buckets.",
        )
        self._allow_steps(tables, failures)
        self._start_on_recordings(alarms)
        self.functions = [self.verify_recording]

    def _allow_steps(self, tables: Tables, failures: DeadLetters) -> None:
        self.workflow.allow_invoke(self.verify_recording)
        tables.contacts.allow(self.workflow, "PutItem")
        self.workflow.allow("sqs:SendMessage", on=failures.queue_arn)
        self._buckets.recordings.allow_objects(self.workflow, RECORDINGS_PREFIX, "PutObjectTagging")
        self._allow_transcription()

    def _allow_transcription(self) -> None:
        """Let the workflow start transcription jobs.

        Transcribe reads the recording and writes the transcript with the permissions of who starts the job,
        so that a job reaches no further than the two grants on the buckets.

        **Source**: Service authorization reference, "Actions, resources, and condition keys for Amazon
        Transcribe"; Amazon Transcribe developer guide, "Identity-based policy examples".
        """
        conversations = self._buckets.conversations
        self.workflow.allow("transcribe:StartTranscriptionJob", on="*")
        self._buckets.recordings.allow_objects(self.workflow, RECORDINGS_PREFIX, "GetObject")
        conversations.allow_objects(self.workflow, TRANSCRIPTS_PREFIX, "PutObject")

    def _start_on_recordings(self, alarms: Alarms) -> None:
        """Start the workflow when S3 announces an object.

        **Source**: Amazon S3 user guide, "Using EventBridge", "Event message structure".
        """
        dead_letters = DeadLetters(self, "RecordingDeadLetters")
        rule = Rule(
            self,
            "NewRecordings",
            description="Recordings that Amazon Connect has stored",
            event_pattern=EventPattern(
                source=["aws.s3"],
                detail_type=["Object Created"],
                detail={
                    "bucket": {"name": [self._buckets.recordings.bucket_name]},
                    "object": {"key": Match.prefix(RECORDINGS_PREFIX)},
                },
            ),
        )
        self.workflow.start_on(rule, dead_letters)
        alarms.watch_dead_letters("RecordingsNotIngested", dead_letters)
