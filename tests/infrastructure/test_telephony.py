"""Telephony: what ``callcenter.yaml`` says is what Amazon Connect gets."""

import json

import pytest

from contactflow.model import Flow
from infra.routing import PERMISSIONS, priority_of_level
from trunkline.center import load_center

from .conftest import PROJECT
from .templates import Assembly, Found, flatten

CENTER = load_center(PROJECT / "callcenter.yaml")


def named(assembly: Assembly, kind: str, name: str = "Name") -> dict[str, Found]:
    return {found.properties[name]: found for found in assembly.of_type(f"AWS::Connect::{kind}")}


def test_environments_do_not_share_an_alias(assembly: Assembly, production: Assembly) -> None:
    aliases = [one.of_type("AWS::Connect::Instance")[0].properties["InstanceAlias"] for one in (assembly, production)]
    assert aliases == ["redline-parts-dev", "redline-parts"]


def test_queues_and_agents_are_named_by_their_keys(assembly: Assembly) -> None:
    assert set(named(assembly, "Queue")) == set(CENTER.queues)
    assert set(named(assembly, "User", "Username")) == set(CENTER.agents)


def test_hours_open_as_written_and_close_on_holidays(assembly: Assembly) -> None:
    shop = named(assembly, "HoursOfOperation")["shop"].properties
    assert shop["TimeZone"] == "America/Los_Angeles"
    opened = {one["Day"]: (one["StartTime"], one["EndTime"]) for one in shop["Config"]}
    assert opened["MONDAY"] == ({"Hours": 7, "Minutes": 0}, {"Hours": 20, "Minutes": 0})
    assert "SUNDAY" not in opened
    thanksgiving = shop["HoursOfOperationOverrides"][0]
    assert (thanksgiving["EffectiveFrom"], thanksgiving["EffectiveTill"]) == ("2026-11-26", "2026-11-26")
    assert thanksgiving["OverrideConfig"] == []


def test_agents_of_the_same_skills_share_a_routing_profile(assembly: Assembly) -> None:
    distinct = {tuple(sorted(agent.skills.items())) for agent in CENTER.agents.values()}
    assert len(named(assembly, "RoutingProfile")) == len(distinct)


@pytest.mark.parametrize(("level", "priority"), [(5, 1), (3, 3), (1, 5)])
def test_experts_are_offered_a_contact_first(level: int, priority: int) -> None:
    assert priority_of_level(level) == priority


def test_routing_profile_ranks_queues_by_the_agents_levels(assembly: Assembly) -> None:
    profile = named(assembly, "RoutingProfile")["billing-3 orders-5"].properties
    ranked = {flatten(one["QueueReference"]["QueueArn"]): one["Priority"] for one in profile["QueueConfigs"]}
    assert sorted(ranked.values()) == [1, 3]
    assert next(arn for arn, priority in ranked.items() if priority == 1).startswith("<RoutingQueueorders")
    assert {one["Delay"] for one in profile["QueueConfigs"]} == {0}
    assert profile["MediaConcurrencies"] == [{"Channel": "VOICE", "Concurrency": 1}]


def test_no_password_is_in_a_template(assembly: Assembly) -> None:
    for user in assembly.of_type("AWS::Connect::User"):
        assert "{{resolve:secretsmanager:" in flatten(user.properties["Password"])
    (secret,) = assembly.of_type("AWS::SecretsManager::Secret")
    assert secret.properties["GenerateSecretString"]["RequireEachIncludedType"] is True
    assert "SecretString" not in secret.properties


def test_each_role_may_do_more_than_the_one_below(assembly: Assembly) -> None:
    profiles = named(assembly, "SecurityProfile", "SecurityProfileName")
    given = [
        set(profiles[f"Trunkline {role}"].properties["Permissions"]) for role in ("agent", "supervisor", "manager")
    ]
    assert given == [set(PERMISSIONS[role]) for role in ("agent", "supervisor", "manager")]
    assert given[0] < given[1] < given[2]


def test_data_of_calls_goes_where_the_pipelines_read(assembly: Assembly) -> None:
    stored = {
        found.properties["ResourceType"]: found.properties
        for found in assembly.of_type("AWS::Connect::InstanceStorageConfig")
    }
    assert stored["CALL_RECORDINGS"]["S3Config"]["BucketPrefix"] == "connect/redline-parts-dev/CallRecordings"
    assert stored["AGENT_EVENTS"]["StorageType"] == "KINESIS_STREAM"
    assert stored["CONTACT_TRACE_RECORDS"]["StorageType"] == "KINESIS_FIREHOSE"


def test_flows_are_valid_and_fit(assembly: Assembly) -> None:
    flows = named(assembly, "ContactFlow")
    assert {name: found.properties["Type"] for name, found in flows.items()} == {
        "inbound": "CONTACT_FLOW",
        "queue_treatment": "CUSTOMER_QUEUE",
        "survey": "CONTACT_FLOW",
    }
    for found in flows.values():
        content = flatten(found.properties["Content"])
        assert len(content) < 200_000, "ARNs must still fit into 256,000 characters"
        assert Flow.parse(json.loads(content)).serialise() == json.loads(content)


def test_inbound_flow_knows_every_queue_and_the_flows_after_it(assembly: Assembly) -> None:
    content = flatten(named(assembly, "ContactFlow")["inbound"].properties["Content"])
    for queue in CENTER.queues:
        assert f"<RoutingQueue{queue.replace('_', '')}" in content
    assert "<IvrFlowqueuetreatment" in content
    assert "<IvrFlowsurvey" in content


def test_number_leads_to_the_inbound_flow(assembly: Assembly) -> None:
    (association,) = assembly.of_type("Custom::AWS")
    call = json.loads(flatten(association.properties["Create"]))
    assert (call["service"], call["action"]) == ("connect", "associatePhoneNumberContactFlow")
    assert "IvrFlowinbound" in call["parameters"]["ContactFlowId"]


def test_flow_logs_are_kept_where_the_console_reads_them(assembly: Assembly) -> None:
    group = assembly.functions()["serve_console"].properties["Environment"]["Variables"]["FLOW_LOG_GROUP"]
    assert group == "/aws/connect/redline-parts-dev"
    assert group in {found.properties.get("LogGroupName") for found in assembly.of_type("AWS::Logs::LogGroup")}
