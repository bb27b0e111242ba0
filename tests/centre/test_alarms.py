"""A morning in which a queue misses its target and letters die: the topic hears of both, in words."""

from __future__ import annotations

import json
from typing import Any

from tests.centre.altered import AlteredAssembly
from tests.centre.callers import KeyPresser
from tests.centre.centre import Centre, open_centre

CALLS = 2
BROKEN = """
def handler(event, context):
    raise RuntimeError("broken on purpose")
"""


def subscribe(centre: Centre) -> str:
    """Let a queue hear what the topic of alarms says; return its URL."""
    client = centre.session.cloud.client
    url = str(client("sqs").create_queue(QueueName="operations")["QueueUrl"])
    arn = client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    topics = centre.session.cloud.created("AWS::SNS::Topic")
    topic = next(made.ref for resource, made in topics if resource.logical_id.startswith("Alarms"))
    client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    return url


def heard(centre: Centre, url: str) -> dict[str, dict[str, Any]]:
    """Return what alarms said when they fired, by the section of the docs that they name."""
    client, told = centre.session.cloud.client("sqs"), {}
    while messages := client.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        for one in messages:
            client.delete_message(QueueUrl=url, ReceiptHandle=one["ReceiptHandle"])
            message = json.loads(json.loads(one["Body"])["Message"])
            if message["NewStateValue"] == "ALARM":
                told[message["AlarmDescription"].rpartition("#")[2].rstrip(".")] = message
    return told


def give_up(centre: Centre) -> None:
    """Let somebody wait for orders while every agent is at lunch, and hang up after two minutes."""
    network = centre.session.network
    for desk in map(network.desk, network.usernames()):
        if desk.status == "Available":
            desk.choose_status("Lunch")
    call = network.dial(KeyPresser(centre, ["1", "1"]))
    network.clock.later(120, call.hang_up)


def test_topic_hears_of_a_missed_target_and_of_dead_letters(altered: AlteredAssembly) -> None:
    altered.replace_handler("track_contact", BROKEN)
    with open_centre(CALLS, assembly=altered.folder) as centre:
        url = subscribe(centre)
        centre.run_until(7, 5)
        for _ in range(20):
            give_up(centre)
            centre.run(minutes=2)
        centre.run_until(8)
        told = heard(centre, url)
        (mute,) = [one for one in centre.session.cloud.alarms.states if "LongestWaitorders" in one]
        assert centre.session.cloud.alarms.states[mute] == "OK"
    missed = told["a-queue-misses-its-target"]
    assert missed["AlarmDescription"].startswith(
        "Queue orders is below its service target of 80 % within 20 s, for 30 m"
    )
    assert "[0, 0] was less than the threshold (80)" in missed["NewStateReason"]
    assert told["callers-hang-up"]["NewStateReason"].count("100") == 2
    letters = told["what-failed-and-how-to-run-it-again"]
    assert "ContactEventDeadLetters" in letters["AlarmDescription"]
    assert "greater than the threshold (0)" in letters["NewStateReason"]
