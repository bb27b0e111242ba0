"""The workflows on moto's Step Functions interpreter, with our own functions behind lambda:invoke."""

from __future__ import annotations

import io
import json
import re
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from moto import mock_aws
from moto.awslambda.models import LambdaFunction
from moto.stepfunctions.parser.asl.component.common.error_name import custom_error_name
from moto.stepfunctions.parser.asl.component.common.retry import retrier_decl
from moto.stepfunctions.parser.asl.component.state.exec.state_task import state_task_factory
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import state_task_service_aws_sdk
from moto.stepfunctions.parser.asl.utils import boto_client

from tests.workflows.faults import Faults
from tests.workflows.functions import CENTER, PROJECT, load_handler
from tests.workflows.outside import CONNECTION, PRIVATE_KEY, Outside

REGION = "us-east-1"


@dataclass
class Ended:
    """How an execution ended."""

    status: str
    output: Any
    error: str | None
    cause: str | None
    path: tuple[str, ...]


@dataclass
class Workshop:
    """AWS as the workflows see it."""

    folder: Path
    functions: dict[str, Callable[[Any, Any], Any]] = field(default_factory=dict)
    slept: list[float] = field(default_factory=list)
    machines: dict[str, str] = field(default_factory=dict)
    outside: Outside = field(default_factory=Outside)

    def __post_init__(self) -> None:
        """Create the resources."""
        self.s3 = boto3.client("s3", region_name=REGION)
        self.dynamodb = boto3.client("dynamodb", region_name=REGION)
        self.ssm = boto3.client("ssm", region_name=REGION)
        self.sqs = boto3.client("sqs", region_name=REGION)
        self.transcribe = boto3.client("transcribe", region_name=REGION)
        self.stepfunctions = boto3.client("stepfunctions", region_name=REGION)
        for bucket in ("recordings", "conversations", "history"):
            self.s3.create_bucket(Bucket=bucket)
        destination = {"RoleARN": "arn:aws:iam::123456789012:role/delivery", "BucketARN": "arn:aws:s3:::history"}
        boto3.client("firehose", region_name=REGION).create_delivery_stream(
            DeliveryStreamName="analyses", ExtendedS3DestinationConfiguration=destination
        )
        self._create_table("contacts", "contact_id", "part")
        self._create_table("customers", "phone")
        self.queue_url = self.sqs.create_queue(QueueName="failures")["QueueUrl"]
        self.role = boto3.client("iam").create_role(RoleName="workflow", AssumeRolePolicyDocument="{}", Path="/")[
            "Role"
        ]["Arn"]
        self.substitutions = {
            "VerifyCallerFunctionArn": self._create_function("verify_caller"),
            "VerifyRecordingFunctionArn": self._create_function("verify_recording"),
            "AnalyseTranscriptFunctionArn": self._create_function("analyse_transcript"),
            "ContactsTable": "contacts",
            "CustomersTable": "customers",
            "ConversationsBucket": "conversations",
            "FailureQueueUrl": self.queue_url,
            "ConnectionArn": CONNECTION,
        }
        self.ssm.put_parameter(Name="/input-key", Value=PRIVATE_KEY, Type="SecureString")

    def install(self, name: str, environment: Mapping[str, str], center: Mapping[str, Any] = CENTER) -> None:
        """Put one of our handlers behind its Lambda function."""
        self.functions[name] = load_handler(name, self.folder, environment, center)

    def run(self, workflow: str, document: Any) -> Ended:
        """Run a workflow to its end; it is created as Standard, whose history moto shows."""
        if workflow not in self.machines:
            self.machines[workflow] = self.stepfunctions.create_state_machine(
                name=workflow, definition=substitute(workflow, self.substitutions), roleArn=self.role
            )["stateMachineArn"]
        execution = self.stepfunctions.start_execution(
            stateMachineArn=self.machines[workflow],
            name=f"run-{time.monotonic_ns()}",
            input=json.dumps(document),
        )["executionArn"]
        return self._wait(execution)

    def wait_for_all(self, workflow: str) -> list[Ended]:
        """Wait for every execution of a workflow; return how they ended."""
        listed = self.stepfunctions.list_executions(stateMachineArn=self.machines[workflow])["executions"]
        return [self._wait(one["executionArn"]) for one in listed]

    def clear(self) -> None:
        """Forget what the test before left behind."""
        self.slept.clear()
        for table, keys in (("contacts", ("contact_id", "part")), ("customers", ("phone",))):
            for item in self.dynamodb.scan(TableName=table)["Items"]:
                self.dynamodb.delete_item(TableName=table, Key={key: item[key] for key in keys})
        for bucket in ("recordings", "conversations"):
            for held in self.s3.list_objects_v2(Bucket=bucket).get("Contents", []):
                self.s3.delete_object(Bucket=bucket, Key=held["Key"])
        for job in self.transcribe.list_transcription_jobs()["TranscriptionJobSummaries"]:
            self.transcribe.delete_transcription_job(TranscriptionJobName=job["TranscriptionJobName"])
        self.take_dead_letters()
        self.outside.forget()
        self.install("verify_caller", {"CUSTOMERS_TABLE": "customers", "INPUT_KEY_PARAMETER": "/input-key"})
        self.install("verify_recording", {"RECORDINGS_BUCKET": "recordings"})
        environment = {"CONVERSATIONS_BUCKET": "conversations", "HISTORY_ANALYSES_STREAM": "analyses"}
        self.install("analyse_transcript", environment)

    def item(self, contact_id: str, part: str) -> dict[str, Any] | None:
        """Return an item of the contacts table."""
        key = {"contact_id": {"S": contact_id}, "part": {"S": part}}
        return self.dynamodb.get_item(TableName="contacts", Key=key).get("Item")

    def take_dead_letters(self) -> list[dict[str, Any]]:
        """Return what was reported to the failure queue, and empty it."""
        messages = self.sqs.receive_message(QueueUrl=self.queue_url, MaxNumberOfMessages=10).get("Messages", [])
        for message in messages:
            self.sqs.delete_message(QueueUrl=self.queue_url, ReceiptHandle=message["ReceiptHandle"])
        return [json.loads(message["Body"]) for message in messages]

    def _wait(self, execution: str) -> Ended:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            described = self.stepfunctions.describe_execution(executionArn=execution)
            if described["status"] != "RUNNING":
                return Ended(
                    status=described["status"],
                    output=json.loads(described.get("output") or "null"),
                    error=described.get("error"),
                    cause=described.get("cause"),
                    path=self._read_path(execution),
                )
            time.sleep(0.01)
        raise AssertionError(f"{execution} did not end")

    def _read_path(self, execution: str) -> tuple[str, ...]:
        history = self.stepfunctions.get_execution_history(executionArn=execution, maxResults=1000)["events"]
        entered = [event.get("stateEnteredEventDetails", {}).get("name") for event in history]
        return tuple(name for name in entered if name)

    def _create_table(self, name: str, *keys: str) -> None:
        self.dynamodb.create_table(
            TableName=name,
            KeySchema=[
                {"AttributeName": key, "KeyType": "RANGE" if index else "HASH"} for index, key in enumerate(keys)
            ],
            AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in keys],
            BillingMode="PAY_PER_REQUEST",
        )

    def _create_function(self, name: str) -> str:
        code = io.BytesIO()
        with zipfile.ZipFile(code, "w") as archive:
            archive.writestr("handler.py", "")
        return str(
            boto3.client("lambda", region_name=REGION).create_function(
                FunctionName=name,
                Runtime="python3.13",
                Role=self.role,
                Handler="handler.handler",
                Code={"ZipFile": code.getvalue()},
            )["FunctionArn"]
        )

    def invoke(self, function: LambdaFunction, event: Any) -> tuple[str, bool, str]:
        """Answer for a Lambda function, as the service does: an exception becomes its error document."""
        try:
            document = json.loads(event) if isinstance(event, str | bytes) else event
            return json.dumps(self.functions[function.function_name](document, None)), False, ""
        except Exception as error:
            document = {"errorMessage": str(error), "errorType": type(error).__name__, "stackTrace": ["..."]}
            return json.dumps(document), True, ""


def substitute(workflow: str, values: Mapping[str, str]) -> str:
    """Return a definition with its ``${Names}`` filled in, as CloudFormation does."""
    text = (PROJECT / "statemachines" / f"{workflow}.asl.json").read_text(encoding="utf-8")
    return re.sub(r"\$\{(\w+)\}", lambda match: values[match[1]], text)


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> Faults:
    """Faults that a test plans."""
    planned = Faults()
    planned.install(monkeypatch)
    return planned


def _keep_clients() -> Callable[..., Any]:
    """Return a ``boto3.client`` that makes each client once: the interpreter asks for one in every step."""
    make: Callable[..., Any] = boto3.client
    kept: dict[tuple[str, str], Any] = {}

    def client(*, service_name: str, region_name: str, **settings: Any) -> Any:
        if (service_name, region_name) not in kept:
            kept[service_name, region_name] = make(service_name, region_name, **settings)
        return kept[service_name, region_name]

    return client


@pytest.fixture(scope="module")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    """AWS with our workflows, in which a retry waits no real time; made once for a module's tests."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            monkeypatch.setenv(name, "testing")
        monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
        # AWS capitalises the service in the errors of SDK integrations; moto does so for two services only.
        for service, error_prefix in (("s3", "S3"), ("transcribe", "Transcribe")):
            monkeypatch.setitem(state_task_service_aws_sdk._SERVICE_ERROR_NAMES, service, error_prefix)
        with mock_aws(config={"stepfunctions": {"execute_state_machine": True}}):
            made = Workshop(tmp_path_factory.mktemp("lambda"))
            monkeypatch.setattr(boto_client, "boto3", SimpleNamespace(client=_keep_clients()))
            monkeypatch.setattr(state_task_factory, "state_task_service_for", made.outside.make_services())
            monkeypatch.setattr(custom_error_name, "ILLEGAL_CUSTOM_ERROR_PREFIX", "States.\0")
            monkeypatch.setattr(retrier_decl, "time", SimpleNamespace(sleep=made.slept.append))
            monkeypatch.setattr(
                LambdaFunction, "_invoke_lambda", lambda function, event=None: made.invoke(function, event)
            )
            yield made


@pytest.fixture
def workshop(aws: Workshop, faults: Faults) -> Workshop:
    """The module's AWS, empty."""
    aws.clear()
    return aws
