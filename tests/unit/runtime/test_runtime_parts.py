"""Clients, items, log and embedded metrics."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from trunkline.runtime import EmbeddedMetrics, client, from_item, logger, to_item

LAYER = Path(__file__).parents[3] / "layers" / "trunkline" / "python"


@pytest.fixture(autouse=True)
def region(monkeypatch):
    monkeypatch.setenv("AWS_REGION", "us-west-2")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "first")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")


def test_client_is_made_once_and_gives_up_before_a_flow_does():
    dynamodb = client("dynamodb")
    config = dynamodb.meta.config
    assert client("dynamodb") is dynamodb
    assert dynamodb.meta.region_name == "us-west-2"
    assert config.retries["total_max_attempts"] * (config.connect_timeout + config.read_timeout) <= 8


def test_functions_in_one_process_do_not_share_credentials(monkeypatch):
    one = client("s3")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "second")
    assert client("s3") is not one


def test_item_holds_every_kind_of_value_and_reads_back():
    values = {
        "text": "주문",
        "whole": 12,
        "fraction": 1.5,
        "flag": True,
        "list": ["a", 1, None],
        "map": {"nested": {"deep": 2}},
    }
    assert from_item(to_item({**values, "absent": None})) == values
    assert to_item({"exact": Decimal("0.10")}) == {"exact": {"N": "0.10"}}


def test_item_refuses_what_dynamodb_cannot_hold():
    with pytest.raises(TypeError, match="object"):
        to_item({"value": object()})


def test_log_line_is_json_without_telephone_numbers(monkeypatch, capsys):
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "sample_of_the_log")
    log = logger()
    log.warning("no customer %s", "+15555550101", extra={"caller": "+821012345678"})
    try:
        raise ValueError("+15555550102 is unknown")
    except ValueError:
        log.exception("failed")
    lines = capsys.readouterr().out.splitlines()
    first, second = (json.loads(line) for line in lines)
    assert (first["message"], first["caller"]) == ("no customer +***0101", "+***5678")
    assert first["service"] == "sample_of_the_log"
    assert "5555550102" not in second["exception"]


def test_a_batch_writes_one_metric_line_for_each_set_of_dimensions(capsys):
    metrics = EmbeddedMetrics("Trunkline")
    for queue, offered in [("orders", 2), ("billing", 1), ("orders", 1)]:
        metrics.add({"Center": "redline", "Queue": queue}, {"Offered": offered, "Abandoned": 0})
    metrics.flush()
    metrics.flush()
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["Queue"], line["Offered"], line["Abandoned"]) for line in lines] == [
        ("orders", 3, 0),
        ("billing", 1, 0),
    ]
    directive = lines[0]["_aws"]["CloudWatchMetrics"][0]
    assert directive["Dimensions"] == [["Center", "Queue"]]
    assert directive["Metrics"][0] == {"Name": "Offered", "Unit": "Count"}
    assert isinstance(lines[0]["_aws"]["Timestamp"], int)


def test_in_call_functions_do_not_start_with_pydantic_or_boto3s_resources():
    heavy = "('pydantic', 'boto3', 'aws_xray_sdk')"
    script = f"import sys, trunkline.runtime; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], cwd=LAYER, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
