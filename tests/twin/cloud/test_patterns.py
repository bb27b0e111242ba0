from __future__ import annotations

from typing import Any

import pytest

from twin.cloud.delivery.filters import compile_filters
from twin.cloud.delivery.inputs import make_input
from twin.cloud.delivery.patterns import compile_pattern
from twin.cloud.errors import PatternError

EVENT = {
    "source": "aws.s3",
    "detail": {
        "bucket": {"name": "recordings"},
        "object": {"key": "connect/a.wav", "size": 960_044},
        "tags": ["new", "loud"],
        "empty": [],
        "none": None,
        "live": True,
    },
}


@pytest.mark.parametrize(
    ("pattern", "matched"),
    [
        ({"source": ["aws.s3"]}, True),
        ({"source": ["aws.ec2", "aws.s3"]}, True),
        ({"source": ["aws.ec2"]}, False),
        ({"detail": {"object": {"key": [{"prefix": "connect/"}]}}}, True),
        ({"detail": {"object": {"key": [{"suffix": ".wav"}]}}}, True),
        ({"detail": {"object": {"key": [{"suffix": {"equals-ignore-case": ".WAV"}}]}}}, True),
        ({"detail": {"object": {"key": [{"wildcard": "connect/*.wav"}]}}}, True),
        ({"detail": {"object": {"key": [{"wildcard": "connect/*.mp3"}]}}}, False),
        ({"detail": {"bucket": {"name": [{"equals-ignore-case": "RECORDINGS"}]}}}, True),
        ({"detail": {"object": {"size": [{"numeric": [">", 0, "<=", 1_000_000]}]}}}, True),
        ({"detail": {"object": {"size": [{"numeric": ["<", 100]}]}}}, False),
        ({"detail": {"object": {"size": [960_044]}}}, True),
        ({"detail": {"bucket": {"name": [{"anything-but": ["logs"]}]}}}, True),
        ({"detail": {"bucket": {"name": [{"anything-but": {"prefix": "rec"}}]}}}, False),
        ({"detail": {"bucket": {"title": [{"anything-but": "x"}]}}}, False),
        ({"detail": {"bucket": {"name": [{"exists": True}]}}}, True),
        ({"detail": {"bucket": {"title": [{"exists": False}]}}}, True),
        ({"detail": {"bucket": {"title": [{"exists": True}]}}}, False),
        ({"detail": {"tags": ["loud"]}}, True),
        ({"detail": {"tags": ["quiet"]}}, False),
        ({"detail": {"none": [None]}}, True),
        ({"detail": {"live": [True]}}, True),
        ({"detail": {"live": [1]}}, False),
        ({"detail": {"$or": [{"bucket": {"name": ["x"]}}, {"tags": ["new"]}]}}, True),
        ({"detail": {"$or": [{"bucket": {"name": ["x"]}}, {"tags": ["y"]}]}}, False),
        ({"detail": {"ip": [{"cidr": "10.0.0.0/8"}]}}, False),
    ],
)
def test_pattern_matches_as_eventbridge_says(pattern: dict[str, Any], matched: bool) -> None:
    assert compile_pattern(pattern)(EVENT) is matched


@pytest.mark.parametrize(
    "pattern",
    [
        {"source": "aws.s3"},
        {"source": [{"begins": "a"}]},
        {"source": [{"numeric": [">"]}]},
        {"source": [{"exists": "yes"}]},
        {"source": [{"prefix": "a", "suffix": "b"}]},
    ],
)
def test_malformed_pattern_is_an_error_that_names_the_place(pattern: dict[str, Any]) -> None:
    with pytest.raises(PatternError, match=r"\.source"):
        compile_pattern(pattern)


def test_kinesis_filter_reads_the_data_and_drops_what_is_no_json() -> None:
    accepts = compile_filters({"Filters": [{"Pattern": '{"data": {"EventType": ["LOGIN"]}}'}]})
    assert accepts({"kinesis": {"data": "eyJFdmVudFR5cGUiOiAiTE9HSU4ifQ=="}})
    assert not accepts({"kinesis": {"data": "eyJFdmVudFR5cGUiOiAiSEVBUlRfQkVBVCJ9"}})
    assert not accepts({"kinesis": {"data": "bm8ganNvbg=="}})


def test_queue_filter_reads_the_body() -> None:
    accepts = compile_filters({"Filters": [{"Pattern": '{"body": {"n": [1]}}'}]})
    assert accepts({"body": '{"n": 1}'})
    assert not accepts({"body": "text"})


def test_input_transformer_fills_variables_inside_and_outside_of_texts() -> None:
    transformer = {
        "InputPathsMap": {"key": "$.detail.object.key", "size": "$.detail.object.size", "bucket": "$.detail.bucket"},
        "InputTemplate": (
            '{"text": "<key> has <size>", "size": <size>, "bucket": <bucket>, "rule": <aws.events.rule-arn>}'
        ),
    }
    text = make_input(EVENT, {"InputTransformer": transformer}, "arn:rule")
    assert text == (
        '{"text": "connect/a.wav has 960044", "size": 960044, "bucket": {"name": "recordings"}, "rule": "arn:rule"}'
    )
