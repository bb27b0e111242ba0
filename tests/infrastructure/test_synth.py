"""Synthesis: anywhere, by anybody, the same each time, and clear where the input is wrong."""

import json
import re
from collections.abc import Callable
from pathlib import Path

from .conftest import Synthesiser
from .templates import Assembly, flatten

EXISTING = "arn:aws:connect:us-west-2:111122223333:instance/12345678-1234-1234-1234-123456789012"


def test_templates_name_no_account_and_no_region(assembly: Assembly, production: Assembly) -> None:
    for templates in (assembly.templates, production.templates):
        text = json.dumps(templates)
        assert not re.search(r"(?<![0-9A-Fa-f])\d{12}(?![0-9A-Fa-f])", text)
        assert not re.search(r"\b(us|eu|ap|ca|sa|af|me)-[a-z]+-\d\b", text)


def test_same_sources_give_the_same_templates(assembly: Assembly, unacknowledged: Assembly) -> None:
    assert unacknowledged.templates == assembly.templates


def test_misspelt_center_tells_every_problem_and_no_stack_trace(
    synthesiser: Synthesiser, changed_center: Callable[[str, str], Path]
) -> None:
    path = changed_center("hours: shop\n    skill: orders", "hours: shopp\n    skill: order")
    _, done = synthesiser.run("bad", TRUNKLINE_CENTER=str(path))
    assert done.returncode == 1
    assert "queues.orders.hours" in done.stderr
    assert "queues.orders.skill" in done.stderr
    assert "Traceback" not in done.stderr + done.stdout


def test_unknown_environment_names_those_that_exist(synthesiser: Synthesiser) -> None:
    _, done = synthesiser.run("staging", TRUNKLINE_ENVIRONMENT="staging")
    assert done.returncode == 1
    assert "dev or prod" in done.stderr
    assert "Traceback" not in done.stderr


def test_center_moves_into_an_existing_instance_and_listens_to_speech(
    synthesiser: Synthesiser, changed_center: Callable[[str, str], Path], tmp_path: Path
) -> None:
    path = changed_center("alias: redline-parts", f"alias: redline-parts\ninstance_arn: {EXISTING}\n#")
    text = path.read_text(encoding="utf-8").replace(
        "      timeout_seconds: 5\n", "      timeout_seconds: 5\n      speech: true\n", 1
    )
    path.write_text(text, encoding="utf-8")
    existing = synthesiser.synthesise(
        "existing", TRUNKLINE_CENTER=str(path), TRUNKLINE_SITE=str(tmp_path / "none"), TRUNKLINE_NAG="true"
    )
    types = {found.type for found in existing.resources}
    assert "AWS::Connect::Instance" not in types
    assert "Custom::CDKBucketDeployment" not in types
    for queue in existing.of_type("AWS::Connect::Queue"):
        assert queue.properties["InstanceArn"] == EXISTING
    (bot,) = existing.of_type("AWS::Lex::Bot")
    locales = {locale["LocaleId"]: locale["Intents"] for locale in bot.properties["BotLocales"]}
    assert set(locales) == {"en_US", "ko_KR"}
    assert [intent["Name"] for intent in locales["ko_KR"]] == [
        *(f"main_{key}" for key in "1234567"),
        *(f"key_{key}" for key in "1234567"),
        "FallbackIntent",
    ]
    pressed = {intent["Name"]: intent.get("SampleUtterances") for intent in locales["en_US"]}
    assert pressed["key_4"] == [{"Utterance": "4"}]
    (inbound,) = [
        flow for flow in existing.of_type("AWS::Connect::ContactFlow") if flow.properties["Name"] == "inbound"
    ]
    assert "ConnectParticipantWithLexBot" in flatten(inbound.properties["Content"])


def test_deployment_tells_where_to_call_and_where_to_look(assembly: Assembly) -> None:
    told = {name for template in assembly.templates.values() for name in template["Outputs"]}
    assert {"InstanceArn", "NumberMain", "AgentWorkspace", "AlarmTopicArn", "ConsoleUrl", "UserPoolId"} <= told
