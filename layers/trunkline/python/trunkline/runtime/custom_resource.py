"""The protocol between CloudFormation and a function that stands behind a custom resource."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

_LONGEST_REASON = 1000
_ANSWER_SECONDS = 10


@dataclass(frozen=True)
class CustomResourceRequest:
    """What CloudFormation wants.

    Parameters
    ----------
    type
        ``Create``, ``Update`` or ``Delete``.
    properties
        The resource's properties.
    physical_id
        Id of the resource as it is; empty before it exists.
    """

    type: str
    properties: Mapping[str, Any]
    physical_id: str


@dataclass(frozen=True)
class CustomResourceAnswer:
    """What became of it.

    Parameters
    ----------
    physical_id
        Id of the resource. Where an update gives another one, CloudFormation deletes the resource of the
        one before when everything else has been updated.
    attributes
        What ``Fn::GetAtt`` gives; the whole answer has at most 4,096 bytes.
    """

    physical_id: str
    attributes: Mapping[str, str] = field(default_factory=dict)


def answer_cloudformation(
    event: Mapping[str, Any], act: Callable[[CustomResourceRequest], CustomResourceAnswer]
) -> None:
    """Do what CloudFormation wants, and tell it how that ended.

    Parameters
    ----------
    event
        The request; its ``ResponseURL`` takes the answer.
    act
        Does the work. What it raises is told as a failure with its message, so that the stack is rolled back at
        once and does not wait for an hour.

    Notes
    -----
    **Source**: AWS CloudFormation user guide, "Custom resource request and response reference".
    """
    physical_id = str(event.get("PhysicalResourceId", ""))
    request = CustomResourceRequest(str(event["RequestType"]), event.get("ResourceProperties") or {}, physical_id)
    try:
        answer, problem = act(request), ""
    except Exception as error:
        answer, problem = (
            CustomResourceAnswer(physical_id or str(event["RequestId"])),
            f"{type(error).__name__}: {error}",
        )
    _send(event, answer, problem)


def _send(event: Mapping[str, Any], answer: CustomResourceAnswer, problem: str) -> None:
    document = {
        "Status": "FAILED" if problem else "SUCCESS",
        "Reason": problem[:_LONGEST_REASON] or "done",
        "PhysicalResourceId": answer.physical_id,
        "Data": dict(answer.attributes),
        **{name: event[name] for name in ("StackId", "RequestId", "LogicalResourceId")},
    }
    address = urlsplit(str(event["ResponseURL"]))
    connect = HTTPSConnection if address.scheme == "https" else HTTPConnection
    connection = connect(address.netloc, timeout=_ANSWER_SECONDS)
    # The address is signed for a request without a content type.
    connection.request("PUT", f"{address.path}?{address.query}", json.dumps(document).encode(), {"content-type": ""})
    connection.getresponse().read()
    connection.close()
