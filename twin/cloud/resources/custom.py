"""Custom resources: CDK's AwsCustomResource, and functions that speak CloudFormation's own protocol.

**Source**: CDK API reference, ``aws-cdk-lib.custom_resources.AwsCustomResource``; CloudFormation user guide,
"Custom resource request and response reference".
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from botocore import xform_name

from twin.cloud.errors import NotOfferedError, TemplateError
from twin.contracts import Created, Resource

if TYPE_CHECKING:
    from twin.cloud.cloud import LocalCloud

_SERVICE_NAMES = {
    "sfn": "stepfunctions",
    "cloudwatchlogs": "logs",
    "eventbridge": "events",
    "cognitoidentityserviceprovider": "cognito-idp",
}


def run_create_call(cloud: LocalCloud, resource: Resource) -> Created:
    """Run the Create (or Update) call; its answer's members become attributes."""
    text = resource.properties.get("Create") or resource.properties.get("Update")
    if not text:
        return Created(resource.logical_id)
    call = json.loads(text) if isinstance(text, str) else text
    role = cloud.functions.find(resource.properties["ServiceToken"]).role
    client = cloud.client(_service_name(call["service"]), role)
    method = getattr(client, xform_name(_pascal(call["action"].removesuffix("Command"))), None)
    if method is None:
        raise NotOfferedError(f"no operation {call['action']} in the service {call['service']}")
    answer = dict(method(**call.get("parameters", {})))
    answer.pop("ResponseMetadata", None)
    flat = dict(_flatten(answer))
    identity = call.get("physicalResourceId", {})
    ref = identity.get("id") or flat.get(str(identity.get("responsePath")), resource.logical_id)
    return Created(str(ref), flat)


def _service_name(name: str) -> str:
    plain = name.rsplit("/", 1)[-1].removeprefix("client-").lower()
    return _SERVICE_NAMES.get(plain, plain)


def _pascal(action: str) -> str:
    return action[0].upper() + action[1:]


def _flatten(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    members = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else None
    if members is None:
        yield path, value
        return
    for name, member in members:
        yield from _flatten(member, f"{path}.{name}" if path else str(name))


LARGEST_ANSWER_BYTES = 4096


def run_custom_resource(cloud: LocalCloud, resource: Resource) -> Created:
    """Let a function create its resource; what it puts to the response URL is what ``Fn::GetAtt`` gives."""
    function = cloud.functions.find(str(resource.properties["ServiceToken"]))
    with _ResponseUrl() as box:
        event = {
            "RequestType": "Create",
            "ResponseURL": box.url,
            "StackId": f"arn:aws:cloudformation:{cloud.region}:{cloud.account}:stack/{resource.stack}/twin",
            "RequestId": cloud.new_id("custom resource"),
            "ResourceType": resource.type,
            "LogicalResourceId": resource.logical_id,
            "ResourceProperties": dict(resource.properties),
        }
        outcome = cloud.functions.invoke(function.arn, event)
    if outcome.failure is not None:
        raise TemplateError(f"its function {function.name} failed: {outcome.cause}")
    if len(box.content) > LARGEST_ANSWER_BYTES:
        raise TemplateError(f"{function.name} answered {len(box.content)} bytes; CloudFormation takes 4096")
    if not box.content:
        raise TemplateError(f"{function.name} put no answer to the response URL; CloudFormation would wait for an hour")
    answer = json.loads(box.content)
    if answer["Status"] != "SUCCESS":
        raise TemplateError(f"{function.name} says: {answer.get('Reason', 'no reason')}")
    return Created(str(answer["PhysicalResourceId"]), answer.get("Data", {}))


class _ResponseUrl:
    """A place on the loopback interface that takes one answer, as CloudFormation's presigned URL does."""

    def __enter__(self) -> Self:
        box = self
        self.content = b""

        class Handler(BaseHTTPRequestHandler):
            def do_PUT(self) -> None:
                box.content = self.rfile.read(int(self.headers["content-length"]))
                self.send_response(200)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Write nothing to the terminal."""

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """Where the answer goes."""
        return f"http://127.0.0.1:{self._server.server_port}/answer?once"


PROVIDERS = {"Custom::AWS": run_create_call, "AWS::CloudFormation::CustomResource": run_custom_resource}
