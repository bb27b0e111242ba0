"""The one hook into botocore: who calls what, may they, what does it cost, and who answers."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from botocore.awsrequest import AWSResponse
from botocore.client import BaseClient as _BaseClient
from botocore.compat import HTTPHeaders
from botocore.response import StreamingBody

from twin.cloud.actions import Place, find_accesses
from twin.cloud.errors import NotOfferedError
from twin.cloud.iam import Access
from twin.cloud.meter import Meter
from twin.cloud.policies import PolicyStore
from twin.cloud.principals import current_principal, is_service
from twin.contracts import ServiceError, ServiceProvider

# botocore-stubs leave out the three methods that the hook wraps.
BaseClient: Any = _BaseClient
_PARAMETERS = "twin_parameters"
_ERROR_STATUS = 300
_OWN_ENDPOINT = "https://twin.invalid"
Answer = dict[str, Any]
OperationProvider = Callable[[Mapping[str, Any], str], Answer]


@dataclass(frozen=True, slots=True)
class ApiCall:
    """One API call: what, by whom, and how many bytes its body has."""

    service: str
    operation: str
    parameters: Mapping[str, Any]
    principal: str | None
    body_bytes: int


Observer = Callable[[ApiCall, Answer], None]


class ApiGate:
    """Authorises, meters and answers every API call of the process while it is open.

    Parameters
    ----------
    place
        Account and region.
    policies
        Says what roles may do.
    meter
        Counts what would be charged.
    offered
        Services that moto offers; a call to any other fails instead of leaving the machine.
    """

    def __init__(self, place: Place, policies: PolicyStore, meter: Meter, offered: Callable[[str], bool]) -> None:
        self._place = place
        self._policies = policies
        self._meter = meter
        self._offered = offered
        self._services: dict[str, ServiceProvider] = {}
        self._operations: dict[tuple[str, str], OperationProvider] = {}
        self._observers: dict[tuple[str, str], list[Observer]] = defaultdict(list)
        self._originals: tuple[Any, Any, Any] | None = None
        self._requests = 0
        self.on_request: Callable[[ApiCall], None] = lambda _: None
        self.key_of: Callable[[str, Mapping[str, Any]], Mapping[str, Any]] = lambda _, __: {}
        self.presigned: dict[tuple[str, str], bool] = {}

    def provide_service(self, service: str, provider: ServiceProvider) -> None:
        """Let ``provider`` answer all operations of ``service``."""
        self._services[service] = provider

    def provide_operation(self, service: str, operation: str, provider: OperationProvider) -> None:
        """Let ``provider`` answer one operation; the others of the service stay as they are."""
        self._operations[service, operation] = provider

    def observe(self, service: str, operation: str, observer: Observer) -> None:
        """Call ``observer`` after each successful call of an operation."""
        self._observers[service, operation].append(observer)

    def open(self) -> None:
        """Put the hook into botocore."""
        serialise, request = BaseClient._convert_to_request_dict, BaseClient._make_request
        resolve = BaseClient._resolve_endpoint_ruleset
        self._originals = (serialise, request, resolve)
        gate = self

        def find_endpoint(client: Any, model: Any, params: Any, context: Any, **kwargs: Any) -> Any:
            if gate._has_answer(client._service_model.service_name, model.name):
                return _OWN_ENDPOINT, {}, {}
            return resolve(client, model, params, context, **kwargs)

        def convert(client: Any, api_params: Any, operation_model: Any, *args: Any, **kwargs: Any) -> Any:
            context = kwargs.get("context")
            if context is not None:
                context[_PARAMETERS] = api_params
                if context.get("is_presign_request") and client._service_model.service_name == "s3":
                    gate.note_presigned(_principal_of(client), operation_model.name, api_params)
            kwargs["set_user_agent_header"] = False
            return serialise(client, api_params, operation_model, *args, **kwargs)

        def make(client: Any, operation_model: Any, request_dict: Any, request_context: Any) -> Any:
            return gate._answer(client, operation_model, request_dict, request_context)

        BaseClient._resolve_endpoint_ruleset = find_endpoint
        BaseClient._convert_to_request_dict = convert
        BaseClient._make_request = make

    def close(self) -> None:
        """Take the hook out of botocore."""
        if self._originals is not None:
            BaseClient._convert_to_request_dict, BaseClient._make_request, endpoint = self._originals
            BaseClient._resolve_endpoint_ruleset = endpoint
            self._originals = None

    def _has_answer(self, service: str, operation: str) -> bool:
        return service in self._services or (service, operation) in self._operations

    def authorise(self, call: ApiCall) -> ServiceError | None:
        """Hold a call against the policies; the answer is AWS's error when it is denied."""
        principal = call.principal
        if principal is None or (is_service(principal) and call.service not in {"sqs", "s3"}):
            return None
        context = self._leading_key(call) if call.service == "dynamodb" else {}
        for found in find_accesses(self._place, call.service, call.operation, call.parameters):
            access = replace(found, context={**found.context, **context}) if context else found
            resource = _policy_owner(access)
            if not self._policies.allows(principal, access, resource=resource):
                code = "AccessDenied" if call.service in {"s3", "sqs"} else "AccessDeniedException"
                return ServiceError(code, self._policies.denials[-1].message(), 403)
        return None

    def _leading_key(self, call: ApiCall) -> dict[str, str]:
        """Return the partition that a call touches, for roles whose policies look at it.

        **Source**: DynamoDB developer guide, "Using IAM policy conditions for fine-grained access control".
        """
        if call.principal is None or not self._policies.looks_at_leading_keys(call.principal):
            return {}
        item = call.parameters.get("Key") or call.parameters.get("Item") or {}
        key = self.key_of(str(call.parameters.get("TableName", "")), item)
        return {"dynamodb:leadingkeys": str(next(iter(next(iter(key.values())).values())))} if key else {}

    def note_presigned(self, principal: str | None, operation: str, parameters: Mapping[str, Any]) -> None:
        """Keep whether a presigned request for an object is one that its signer may make."""
        if "Key" in parameters:
            call = ApiCall("s3", operation, parameters, principal, 0)
            self.presigned[parameters["Bucket"], parameters["Key"]] = self.authorise(call) is None

    def _answer(self, client: Any, model: Any, request: Any, context: Any) -> tuple[Any, Answer]:
        parameters = context.get(_PARAMETERS) or {}
        service, operation = client._service_model.service_name, model.name
        call = ApiCall(service, operation, parameters, _principal_of(client), _body_bytes(request, parameters))
        self._requests += 1
        if call.principal is None:
            response, parsed = self._dispatch(client, model, request, context, call)
        else:
            self.on_request(call)
            denied = self.authorise(call)
            if denied is not None:
                return self._failed(denied)
            count = self._meter.begin(service, operation, parameters)
            response, parsed = self._dispatch(client, model, request, context, call)
            count(parsed, response.status_code < _ERROR_STATUS)
        if response.status_code < _ERROR_STATUS:
            for observer in self._observers.get((service, operation), ()):
                observer(call, parsed)
        elif service == "s3" and response.status_code == 404:
            return self._hide_missing(call, response, parsed)
        return response, parsed

    def _dispatch(self, client: Any, model: Any, request: Any, context: Any, call: ApiCall) -> tuple[Any, Answer]:
        own = self._operations.get((call.service, call.operation))
        provider = self._services.get(call.service)
        if own is None and provider is None:
            if not self._offered(call.service):
                raise NotOfferedError(
                    f"the twin offers no service {call.service} (called: {call.operation}); register one with "
                    f"LocalCloud.provide_service({call.service!r}, provider)"
                )
            assert self._originals is not None
            response: tuple[Any, Answer] = self._originals[1](client, model, request, context)
            return response
        try:
            if own is not None:
                answer = own(call.parameters, call.principal or "")
            else:
                assert provider is not None
                answer = provider.call(call.operation, call.parameters, call.principal or "")
        except ServiceError as error:
            return self._failed(error)
        return self._succeeded(model, answer)

    def _succeeded(self, model: Any, answer: Answer) -> tuple[Any, Answer]:
        output = model.output_shape
        payload = output.serialization.get("payload") if output is not None else None
        if payload in answer and isinstance(answer[payload], bytes) and output.members[payload].type_name == "blob":
            content = answer[payload]
            answer = {**answer, payload: StreamingBody(io.BytesIO(content), len(content))}
        status = answer.get("StatusCode", 200) if model.name == "Invoke" else 200
        return AWSResponse("", 200, HTTPHeaders(), None), {**answer, "ResponseMetadata": self._metadata(status)}

    def _failed(self, error: ServiceError) -> tuple[Any, Answer]:
        described = {"Code": error.code, "Message": error.message}
        parsed = {"Error": described, "message": error.message, "ResponseMetadata": self._metadata(error.status)}
        parsed |= getattr(error, "extra", {})
        return AWSResponse("", error.status, HTTPHeaders(), None), parsed

    def _metadata(self, status: int) -> dict[str, Any]:
        request_id = f"00000000-0000-4000-8000-{self._requests:012x}"
        return {"RequestId": request_id, "HTTPStatusCode": status, "HTTPHeaders": {}, "RetryAttempts": 0}

    def _hide_missing(self, call: ApiCall, response: Any, parsed: Answer) -> tuple[Any, Answer]:
        """S3 says 403 instead of 404 to those who may not list the bucket."""
        if call.principal is None or "Key" not in call.parameters or call.operation not in {"GetObject", "HeadObject"}:
            return response, parsed
        listing = Access("s3:ListBucket", (f"arn:aws:s3:::{call.parameters['Bucket']}",))
        if self._policies.could(call.principal, listing):
            return response, parsed
        code = "AccessDenied" if call.operation == "GetObject" else "403"
        return self._failed(ServiceError(code, "Access Denied (the object does not exist, or may not be seen)", 403))


def _principal_of(client: Any) -> str | None:
    bound: str | None = getattr(client, "_twin_principal", None)
    return bound or current_principal()


def _policy_owner(access: Access) -> str:
    """Return the ARN of the bucket or queue whose policy has a say in an access."""
    resource = access.resources[0] if access.resources else ""
    return resource.split("/", 1)[0] if resource.startswith("arn:aws:s3:::") else resource


def _body_bytes(request: Mapping[str, Any], parameters: Mapping[str, Any]) -> int:
    body = parameters.get("Body", request.get("body", b""))
    if isinstance(body, bytes | bytearray | str):
        return len(body)
    if hasattr(body, "seek") and hasattr(body, "tell"):
        position = body.tell()
        body.seek(0, io.SEEK_END)
        length: int = body.tell() - position
        body.seek(position)
        return length
    return int(request.get("headers", {}).get("Content-Length", 0))
