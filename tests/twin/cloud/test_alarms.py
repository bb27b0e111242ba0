"""Alarms over the twin's metrics: what they make of data, of missing data, and whom they tell."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from tests.twin.cloud.conftest import START, Load, ref
from twin.cloud import LocalCloud
from twin.cloud.alarms import MetricMathError, evaluate
from twin.cloud.errors import ResourceError
from twin.cloud.metrics import MetricName

SHOP = MetricName("Shop", "Offered", (("Queue", "orders"),))
TOPIC: dict[str, Any] = {"Topic": {"Type": "AWS::SNS::Topic"}}
LISTENER: dict[str, Any] = {
    "Mail": {"Type": "AWS::SQS::Queue"},
    "Subscription": {
        "Type": "AWS::SNS::Subscription",
        "Properties": {
            "TopicArn": {"Ref": "Topic"},
            "Protocol": "sqs",
            "Endpoint": {"Fn::GetAtt": ["Mail", "Arn"]},
        },
    },
}


def alarm(**properties: Any) -> dict[str, Any]:
    """An alarm as soon as more than ten were offered in five minutes."""
    watched = {
        "Namespace": "Shop",
        "MetricName": "Offered",
        "Dimensions": [{"Name": "Queue", "Value": "orders"}],
        "Statistic": "Sum",
        "Period": 300,
    }
    if "Metrics" in properties:
        watched = {}
    defaults = {
        **watched,
        "AlarmName": "Busy",
        "AlarmDescription": "Too many at once.",
        "ComparisonOperator": "GreaterThanThreshold",
        "Threshold": 10,
        "EvaluationPeriods": 1,
        "TreatMissingData": "notBreaching",
        "AlarmActions": [{"Ref": "Topic"}],
    }
    return {**TOPIC, "Alarm": {"Type": "AWS::CloudWatch::Alarm", "Properties": defaults | properties}}


def offer(cloud: LocalCloud, number: float, metric: MetricName = SHOP) -> None:
    cloud.metrics.put_one(cloud.clock.now(), metric, number)


def run(cloud: LocalCloud, minutes: float) -> None:
    cloud.run_until(cloud.clock.now() + timedelta(minutes=minutes))


def mail(cloud: LocalCloud) -> list[dict[str, Any]]:
    answer = cloud.client("sqs").receive_message(QueueUrl=ref(cloud, "Mail"), MaxNumberOfMessages=10)
    return [json.loads(json.loads(one["Body"])["Message"]) for one in answer.get("Messages", [])]


def test_alarm_fires_once_and_ends_when_its_data_are_over(load: Load) -> None:
    cloud = load(alarm())
    for _ in range(3):
        offer(cloud, 4)
        run(cloud, 1)
    run(cloud, 20)
    assert [(one.new, one.at - START) for one in cloud.alarms.changes] == [
        ("OK", timedelta()),
        ("ALARM", timedelta(minutes=3)),
        ("OK", timedelta(minutes=6)),
    ]
    assert cloud.run_until_idle(timedelta(minutes=1))


def test_message_says_what_the_alarm_means_and_which_figures_made_it_fire(load: Load) -> None:
    cloud = load({**alarm(), **LISTENER})
    offer(cloud, 11)
    run(cloud, 30)
    (message,) = mail(cloud)
    assert message["AlarmName"] == "Busy"
    assert message["AlarmDescription"] == "Too many at once."
    assert (message["OldStateValue"], message["NewStateValue"]) == ("OK", "ALARM")
    assert "[11] was greater than the threshold (10)" in message["NewStateReason"]
    assert message["StateChangeTime"] == "2026-11-21T09:01:00.000+0000"
    assert message["Trigger"]["MetricName"] == "Offered"


def test_topic_hears_of_the_end_where_the_alarm_says_so(load: Load) -> None:
    cloud = load({**LISTENER, **alarm(OKActions=[{"Ref": "Topic"}])})
    offer(cloud, 11)
    run(cloud, 30)
    assert [one["NewStateValue"] for one in mail(cloud)][-2:] == ["ALARM", "OK"]


def test_several_periods_must_be_beyond_the_threshold(load: Load) -> None:
    cloud = load(alarm(EvaluationPeriods=2))
    offer(cloud, 11)
    run(cloud, 5)
    assert cloud.alarms.fired == []
    offer(cloud, 11)
    run(cloud, 5)
    assert len(cloud.alarms.fired) == 1


def test_some_of_several_periods_are_enough_where_the_alarm_says_so(load: Load) -> None:
    cloud = load(alarm(EvaluationPeriods=3, DatapointsToAlarm=1))
    offer(cloud, 11)
    run(cloud, 2)
    assert len(cloud.alarms.fired) == 1


@pytest.mark.parametrize(
    ("missing", "first", "after"),
    [
        ("notBreaching", "OK", "OK"),
        ("breaching", "ALARM", "ALARM"),
        ("ignore", "INSUFFICIENT_DATA", "ALARM"),
        ("missing", "INSUFFICIENT_DATA", "INSUFFICIENT_DATA"),
    ],
)
def test_missing_data_are_taken_as_the_alarm_says(load: Load, missing: str, first: str, after: str) -> None:
    cloud = load(alarm(TreatMissingData=missing))
    assert cloud.alarms.states["Busy"] == first
    offer(cloud, 11)
    run(cloud, 2)
    assert cloud.alarms.states["Busy"] == "ALARM"
    run(cloud, 30)
    assert cloud.alarms.states["Busy"] == after


def test_ratio_is_worked_out_of_sums_and_not_of_ratios(load: Load) -> None:
    def metric(identifier: str, name: str) -> dict[str, Any]:
        stat = {"Metric": {"Namespace": "Shop", "MetricName": name}, "Period": 900, "Stat": "Sum"}
        return {"Id": identifier, "MetricStat": stat, "ReturnData": False}

    level = {"Id": "level", "Expression": "IF(answered >= 5, 100 * within / answered, 100)"}
    metrics = [level, metric("within", "InTarget"), metric("answered", "Answered")]
    cloud = load(alarm(Metrics=metrics, ComparisonOperator="LessThanThreshold", Threshold=80))
    for within, answered in ((0, 1), (1, 1), (8, 8)):  # a mean of ratios would be 67 %, too few alone would alarm
        offer(cloud, within, MetricName("Shop", "InTarget"))
        offer(cloud, answered, MetricName("Shop", "Answered"))
        run(cloud, 1)
    assert cloud.alarms.fired == []
    offer(cloud, 3, MetricName("Shop", "Answered"))
    offer(cloud, 0, MetricName("Shop", "InTarget"))
    run(cloud, 5)
    assert "[69.2308] was less than the threshold (80)" in cloud.alarms.fired[0].reason


def test_dead_letter_raises_its_alarm_until_it_is_taken_out(load: Load) -> None:
    depth = {
        "Namespace": "AWS/SQS",
        "MetricName": "ApproximateNumberOfMessagesVisible",
        "Dimensions": [{"Name": "QueueName", "Value": {"Fn::GetAtt": ["Dead", "QueueName"]}}],
        "Statistic": "Maximum",
    }
    cloud = load({**alarm(**depth, Threshold=0), "Dead": {"Type": "AWS::SQS::Queue"}})
    sqs, url = cloud.client("sqs"), ref(cloud, "Dead")
    sqs.send_message(QueueUrl=url, MessageBody="{}")
    run(cloud, 60)
    assert cloud.alarms.states["Busy"] == "ALARM"
    message = sqs.receive_message(QueueUrl=url)["Messages"][0]
    sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    run(cloud, 10)
    assert [one.new for one in cloud.alarms.changes] == ["OK", "ALARM", "OK"]


def test_metrics_of_aws_itself_cost_nothing(cloud: LocalCloud) -> None:
    cloud.put_metric("AWS/Connect", "QueueSize", {"QueueName": "orders"}, 3)
    assert cloud.metrics.months() == 0
    assert cloud.usage() == {}


def test_alarm_that_the_twin_cannot_evaluate_is_refused(load: Load) -> None:
    with pytest.raises(ResourceError, match=r"AWS::CloudWatch::Alarm\): the twin's alarms offer no statistic 'p99'"):
        load(alarm(Statistic=None, ExtendedStatistic="p99"))


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("a + b * 2", 7),
        ("(a + b) * 2", 8),
        ("100 * a / (a + b)", 25),
        ("a - -b", 4),
        ("2 ^ b", 8),
        ("a / 0", None),
        ("a + gone", None),
        ("FILL(gone, 4) + a", 5),
        ("SUM([a, b, gone])", 4),
        ("MAX([a, b])", 3),
        ("MIN([a, b])", 1),
        ("AVG([a, b])", 2),
        ("IF(a >= 1 AND b > 3, 1, 2)", 2),
        ("IF(a >= 1 OR b > 3, 1, 2)", 1),
        ("IF(a > 1, b)", None),
        ("a / PERIOD(a)", 1 / 60),
        ("ABS(a - b)", 2),
        ("5", 5),
    ],
)
def test_metric_math(expression: str, value: float | None) -> None:
    series: dict[str, list[float | None]] = {"a": [1.0], "b": [3.0], "gone": [None]}
    assert evaluate(expression, series, 60) == [value]


@pytest.mark.parametrize(
    ("expression", "cause"),
    [
        ("a + c", "no metric has the id 'c'; there are a, b"),
        ("a +", "ends too early"),
        ("a b", "unexpected 'b'"),
        ("RATE(a)", "offers no RATE"),
        ("[a, b]", "gives several series"),
        ("a $ b", r"cannot read ' \$ b'"),
    ],
)
def test_expression_that_cannot_be_evaluated_says_why(expression: str, cause: str) -> None:
    with pytest.raises(MetricMathError, match=cause):
        evaluate(expression, {"a": [1.0], "b": [3.0]}, 60)
