"""The night after a day on the twin: proved without drift; and broken on purpose, found with the very contacts."""

from __future__ import annotations

import json
from typing import Any

from typer.testing import CliRunner

from cli.alarms import fired_alarms
from cli.metrics import build_metrics_app
from cli.night import is_proved, live_through_night, tell_night
from tests.centre.altered import AlteredAssembly
from tests.centre.centre import Centre, open_centre

CALLS = 5
MOST_DOLLARS_A_NIGHT = 0.001
CAUSE = "broken on purpose"
# Loses the changes of one contact in four, told by the last digit of its id, as if the stream had never told of them.
LOSING = """
def handler(event, context):
    event["Records"] = [
        one for one in event.get("Records", [])
        if one["dynamodb"]["Keys"].get("contact_id", {"S": "-"})["S"][-1] not in "048c"
    ]
    return ordinary(event, context)
"""
# Does its work and then falls, as often as the workflow tries it in one execution.
FALLING = f"""
FALLS = []
def handler(event, context):
    told = ordinary(event, context)
    FALLS.append(1)
    if len(FALLS) <= 5:
        raise RuntimeError({CAUSE!r})
    return told
"""


def close(centre: Centre) -> dict[str, Any]:
    return live_through_night(centre.session, centre.day)


def rebuild(*options: str) -> tuple[int, dict[str, Any]]:
    days = ["--from", "2026-11-17", "--to", "2026-11-18", "--settle-seconds", "0", "--format", "json"]
    result = CliRunner().invoke(build_metrics_app(), ["rebuild", *days, *options])
    return result.exit_code, json.loads(result.stdout)


def drift_report(centre: Centre, source: str) -> dict[str, Any]:
    client, bucket = centre.session.cloud.client("s3"), centre._reference("AWS::S3::Bucket", "BucketsHistory")
    body = client.get_object(Bucket=bucket, Key=f"drift/{centre.day}/{source}.json")["Body"].read()
    found: dict[str, Any] = json.loads(body)
    return found


def explaining(report: dict[str, Any]) -> set[str]:
    """Return the contacts that a report names; of agents it names states and offers beside them."""
    return {
        one if isinstance(one, str) else one["contact_id"] for drift in report["drifts"] for one in drift["contacts"]
    }


def lose_from_history(centre: Centre) -> int:
    """Delete one file of contacts from the history; return how many are left."""
    client, bucket = centre.session.cloud.client("s3"), centre._reference("AWS::S3::Bucket", "BucketsHistory")
    files = client.list_objects_v2(Bucket=bucket, Prefix="history/contacts/")["Contents"]
    client.delete_object(Bucket=bucket, Key=files[0]["Key"])
    return len(files) - 1


def test_day_is_closed_at_night_without_drift_for_a_fraction_of_a_cent_and_rebuild_agrees(assembly: Any) -> None:
    with open_centre(CALLS, assembly=assembly) as centre:
        assert centre.finish()["differences"] == []
        night = close(centre)
        assert night["status"] == "SUCCEEDED", night
        output = night["output"]
        assert output["day"] == centre.day.isoformat()
        assert output["log"]["compared"] > len(centre.ledger)
        assert (output["log"]["drifted"], output["log"]["stuck"], output["history"]["drifted"]) == (0, 0, 0)
        assert output["history"]["compared"] > 0
        assert output["rows"] > 0
        assert is_proved(night)
        assert tell_night(night).startswith(f"closed: {output['log']['compared']} counters compared, 0 drifted")
        assert 0 < night["cost"] < MOST_DOLLARS_A_NIGHT
        assert not {"Drift", "StuckCalls"} & {one["alarm"].rsplit("-", 1)[-1] for one in fired_alarms(centre.session)}
        code, told = rebuild("--stack", "Trunkline-dev-Data", "--check")
        assert (code, told["drifted"]) == (0, 0)
        assert told["compared"] == output["log"]["compared"]
        assert centre.compare()["denials"] == []


def test_lost_changes_and_a_lost_file_of_history_are_found_with_their_contacts_and_alarm(
    altered: AlteredAssembly,
) -> None:
    altered.replace_handler("aggregate_metrics", LOSING)
    with open_centre(CALLS, assembly=altered.folder) as centre:
        centre.finish()
        lost = {one.contact_id for one in centre.ledger if one.contact_id[-1] in "048c"}
        assert 0 < len(lost) < len(centre.ledger)
        lose_from_history(centre)
        night = close(centre)
        assert night["status"] == "SUCCEEDED", night
        assert not is_proved(night)
        log, history = drift_report(centre, "log"), drift_report(centre, "history")
        assert night["output"]["log"]["drifted"] == log["drifted"] > 0
        assert lost <= explaining(log)
        assert {drift["stored"] < drift["recounted"] for drift in log["drifts"]} == {True}
        missing = {one["contact_id"] for drift in history["drifts"] for one in drift["contacts"]}
        assert missing
        assert {one["why"] for drift in history["drifts"] for one in drift["contacts"]} == {"missing"}
        assert any("Drift" in one["alarm"] for one in fired_alarms(centre.session))
        code, told = rebuild("--stack", "Trunkline-dev-Data")
        assert (code, told["mended"]) == (0, log["drifted"])
        assert centre.compare()["differences"] == []


def test_step_that_falls_midway_is_kept_and_the_day_is_closed_again_from_its_dead_letter(
    altered: AlteredAssembly,
) -> None:
    altered.replace_handler("roll_up_day", FALLING)
    with open_centre(2, assembly=altered.folder) as centre:
        centre.finish()
        night = close(centre)
        assert (night["status"], night["error"], night["cause"]) == ("FAILED", "RuntimeError", CAUSE)
        assert tell_night(night) == f"not closed: FAILED, RuntimeError: {CAUSE}"
        (letter,) = [one["body"] for one in centre.dead_letters("WorkflowFailures")]
        assert (letter["workflow"], letter["stage"], letter["cause"]) == ("close_day", "roll_up_day", CAUSE)
        client = centre.session.cloud.client("stepfunctions")
        machine = centre._reference("AWS::StepFunctions::StateMachine", "CloseDay")
        again = client.start_execution(stateMachineArn=machine, input=json.dumps(letter["input"]))
        centre.run(minutes=10)
        closed = client.describe_execution(executionArn=again["executionArn"])
        assert closed["status"] == "SUCCEEDED"
        assert json.loads(closed["output"])["day"] == centre.day.isoformat()
