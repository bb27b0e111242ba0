"""Resources, hours, the API and the board."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.twin.connect.centre import open_centre
from tests.twin.connect.test_calls import HOUR, dial, staff
from twin.connect.hours import HoursOfOperation, parse_override, parse_slices
from twin.contracts import ServiceError


def slices(day: str, start: int, end: int) -> dict[str, object]:
    return {"Day": day, "StartTime": {"Hours": start, "Minutes": 0}, "EndTime": {"Hours": end, "Minutes": 0}}


def hours(*config: dict[str, object], overrides: tuple[dict[str, object], ...] = ()) -> HoursOfOperation:
    parsed = tuple(parse_override(one) for one in overrides)
    return HoursOfOperation("arn", "shop", "America/Los_Angeles", parse_slices(config), parsed)


def los_angeles_winter(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour + 8 if hour < 16 else hour - 16, minute, tzinfo=UTC).replace(
        day=day if hour < 16 else day + 1
    )


def test_hours_follow_the_centres_time_zone() -> None:
    shop = hours(slices("FRIDAY", 7, 20))
    assert shop.open_at(los_angeles_winter(20, 7))
    assert shop.open_at(los_angeles_winter(20, 19, 59))
    assert not shop.open_at(los_angeles_winter(20, 20))
    assert not shop.open_at(los_angeles_winter(20, 6, 59))
    assert not shop.open_at(los_angeles_winter(21, 12))


def test_midnight_to_midnight_is_the_whole_day() -> None:
    shop = hours(slices("FRIDAY", 0, 0))
    assert shop.open_at(los_angeles_winter(20, 0))
    assert shop.open_at(los_angeles_winter(20, 23, 59))
    assert not shop.open_at(los_angeles_winter(21, 0))


def test_hours_may_end_on_the_next_day() -> None:
    shop = hours(slices("FRIDAY", 20, 2))
    assert shop.open_at(los_angeles_winter(21, 1, 59))
    assert not shop.open_at(los_angeles_winter(21, 2))


@pytest.mark.parametrize(
    "config",
    [{"OverrideType": "CLOSED"}, {"OverrideConfig": []}, {"OverrideConfig": [slices("FRIDAY", 0, 0)]}],
)
def test_holiday_overrides_the_week(config: dict[str, object]) -> None:
    holiday = {"EffectiveFrom": "2026-11-20", "EffectiveTill": "2026-11-20", **config}
    shop = hours(slices("FRIDAY", 7, 20), overrides=(holiday,))
    assert not shop.open_at(los_angeles_winter(20, 12))
    assert shop.open_at(los_angeles_winter(27, 12))


def test_refs_and_attributes_are_cloudformations() -> None:
    centre = open_centre()
    assert centre.instance.startswith("arn:aws:connect:us-east-1:111122223333:instance/")
    assert centre.queues["orders"].startswith(f"{centre.instance}/queue/")
    assert centre.number.startswith("+1")
    store = centre.cloud.create(
        "AWS::Connect::InstanceStorageConfig",
        InstanceArn=centre.instance,
        ResourceType="CHAT_TRANSCRIPTS",
        StorageType="S3",
        S3Config={"BucketName": "b", "BucketPrefix": "p"},
    )
    assert store.ref == f"{centre.instance}|{store.attributes['AssociationId']}|CHAT_TRANSCRIPTS"
    security = centre.cloud.create(
        "AWS::Connect::SecurityProfile", InstanceArn=centre.instance, SecurityProfileName="agent"
    )
    assert security.attributes["SecurityProfileArn"] == security.ref


def test_api_answers_what_functions_ask() -> None:
    centre = open_centre()
    staff(centre)
    _, waiting = dial(centre, keys=["2"])
    dial(centre, keys=["1"], talk=300)
    centre.cloud.clock.run(30)
    call = centre.cloud.services["connect"].call
    here = {"InstanceId": centre.instance.rsplit("/", 1)[-1]}
    queues = call("ListQueues", here, "role")["QueueSummaryList"]
    assert {queue["Name"] for queue in queues} == {"orders", "billing"}
    metrics = call(
        "GetCurrentMetricData",
        here
        | {
            "Filters": {"Queues": [queue["Id"] for queue in queues]},
            "Groupings": ["QUEUE"],
            "CurrentMetrics": [{"Name": "CONTACTS_IN_QUEUE", "Unit": "COUNT"}, {"Name": "AGENTS_ON_CONTACT"}],
        },
        "role",
    )["MetricResults"]
    assert sum(one["Collections"][0]["Value"] for one in metrics) == 1
    users = call("GetCurrentUserData", here | {"Filters": {}}, "role")["UserDataList"]
    assert users[0]["Contacts"][0]["AgentContactState"] == "CONNECTED"
    described = call("DescribeContact", here | {"ContactId": waiting.contact_id}, "role")["Contact"]
    assert described["Channel"] == "VOICE"
    attributes = call("GetContactAttributes", here | {"InitialContactId": waiting.contact_id}, "role")["Attributes"]
    assert attributes["language"] == "en"


def test_changed_attributes_of_an_ended_contact_come_as_a_correction() -> None:
    centre = open_centre()
    _, call = dial(centre, patience=5)
    centre.cloud.clock.run(HOUR)
    centre.cloud.services["connect"].call(
        "UpdateContactAttributes",
        {
            "InstanceId": centre.instance,
            "InitialContactId": call.contact_id,
            "Attributes": {"topic": "chrome"},
        },
        "role",
    )
    before, after = centre.cloud.contact_records()
    assert "topic" not in before["Attributes"]
    assert after["Attributes"]["topic"] == "chrome"
    assert after["LastUpdateTimestamp"] > before["LastUpdateTimestamp"]


@pytest.mark.parametrize(
    ("operation", "parameters", "code"),
    [
        ("DescribeContact", {"ContactId": "nobody"}, "ResourceNotFoundException"),
        ("ListQueues", {"InstanceId": "elsewhere"}, "ResourceNotFoundException"),
        (
            "AssociatePhoneNumberContactFlow",
            {"PhoneNumberId": "x", "ContactFlowId": "y"},
            "ResourceNotFoundException",
        ),
        ("CreateQueue", {}, "UnknownOperationException"),
    ],
)
def test_api_errors_are_named(operation: str, parameters: dict[str, str], code: str) -> None:
    centre = open_centre()
    with pytest.raises(ServiceError) as caught:
        centre.cloud.services["connect"].call(operation, parameters, "role")
    assert caught.value.code == code


def test_board_shows_queues_agents_calls_and_the_last_events() -> None:
    centre = open_centre(agents=("mina", "dae"))
    seen: list[str] = []
    centre.network.observe(lambda event: seen.append(event.kind))
    staff(centre)
    dial(centre, talk=300)
    dial(centre)
    centre.cloud.clock.run(60)
    board = centre.network.snapshot()
    orders = next(queue for queue in board.queues if queue.name == "orders")
    assert (orders.waiting, orders.on_contact, orders.longest_wait_seconds) == (1, 1, 56)
    assert {agent.username: agent.state for agent in board.agents} == {"mina": "on_contact", "dae": "offline"}
    assert sorted(call.phase for call in board.calls) == ["connected", "queued"]
    assert [event.kind for event in board.last_events] == seen


def test_bot_understands_its_sample_utterances() -> None:
    centre = open_centre()
    locale = {
        "LocaleId": "en_US",
        "Intents": [
            {"Name": "Orders", "SampleUtterances": [{"Utterance": "buy a part"}]},
            {"Name": "Billing", "SampleUtterances": [{"Utterance": "invoice"}]},
        ],
    }
    bot = centre.cloud.create("AWS::Lex::Bot", Name="menu", BotLocales=[locale])
    alias = centre.cloud.create("AWS::Lex::BotAlias", BotId=bot.ref, BotAliasName="live")
    arn = alias.attributes["Arn"]
    centre.cloud.create(
        "AWS::Connect::IntegrationAssociation", InstanceId="i", IntegrationType="LEX_BOT", IntegrationArn=arn
    )
    understand = centre.network.answers.understand
    assert understand(arn, "en-US", "Hi, I would like to buy a part!").name == "Orders"
    assert understand(arn, "en-US", "Good morning").name == "FallbackIntent"
    with pytest.raises(ServiceError, match="not associated"):
        understand("arn:other", "en-US", "hello")
