"""Fixed costs: what a month costs in which nobody calls, from the template and the list prices."""

import re

from trunkline.center import Center, load_center

from .conftest import PROJECT
from .templates import Assembly

PRICES_DATE = "2026-10"
MONTHLY_DOLLARS = {
    "AWS::Kinesis::Stream": 0.015 * 730,
    "AWS::CloudWatch::Dashboard": 3.00,
    "AWS::SecretsManager::Secret": 0.40,
    "AWS::Connect::PhoneNumber": 0.03 * 365 / 12,
    "AWS::KMS::Key": 1.00,
}
"""us-east-1, AWS's price lists, 2026-10; without the free tier."""
ALARMED_METRIC = 0.10
CUSTOM_METRIC = 0.30
METRICS_A_QUEUE = 4
LIMIT = 20.00


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


def fixed_costs(assembly: Assembly, center: Center) -> dict[str, float]:
    costs = {
        kind: price * len([found for found in assembly.resources if found.type == kind])
        for kind, price in MONTHLY_DOLLARS.items()
    }
    alarms = assembly.of_type("AWS::CloudWatch::Alarm")
    watched = sum(
        len([one for one in alarm.properties.get("Metrics", [{"MetricStat": 1}]) if "MetricStat" in one])
        for alarm in alarms
    )
    costs["alarms"] = ALARMED_METRIC * watched
    costs["metrics"] = CUSTOM_METRIC * METRICS_A_QUEUE * len(center.queues) * open_share(center)
    return costs


def test_fixed_costs_stay_below_twenty_dollars_and_are_told(assembly: Assembly) -> None:
    center = load_center(PROJECT / "callcenter.yaml")
    costs = fixed_costs(assembly, center)
    total = sum(costs.values())
    assert total <= LIMIT, costs
    page = (PROJECT / "docs" / "costs.md").read_text(encoding="utf-8")
    told = re.search(r"\*\*Together\*\* \| .*?\*\*\$([0-9.]+)\*\*", page)
    assert told is not None
    assert float(told[1]) == round(total, 2), costs


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
