from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.twin.cloud.assemblies import allow, arn_of, function, permit, role, table, write_assembly, write_code
from tests.twin.cloud.conftest import START, arn, ref
from twin.cloud import LocalCloud
from twin.contracts import FunctionFailedError

CODE = """
import os, time
from datetime import datetime, timezone
import boto3

client = boto3.client("dynamodb")
STATE = {"calls": 0}

def handler(event, context):
    STATE["calls"] += 1
    what = event.get("do")
    if what == "sleep":
        time.sleep(60)
    if what == "exit":
        os._exit(3)
    if what == "raise":
        raise ValueError("bad")
    if what == "scan":
        client.scan(TableName=os.environ["TABLE"])
    client.put_item(TableName=os.environ["TABLE"], Item={"id": {"S": "a"}, "n": {"N": str(STATE["calls"])}})
    found = client.get_item(TableName=os.environ["TABLE"], Key={"id": {"S": "a"}})["Item"]["n"]["N"]
    print("calls", STATE["calls"])
    return {
        "calls": STATE["calls"], "found": found, "pid": os.getpid(),
        "now": datetime.now(timezone.utc).isoformat(), "left": context.get_remaining_time_in_millis(),
        "twin": "twin" in __import__("sys").modules,
    }
"""


@pytest.fixture(scope="module")
def isolated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCloud]:
    folder = tmp_path_factory.mktemp("isolated")
    resources = {
        "Role": role(allow(["dynamodb:PutItem", "dynamodb:GetItem"], arn_of("Table"))),
        "Table": table(),
        "Function": function(Environment={"Variables": {"TABLE": {"Ref": "Table"}}}, Timeout=10),
        "Permit": permit("connect.amazonaws.com"),
    }
    code = write_code(folder / "code", CODE)
    with LocalCloud(seed=1, start=START, handlers="isolated") as cloud:
        cloud.load(write_assembly(folder / "out", {"Stack": resources}, {"code.zip": code}))
        yield cloud


def invoke(cloud: LocalCloud, seconds: float = 10, **payload: Any) -> Any:
    return cloud.invoke(arn(cloud, "Function"), payload, timeout_seconds=seconds, principal="connect.amazonaws.com")


def test_process_is_kept_warm_and_calls_aws_through_the_gate(isolated: LocalCloud) -> None:
    first, second = invoke(isolated), invoke(isolated)
    assert first["pid"] == second["pid"]
    assert second["calls"] == first["calls"] + 1
    assert second["found"] == str(second["calls"])
    assert second["now"].startswith("2026-11-21T09:00:0")
    assert 5_000 < second["left"] <= 10_000
    assert not second["twin"]
    assert isolated.usage()["dynamodb", "write units"] >= 2
    assert "calls 1" in isolated.logs.lines(f"/aws/lambda/{ref(isolated, 'Function')}")


def test_call_that_the_role_does_not_allow_is_denied(isolated: LocalCloud) -> None:
    with pytest.raises(FunctionFailedError, match=r"AccessDeniedException.*dynamodb:Scan"):
        invoke(isolated, do="scan")
    assert isolated.denials[-1].action == "dynamodb:Scan"


def test_handler_that_raises_keeps_its_process(isolated: LocalCloud) -> None:
    before = invoke(isolated)["pid"]
    with pytest.raises(FunctionFailedError, match="ValueError: bad"):
        invoke(isolated, do="raise")
    assert invoke(isolated)["pid"] == before


def test_timeout_kills_the_process_and_the_next_start_is_cold(isolated: LocalCloud) -> None:
    before = invoke(isolated)["pid"]
    with pytest.raises(FunctionFailedError, match=r"timed out after 0.50 seconds") as caught:
        invoke(isolated, seconds=0.5, do="sleep")
    assert caught.value.kind == "timeout"
    after = invoke(isolated)
    assert after["pid"] != before
    assert after["calls"] == 1


def test_process_that_dies_fails_its_invocation_only(isolated: LocalCloud) -> None:
    with pytest.raises(FunctionFailedError, match=r"Runtime\.ExitError"):
        invoke(isolated, do="exit")
    assert invoke(isolated)["calls"] == 1


def test_code_that_cannot_be_imported_says_so(tmp_path: Path, isolated: LocalCloud) -> None:
    code = write_code(tmp_path / "code", "import no_such_module\n")
    resources = {"Role": role(), "Broken": function(key="b.zip"), "Permit": permit("connect.amazonaws.com", "Broken")}
    isolated.load(write_assembly(tmp_path / "out", {"Other": resources}, {"b.zip": code}))
    broken = str(isolated.loader.created["Other", "Broken"].attributes["Arn"])
    with pytest.raises(FunctionFailedError, match="no_such_module"):
        isolated.invoke(broken, {}, timeout_seconds=5, principal="connect.amazonaws.com")
