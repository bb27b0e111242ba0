"""Each hook into moto's insides, held against moto: a failure here means that moto has changed."""

from __future__ import annotations

import inspect
import os
from datetime import UTC, datetime

import moto.stepfunctions.parser.asl.component.common.retry.retrier_decl as retrier
import moto.stepfunctions.parser.asl.component.state.exec.state_map.iteration.inline_iteration_component as inline_map
import moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service as task_service
import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError
from botocore.handlers import BUILTIN_HANDLERS
from moto.core.botocore_stubber import BotocoreStubber
from moto.s3.models import FakeKey
from moto.stepfunctions.parser.asl.component import eval_component
from moto.stepfunctions.parser.asl.component.common.error_name import custom_error_name
from moto.stepfunctions.parser.asl.component.common.path import result_path
from moto.stepfunctions.parser.asl.component.common.string import string_expression
from moto.stepfunctions.parser.asl.component.program import program
from moto.stepfunctions.parser.asl.component.state.exec import execute_state
from moto.stepfunctions.parser.asl.component.state.exec.state_map import state_map
from moto.stepfunctions.parser.asl.component.state.exec.state_parallel import branch_worker, state_parallel
from moto.stepfunctions.parser.asl.component.state.exec.state_task import state_task_factory as task_factory
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service import StateTaskService
from moto.stepfunctions.parser.asl.component.state.wait.wait_function.wait_function import WaitFunction
from moto.stepfunctions.parser.asl.eval import states
from moto.stepfunctions.parser.asl.eval.callback import callback
from moto.stepfunctions.parser.asl.eval.event.event_manager import EventManager
from moto.stepfunctions.parser.asl.utils import boto_client, json_path
from moto.stepfunctions.parser.backend.execution import SyncExecution

from twin.cloud import LocalCloud
from twin.cloud.moto_hooks import is_offered, read_wire, reserved_words
from twin.cloud.moto_hooks.copying import DataCopying


def test_botocore_serialises_and_requests_where_the_gate_stands() -> None:
    assert list(inspect.signature(BaseClient._convert_to_request_dict).parameters)[1:5] == [  # type: ignore[attr-defined]
        "api_params",
        "operation_model",
        "endpoint_url",
        "context",
    ]
    assert list(inspect.signature(BaseClient._make_request).parameters)[1:] == [  # type: ignore[attr-defined]
        "operation_model",
        "request_dict",
        "request_context",
    ]


def test_botocore_finds_endpoints_where_the_gate_stands() -> None:
    assert list(inspect.signature(BaseClient._resolve_endpoint_ruleset).parameters)[1:4] == [  # type: ignore[attr-defined]
        "operation_model",
        "params",
        "request_context",
    ]


def test_moto_is_asked_before_a_request_is_sent() -> None:
    assert list(inspect.signature(BotocoreStubber.__call__).parameters) == ["self", "event_name", "request", "kwargs"]
    assert any(name == "before-send" and isinstance(hook, BotocoreStubber) for name, hook, *_ in BUILTIN_HANDLERS)


def test_known_routes_answer_as_moto_does(cloud: LocalCloud) -> None:
    client = cloud.client("s3")
    client.create_bucket(Bucket="known-routes")
    client.put_object(Bucket="known-routes", Key="a/b c+é.txt", Body=b"1", Metadata={"n": "1"})
    found = client.get_object(Bucket="known-routes", Key="a/b c+é.txt")
    assert (found["Body"].read(), found["Metadata"]) == (b"1", {"n": "1"})
    with pytest.raises(ClientError, match="NoSuchKey"):
        client.get_object(Bucket="known-routes", Key="other")
    assert cloud.client("sts").get_caller_identity()["Account"] == cloud.account


def test_interpreter_copies_where_the_hooks_are() -> None:
    for module in (string_expression, result_path, task_service, execute_state, state_map, state_parallel, states):
        assert "copy.deepcopy(" in inspect.getsource(module)
        assert "copy.copy(" not in inspect.getsource(module)


def test_copies_share_nothing_that_can_change() -> None:
    data = {"list": [{"n": 1}], "moment": datetime(2026, 11, 17, tzinfo=UTC), "set": {1}}
    copied = DataCopying().deepcopy(data)
    assert copied == data
    copied["list"][0]["n"] = 2
    copied["set"].add(2)
    assert (data["list"], data["set"]) == ([{"n": 1}], {1})


def test_programs_outlive_a_twin_and_draw_nothing_from_its_seed() -> None:
    assert "long_uid()" in inspect.getsource(eval_component)
    assert "_history_event_list" in inspect.getsource(EventManager)


def test_environment_is_one_dictionary_that_can_be_exchanged() -> None:
    assert os.environ[os.fsdecode(next(iter(os.environ._data)))] is not None  # type: ignore[attr-defined]


def test_interpreter_makes_its_clients_in_one_place() -> None:
    assert "boto3.client(" in inspect.getsource(boto_client.boto_client_for)


def test_interpreter_waits_and_sleeps_where_the_hooks_are() -> None:
    assert list(inspect.signature(WaitFunction._wait_interval).parameters) == ["self", "env", "wait_seconds"]
    assert "time.sleep(interval_seconds)" in inspect.getsource(retrier)
    assert "Event" in vars(callback)


def test_interpreter_starts_its_threads_where_the_hooks_are() -> None:
    for module in (program, inline_map, branch_worker):
        assert "threading.Thread(" in inspect.getsource(module)
    assert "Thread(target=_exec_and_notify" in inspect.getsource(execute_state)


def test_interpreter_finds_the_services_of_tasks_where_the_hook_is() -> None:
    assert "state_task_service_for(service_name=" in inspect.getsource(task_factory.state_task_for)
    assert "_eval_service_task" in StateTaskService.__abstractmethods__
    assert "self._from_error(env=env, ex=ex)" in inspect.getsource(execute_state)


def test_interpreter_refuses_names_of_errors_by_a_prefix_that_the_hook_replaces() -> None:
    assert custom_error_name.ILLEGAL_CUSTOM_ERROR_PREFIX == "States."
    with pytest.raises(ValueError, match=r"States\."):
        custom_error_name.CustomErrorName("States.Http.Socket")


def test_interpreter_parses_paths_where_the_caches_are() -> None:
    assert callable(vars(json_path)["parse"])
    assert callable(vars(result_path)["parse"])


def test_executions_run_inline() -> None:
    wanted = {"name", "sm_type", "role_arn", "exec_arn", "state_machine", "start_date", "input_data"}
    assert wanted <= set(inspect.signature(SyncExecution.__init__).parameters)


def test_hooks_are_taken_out_again(cloud: LocalCloud) -> None:
    assert vars(boto_client)["boto3"].__class__.__name__ == "CachedClients"
    cloud.close()
    assert vars(boto_client)["boto3"].__name__ == "boto3"
    assert BaseClient._make_request.__module__ == "botocore.client"  # type: ignore[attr-defined]


def test_offered_services_go_by_their_boto3_names() -> None:
    assert all(
        is_offered(name) for name in ("s3", "dynamodb", "stepfunctions", "cognito-idp", "secretsmanager", "logs")
    )
    assert not is_offered("polly-of-tomorrow")


def test_objects_know_their_size() -> None:
    assert isinstance(FakeKey.size, property)


def test_reserved_words_are_dynamodbs() -> None:
    assert {"DAY", "STATUS", "NAME"} <= reserved_words()


def test_wire_requests_are_read_by_motos_parsers() -> None:
    headers = {"x-amz-target": "DynamoDB_20120810.GetItem", "content-type": "application/x-amz-json-1.0"}
    call = read_wire("dynamodb", "POST", "/", headers, b'{"TableName": "t", "Key": {"id": {"S": "a"}}}')
    assert (call.operation, call.parameters) == ("GetItem", {"TableName": "t", "Key": {"id": {"S": "a"}}})
    call = read_wire("s3", "PUT", "/bucket/a/b%20c.wav", {"content-length": "3"}, b"123")
    assert (call.operation, call.parameters["Bucket"], call.parameters["Key"]) == ("PutObject", "bucket", "a/b c.wav")
