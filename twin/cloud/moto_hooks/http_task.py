"""``arn:aws:states:::http:invoke`` for moto's interpreter, which does not know it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service as state_service
from moto.stepfunctions.parser.api import HistoryEventType, TaskFailedEventDetails
from moto.stepfunctions.parser.asl.component.common.error_name.custom_error_name import CustomErrorName
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import FailureEvent

from twin.cloud.http_task import HttpTaskError

Invoke = Callable[..., dict[str, Any]]
_PARAMETERS = {
    "ApiEndpoint",
    "Method",
    "Authentication",
    "InvocationConfig",
    "Headers",
    "QueryParameters",
    "RequestBody",
    "Transform",
}


def _refuse(*_: Any, **__: Any) -> dict[str, Any]:
    raise HttpTaskError("States.Http.Socket", "no twin is open")


_StateTaskService: Any = state_service.StateTaskService


class StateTaskServiceHttp(_StateTaskService):  # type: ignore[misc]
    """A task that asks the world outside.

    Attributes
    ----------
    invoke
        Of the twin that is open: answers a task by its parameters, the state machine's ARN and the seconds that it
        has. It raises :class:`twin.cloud.http_task.HttpTaskError`.
    """

    invoke: Invoke = staticmethod(_refuse)

    def _get_supported_parameters(self) -> set[str] | None:
        return _PARAMETERS if self.resource.api_action == "invoke" else None

    def _eval_service_task(
        self, env: Any, resource_runtime_part: Any, normalised_parameters: Mapping[str, Any], state_credentials: Any
    ) -> None:
        del resource_runtime_part, state_credentials
        self.timeout.eval(env=env)
        seconds = float(env.stack.pop())
        machine = env.states.context_object.context_object_data["StateMachine"]["Id"]
        env.stack.append(self.invoke(normalised_parameters, machine_arn=machine, timeout_seconds=seconds))

    def _from_error(self, env: Any, ex: Exception) -> Any:
        if not isinstance(ex, HttpTaskError):
            return super()._from_error(env=env, ex=ex)
        details = TaskFailedEventDetails(error=ex.error, cause=ex.cause, resource="invoke", resourceType="http")
        event_details: Any = {"taskFailedEventDetails": details}
        return FailureEvent(
            env=env,
            error_name=CustomErrorName(error_name=ex.error),
            event_type=HistoryEventType.TaskFailed,
            event_details=event_details,
        )
