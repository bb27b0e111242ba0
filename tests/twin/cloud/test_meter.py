from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.twin.cloud.conftest import START
from tests.twin.cloud.test_tables import CREATE, KEY, item
from twin.cloud import CloudError, LocalCloud
from twin.cloud.bill import fixed_costs, load_prices, make_bill
from twin.cloud.metrics import MetricStore
from twin.cloud.units import IndexProjection, index_write_units, item_bytes, read_units, write_units
from twin.contracts import Resource

ADMIN = "arn:aws:iam::123456789012:role/admin"


@pytest.fixture
def metered(cloud: LocalCloud) -> Any:
    cloud.client("dynamodb").create_table(**CREATE)
    cloud.policies.attach(ADMIN, "all", {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})
    return cloud


def units(cloud: LocalCloud, kind: str = "write units") -> float:
    return cloud.usage().get(("dynamodb", kind), 0)


@pytest.mark.parametrize(("size", "wanted"), [(10, 1), (1000, 1), (1100, 2), (4000, 4)])
def test_write_units_are_kilobytes_rounded_up(size: int, wanted: int) -> None:
    assert write_units(None, {"id": {"S": "x" * size}}) == wanted
    assert write_units(None, {"id": {"S": "x" * size}}, transaction=True) == 2 * wanted


def test_shrinking_an_item_costs_its_old_size() -> None:
    assert write_units({"id": {"S": "x" * 3000}}, {"id": {"S": "x"}}) == 3


@pytest.mark.parametrize(
    ("size", "consistent", "wanted"), [(1, False, 0.5), (1, True, 1.0), (5000, False, 1.0), (0, True, 1.0)]
)
def test_read_units_are_four_kilobytes_rounded_up(size: int, consistent: bool, wanted: float) -> None:
    assert read_units(size, consistent=consistent) == wanted


@pytest.mark.parametrize(
    ("value", "size"),
    [({"N": "20"}, 2), ({"N": "1802"}, 3), ({"N": "-5"}, 3), ({"S": "한"}, 3), ({"BOOL": True}, 1), ({"L": []}, 3)],
)
def test_attribute_sizes(value: dict[str, Any], size: int) -> None:
    assert item_bytes({"a": value}) == 1 + size


def test_index_costs_only_when_its_entry_changes() -> None:
    index = IndexProjection(("day",), ("day", "id", "queue"))
    old = {"id": {"S": "1"}, "day": {"S": "d"}, "queue": {"S": "q"}, "note": {"S": "a"}}
    assert index_write_units(index, None, old) == 1
    assert index_write_units(index, old, {**old, "note": {"S": "b"}}) == 0
    assert index_write_units(index, old, {**old, "queue": {"S": "r"}}) == 1
    assert index_write_units(index, old, {**old, "day": {"S": "e"}}) == 2
    assert index_write_units(index, None, {"id": {"S": "1"}}) == 0


def test_table_and_index_are_both_metered(metered: LocalCloud) -> None:
    client = metered.client("dynamodb", ADMIN)
    client.put_item(TableName="t", Item=item(1))
    assert units(metered) == 2
    client.put_item(TableName="t", Item={**KEY, "part": {"S": "recording"}})
    assert units(metered) == 3


def test_failed_condition_still_costs_a_write(metered: LocalCloud) -> None:
    client = metered.client("dynamodb", ADMIN)
    client.put_item(TableName="t", Item=KEY)
    with pytest.raises(client.exceptions.ConditionalCheckFailedException):
        client.put_item(TableName="t", Item=KEY, ConditionExpression="attribute_not_exists(part)")
    assert units(metered) == 2


def test_transaction_costs_twice(metered: LocalCloud) -> None:
    metered.client("dynamodb", ADMIN).transact_write_items(TransactItems=[{"Put": {"TableName": "t", "Item": KEY}}])
    assert units(metered) == 2


def test_reads_are_metered_by_size(metered: LocalCloud) -> None:
    client = metered.client("dynamodb", ADMIN)
    client.get_item(TableName="t", Key=KEY)
    client.get_item(TableName="t", Key=KEY, ConsistentRead=True)
    assert units(metered, "read units") == 1.5


def test_what_the_twin_does_itself_costs_nothing(metered: LocalCloud) -> None:
    before = metered.usage()
    metered.client("dynamodb").put_item(TableName="t", Item=KEY)
    assert metered.usage() == before


def test_requests_to_storage_are_counted_by_class(metered: LocalCloud) -> None:
    metered.client("s3").create_bucket(Bucket="recordings")
    client = metered.client("s3", ADMIN)
    client.put_object(Bucket="recordings", Key="k", Body=b"12345")
    client.get_object(Bucket="recordings", Key="k")
    client.list_objects_v2(Bucket="recordings")
    client.delete_object(Bucket="recordings", Key="k")
    used = metered.usage()
    assert (used["s3", "PUT requests"], used["s3", "GET requests"], used["s3", "stored bytes"]) == (2, 1, 5)


def test_same_seed_gives_the_same_bill() -> None:
    def usage() -> dict[tuple[str, str], float]:
        with LocalCloud(seed=3, start=START) as cloud:
            cloud.client("dynamodb").create_table(**CREATE)
            cloud.client("dynamodb", "connect.amazonaws.com").put_item(TableName="t", Item=item(1))
            return cloud.usage()

    assert usage() == usage()


def test_bill_separates_orchestration_from_the_rest() -> None:
    usage = {
        ("lambda", "requests"): 2_000_000.0,
        ("connect", "voice_minutes"): 10.0,
        ("transcribe", "audio_seconds"): 60.0,
    }
    bill = make_bill(usage, calls=2)
    assert bill.per_call("orchestration") == Decimal("0.2")
    assert bill.per_call("telephony") == Decimal("0.19")
    assert bill.per_call("transcription") == Decimal("0.012")
    assert bill.per_call() == Decimal("0.402")
    assert bill.to_dict()["lines"][0]["quantity"] == 5.0


def test_counted_thing_without_a_price_is_an_error() -> None:
    with pytest.raises(CloudError, match="no price for 'teleports'"):
        make_bill({("physics", "teleports"): 1.0}, calls=1)


def resource(kind: str, **properties: Any) -> Resource:
    return Resource("Id", f"AWS::{kind}", properties, "stack")


def test_fixed_costs_follow_the_template() -> None:
    watched = [{"MetricStat": {}}, {"MetricStat": {}}, {"Expression": "a/b"}]
    resources = [
        resource("Kinesis::Stream"),
        resource("CloudWatch::Alarm", MetricName="Errors"),
        resource("CloudWatch::Alarm", Metrics=watched),
    ]
    lines = fixed_costs(resources, metric_months=4)
    assert {line.item: line.amount for line in lines} == {
        "alarm months": Decimal("0.30"),
        "shard months": Decimal("10.95"),
        "metric months": Decimal("1.20"),
    }


def test_metrics_are_charged_for_the_hours_in_which_they_have_data() -> None:
    store = MetricStore()
    for hour in (9, 9, 10, 11):
        store.put(datetime(2026, 11, 17, hour, tzinfo=UTC), "Shop", [{"MetricName": "Offered", "Value": 1}])
    assert store.months() == 3 / 24


def test_price_list_is_dated() -> None:
    assert load_prices().date == "2026-10-01"
