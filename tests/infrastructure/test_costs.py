"""Fixed costs: what a month costs in which nobody calls, from the template and the list prices."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from trunkline.billing.fixed import count_after_allowance, count_fixed
from trunkline.billing.lines import sum_lines, write_lines
from trunkline.billing.prices import load_prices
from trunkline.center import Center, load_center
from trunkline.metrics.telemetry import center_sums, queue_sums
from twin.cloud import bill as twin_bill

from .conftest import PROJECT, Synthesiser
from .dashboard_bodies import read_dashboards
from .templates import Assembly

MONTHLY_CODES = {
    "AWS::Kinesis::Stream": "shard_month",
    "AWS::CloudWatch::Dashboard": "dashboard_month",
    "AWS::SecretsManager::Secret": "secret_month",
    "AWS::Connect::PhoneNumber": "number_month",
    "AWS::KMS::Key": "key_month",
}
LIMIT = 20.00
FREE_DASHBOARDS, FREE_METRICS_ON_A_DASHBOARD, FREE_METRICS, FREE_ALARM_METRICS = 3, 50, 10, 10
NIGHTLY = {"Drift", "StuckContacts"}


def dollars(code: str) -> float:
    return float(load_prices().price(code).amount)


def open_share(center: Center) -> float:
    """Share of the week in which the centre is open: metrics are billed by the hours in which they are sent."""

    def hour(clock: str) -> float:
        hours, minutes = clock.split(":")
        return int(hours) + int(minutes) / 60

    hours = [
        sum(((hour(period.to) or 24) - hour(period.from_)) * len(period.days) for period in one.open)
        for one in center.hours.values()
    ]
    return max(hours) / 168


def watched_metrics(assembly: Assembly) -> int:
    """An alarm is paid by the metrics that it looks at."""
    alarms = assembly.of_type("AWS::CloudWatch::Alarm")
    return sum(
        len([one for one in alarm.properties.get("Metrics", [{"MetricStat": 1}]) if "MetricStat" in one])
        for alarm in alarms
    )


def metric_months(center: Center) -> float:
    """What functions send, each name and its dimensions once, for the hours in which it is sent."""
    queues = len(center.queues) * len(queue_sums(center.metrics.service_level_convention))
    sent = queues + len([*center_sums(), "GhostAgents", "AgentsAvailable"])
    return sent * open_share(center) + len(NIGHTLY) / 24


def fixed_costs(assembly: Assembly, center: Center, *, after_allowance: bool = False) -> dict[str, float]:
    counts = {kind: len([found for found in assembly.resources if found.type == kind]) for kind in MONTHLY_CODES}
    watched, sent = float(watched_metrics(assembly)), metric_months(center)
    if after_allowance:
        small = [one for one in read_dashboards(assembly).values() if len(one.metrics) <= FREE_METRICS_ON_A_DASHBOARD]
        counts["AWS::CloudWatch::Dashboard"] -= min(len(small), FREE_DASHBOARDS)
        watched, sent = max(watched - FREE_ALARM_METRICS, 0), max(sent - FREE_METRICS, 0)
    costs = {kind: dollars(code) * counts[kind] for kind, code in MONTHLY_CODES.items()}
    costs["alarms"] = dollars("alarm_metric_month") * watched
    costs["metrics"] = dollars("metric_month") * sent
    return costs


def told(name: str) -> float:
    page = (PROJECT / "docs" / "costs.md").read_text(encoding="utf-8")
    found = re.search(rf"\*\*{name}\*\* \| .*?\*\*\$([0-9.]+)\*\*", page)
    assert found is not None, name
    return float(found[1])


def test_fixed_costs_at_list_price_are_told(assembly: Assembly) -> None:
    costs = fixed_costs(assembly, load_center(PROJECT / "callcenter.yaml"))
    assert told("At list price") == round(sum(costs.values()), 2), costs


def test_fixed_costs_after_what_cloudwatch_gives_free_stay_below_twenty_dollars_and_are_told(
    assembly: Assembly,
) -> None:
    costs = fixed_costs(assembly, load_center(PROJECT / "callcenter.yaml"), after_allowance=True)
    assert sum(costs.values()) <= LIMIT, costs
    assert told("After what is free") == round(sum(costs.values()), 2), costs


def document_of(center: Center) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(center.model_dump_json(by_alias=True))
    return document


def counted(center: Center) -> float:
    """Fixed costs as the forecast counts them, from the centre alone."""
    return float(sum_lines(write_lines(count_fixed(document_of(center)), load_prices())))


def counted_after_allowance(center: Center) -> float:
    return float(sum_lines(write_lines(count_after_allowance(document_of(center)), load_prices())))


def test_forecast_counts_the_fixed_costs_of_the_template(assembly: Assembly) -> None:
    center = load_center(PROJECT / "callcenter.yaml")
    assert counted(center) == pytest.approx(sum(fixed_costs(assembly, center).values()), abs=1e-6)
    costs = fixed_costs(assembly, center, after_allowance=True)
    assert counted_after_allowance(center) == pytest.approx(sum(costs.values()), abs=1e-6)


def test_forecast_follows_a_centre_with_another_queue_more_numbers_and_no_secrets(
    synthesiser: Synthesiser, tmp_path: Path
) -> None:
    path = write_other_center(tmp_path)
    other = load_center(path)
    built = synthesiser.synthesise("other_costs", TRUNKLINE_CENTER=str(path))
    assert counted(other) == pytest.approx(sum(fixed_costs(built, other).values()), abs=1e-6)
    costs = fixed_costs(built, other, after_allowance=True)
    assert counted_after_allowance(other) == pytest.approx(sum(costs.values()), abs=1e-6)
    assert counted(other) != pytest.approx(counted(load_center(PROJECT / "callcenter.yaml")))


def write_other_center(folder: Path) -> Path:
    """The sample with two numbers, one queue more, always open, nothing keyed in secret, and less that is watched."""
    text = (PROJECT / "callcenter.yaml").read_text(encoding="utf-8")
    changes = {
        "numbers:\n": "numbers:\n  second: {country: US, type: TOLL_FREE, description: Free}\n",
        "queues:\n": "queues:\n  parts:\n    title: {en: Parts, ko: 부품}\n    hours: shop\n    skill: orders\n"
        "    service_target: {percent: 80, seconds: 20}\n    department: Sales\n",
        '{days: [sat], from: "08:00", to: "16:00"}': '{days: [sat, sun], from: "00:00", to: "00:00"}',
    }
    changes["alarms:"] = "alarms:\n  stuck_calls: null"
    changes["  longest_wait_seconds: 300"] = "  longest_wait_seconds: null"
    changes["  service_level_convention: c\n"] = "  service_level_convention: d\n  dashboards: [manager, wallboard]\n"
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new, 1)
    text = text.replace('        "5": {answer: account_balance, phrases: {en: [my balance], ko: [미납 금액]}}\n', "", 1)
    text = re.sub(r"(?ms)^    pin: .*?(?=^  answers:)", "", text)
    text = re.sub(r"(?ms)^    account_balance:.*?(?=^    opening_hours)", "", text)
    text = re.sub(r"(?ms)^  verification:.*?(?=^  transfers:)", "", text)
    path = folder / "other.yaml"
    path.write_text(text, encoding="utf-8")
    (folder / "prompts").symlink_to(PROJECT / "prompts")
    return path


TWIN_CODES = {
    ("lambda", "requests"): ("lambda_request", 1),
    ("lambda", "GB-seconds"): ("lambda_gb_second", 1),
    ("stepfunctions", "Express requests"): ("express_request", 1),
    ("stepfunctions", "Express GB-seconds"): ("express_gb_hour", 3600),
    ("dynamodb", "write units"): ("write_unit", 1),
    ("dynamodb", "read units"): ("read_unit", 1),
    ("s3", "PUT requests"): ("s3_put", 1),
    ("s3", "GET requests"): ("s3_get", 1),
    ("s3", "stored bytes"): ("storage_gb_month", 1024**3),
    ("kinesis", "PUT units"): ("kinesis_put_unit", 1),
    ("firehose", "ingested bytes"): ("firehose_gb", 1024**3),
    ("firehose", "converted bytes"): ("firehose_converted_gb", 1024**3),
    ("logs", "ingested bytes"): ("log_gb", 1024**3),
    ("connect", "voice_minutes"): ("voice_minute", 1),
    ("connect", "number_minutes_did"): ("did_minute", 1),
    ("connect", "number_minutes_toll_free"): ("toll_free_minute", 1),
    ("transcribe", "audio_seconds"): ("transcription_minute", 60),
}
"""What the twin meters, to the code of its price and how many of the twin's units that price buys."""


def test_twin_and_centre_bill_by_the_same_prices() -> None:
    twin, ours = twin_bill.load_prices(), load_prices()
    assert twin.currency == ours.currency
    assert twin.date.startswith(ours.date)
    for item, (code, units) in TWIN_CODES.items():
        price = twin.items[item]
        assert price.dollars / price.per * units == pytest.approx(ours.price(code).amount), item
    assert {kind: amount for kind, (_, amount) in twin.fixed.items()} == {
        **{kind: ours.price(code).amount for kind, code in MONTHLY_CODES.items()},
        "AWS::CloudWatch::Alarm": ours.price("alarm_metric_month").amount,
    }
    assert twin.metric == ours.price("metric_month").amount


def test_nothing_that_idles_is_paid_by_the_hour_but_the_shard(assembly: Assembly) -> None:
    hourly = {
        "AWS::EC2::NatGateway",
        "AWS::EC2::Instance",
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "AWS::RDS::DBInstance",
    }
    hourly |= {
        "AWS::ECS::Service",
        "AWS::OpenSearchService::Domain",
        "AWS::ElastiCache::CacheCluster",
        "AWS::WAFv2::WebACL",
    }
    assert not hourly & {found.type for found in assembly.resources}
