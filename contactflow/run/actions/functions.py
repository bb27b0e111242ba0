"""InvokeLambdaFunction, and what a function may answer.

**Source**: Amazon Connect API Reference, "InvokeLambdaFunction"; Administrator Guide, "Grant Amazon Connect
access to your AWS Lambda functions" (verify the function response: a flat map of strings, at most 32 KB).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal

from contactflow.model.conditions import as_result
from contactflow.model.limits import DEFAULT_FUNCTION_SECONDS, MAX_FUNCTION_SECONDS
from contactflow.model.values import as_fields, as_number
from contactflow.run.effects import Done, FunctionFailed, FunctionResult, InvokeFunction
from contactflow.run.outcomes import Ask, Failure, Handler, Next, Outcome, Scope

MAX_RESPONSE_BYTES = 32 * 1024
MOST_BYTES_PER_CHARACTER = 12


def invoke_lambda_function(scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Invoke a function; its answer becomes ``$.External``, which any failure leaves empty."""
    arn = as_result(parameters.get("LambdaFunctionARN"))
    limit = as_number(parameters.get("InvocationTimeLimitSeconds", DEFAULT_FUNCTION_SECONDS))
    if not arn:
        return Failure("LambdaFunctionARN is empty")
    if limit is None or not 0 < limit <= MAX_FUNCTION_SECONDS:
        return Failure(f"InvocationTimeLimitSeconds is not a number above 0 and up to {MAX_FUNCTION_SECONDS}")
    contact = scope.contact
    contact.external = {}
    validation = as_fields(parameters.get("ResponseValidation")).get("ResponseType")
    response_type: Literal["STRING_MAP", "JSON"] = "JSON" if validation == "JSON" else "STRING_MAP"
    asynchronous = parameters.get("InvocationType") == "ASYNCHRONOUS"
    effect = InvokeFunction(
        arn, as_fields(parameters.get("LambdaInvocationAttributes")), limit, response_type, asynchronous
    )

    def settle(result: FunctionResult | FunctionFailed | Done) -> Outcome:
        if isinstance(result, FunctionFailed):
            return Failure(f"The function failed ({result.kind}): {result.reason}")
        if isinstance(result, Done):
            return Next()
        refusal = refuse_response(result.value, response_type)
        if refusal:
            return Failure(refusal)
        contact.external = result.value
        return Next(result.value)

    accepts = (Done, FunctionFailed) if asynchronous else (FunctionResult, FunctionFailed)
    return Ask(effect, accepts, settle)


def refuse_response(value: Any, response_type: str) -> str | None:
    """Return why a flow cannot take a function's answer, None where it can."""
    if not isinstance(value, Mapping):
        return f"The function answered {type(value).__name__}, not an object"
    if response_type == "STRING_MAP":
        wrong = [name for name, item in value.items() if not (isinstance(item, str) and isinstance(name, str))]
        if wrong:
            return f"The function's answer is not a flat map of strings: {', '.join(map(str, wrong))}"
        if sum(len(name) + len(item) for name, item in value.items()) * MOST_BYTES_PER_CHARACTER < MAX_RESPONSE_BYTES:
            return None
    size = len(json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str).encode())
    if size > MAX_RESPONSE_BYTES:
        return f"The function answered {size} bytes, more than {MAX_RESPONSE_BYTES}"
    return None


HANDLERS: Mapping[str, Handler] = {"InvokeLambdaFunction": invoke_lambda_function}
