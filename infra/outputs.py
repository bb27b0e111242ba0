"""What a deployment tells at its end: where to call, where to look."""

from __future__ import annotations

from aws_cdk import CfnOutput, Stack
from aws_cdk.aws_sns import ITopic

from .console import Console
from .telephony import Instance, Numbers


def tell_center(stack: Stack, *, instance: Instance, numbers: Numbers, topic: ITopic) -> None:
    """Tell the instance, the numbers to call and the topic of alarms."""
    _tell(stack, "InstanceArn", instance.arn, "Amazon Connect instance")
    _tell(
        stack,
        "AgentWorkspace",
        f"https://{instance.alias}.my.connect.aws/agent-app-v2/",
        "Where agents answer",
    )
    _tell(stack, "AlarmTopicArn", topic.topic_arn, "Topic of alarms, to subscribe to")
    for key, address in numbers.addresses.items():
        _tell(stack, f"Number{key.title().replace('_', '')}", address, f"Telephone number {key}")


def tell_console(stack: Stack, *, console: Console) -> None:
    """Tell the console's address and how it signs in."""
    _tell(stack, "ConsoleUrl", console.site.url, "The console")
    _tell(stack, "ApiUrl", f"https://{console.api.host}", "The console's API")
    _tell(stack, "UserPoolClientId", console.sign_in.client_id, "The console as a client of the user pool")


def _tell(stack: Stack, name: str, value: str, description: str) -> None:
    CfnOutput(stack, name, value=value, description=description)
