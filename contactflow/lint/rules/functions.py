"""Functions and the time they take.

**Source**: Amazon Connect API Reference, "InvokeLambdaFunction" (InvocationTimeLimitSeconds: at most 8);
Administrator Guide, "AWS Lambda function block" (default 3 seconds; an error or a timeout takes the error branch).
"""

from __future__ import annotations

from collections.abc import Iterator

from contactflow.lint import pages
from contactflow.lint.findings import Fault
from contactflow.lint.rule import rule
from contactflow.lint.scene import Scene, parameters
from contactflow.model import NO_MATCHING_ERROR
from contactflow.model.limits import DEFAULT_FUNCTION_SECONDS, MAX_FUNCTION_SECONDS

LIMIT_MEND = (
    f"Set InvocationTimeLimitSeconds, 1 to {MAX_FUNCTION_SECONDS}, above what the function takes in a cold start."
)


@rule(
    "ignored-timeout",
    "error",
    title="The flow ignores that a function may be slow or fail",
    reason="A function that is slow, throttled or broken takes the error branch after its time limit: without branch "
    "the service refuses the flow; with a limit that nobody chose, a cold start is a failure.",
    mend="Give the function a branch for NoMatchingError, and a time limit of 1 to 8 seconds.",
    page=pages.FUNCTIONS,
)
def ignored_timeout(scene: Scene) -> Iterator[Fault]:
    """Find functions without a branch for failure, and with a time limit that is missing or impossible."""
    for action in scene.of_type("InvokeLambdaFunction"):
        if NO_MATCHING_ERROR not in action.error_targets:
            path = scene.path(action) + ".Transitions.Errors"
            yield Fault("No branch says what follows where the function fails or is slow", action.identifier, path)
        limit = parameters(action).get("InvocationTimeLimitSeconds")
        asynchronous = str(parameters(action).get("InvocationType", "")).upper() == "ASYNCHRONOUS"
        path = scene.parameters_path(action, "InvocationTimeLimitSeconds")
        if limit is None and not asynchronous:
            message = f"No time limit is set: after {DEFAULT_FUNCTION_SECONDS} seconds the function counts as failed"
            yield Fault(message, action.identifier, path, LIMIT_MEND, "warning")
        elif limit is not None and not asynchronous and not _is_possible(str(limit)):
            message = (
                f"A time limit of {limit} seconds is not possible: it is a whole number up to {MAX_FUNCTION_SECONDS}"
            )
            yield Fault(message, action.identifier, path, LIMIT_MEND)


def _is_possible(limit: str) -> bool:
    return "$" in limit or "{" in limit or "%" in limit or (limit.isdigit() and 1 <= int(limit) <= MAX_FUNCTION_SECONDS)
