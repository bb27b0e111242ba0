"""``arn:aws:states:::states:startExecution`` for moto's interpreter, which would pass names on spelt as in workflows.

**Source**: AWS Step Functions developer guide, "Start a new AWS Step Functions state machine from a running execution"
(parameters ``StateMachineArn``, ``Input``, ``Name``; the answer's ``ExecutionArn``, ``StartDate``).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_sfn import (
    StateTaskServiceSfn,
)


class NestedExecutions(StateTaskServiceSfn):
    """A task that starts an execution."""

    def _normalise_parameters(self, parameters: dict[str, Any], *names: Any, **more: Any) -> None:
        super()._normalise_parameters(parameters, *names, **more)
        _rename(parameters, str.lower)

    def _normalise_response(self, response: dict[str, Any], *names: Any, **more: Any) -> None:
        super()._normalise_response(response, *names, **more)
        _rename(response, str.upper)


def _rename(values: dict[str, Any], spell: Callable[[str], str]) -> None:
    renamed = {spell(name[0]) + name[1:]: value for name, value in values.items()}
    values.clear()
    values.update(renamed)
