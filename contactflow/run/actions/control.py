"""Flow control actions: which way a flow goes.

**Source**: Amazon Connect API Reference, "Flow control actions in the Amazon Connect Flow language": Compare,
Loop, Wait, DistributeByPercentage, TransferToFlow, EndFlowExecution; "Contact actions": InvokeFlowModule,
EndFlowModuleExecution; Administrator Guide, "Flow block: Loop" (arrays; ``$.Loop``) and "Flow modules for reusable
functions" (input, output, branches). The service stores Wait's time as ``TimeLimitSeconds``, a module's input as
``Input``, and its answer as ``Result`` and ``ResultData``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from contactflow.model.conditions import as_result
from contactflow.model.limits import MAX_LOOPS
from contactflow.model.values import as_fields, as_items, as_number
from contactflow.run.effects import Done, End, EventOccurred, Result, Wait
from contactflow.run.outcomes import (
    Ask,
    Compared,
    EnterFlow,
    Failure,
    Finish,
    Handler,
    LeaveModule,
    Outcome,
    Scope,
)

MAX_WAIT_SECONDS = 604_800


def compare(_scope: Scope, parameters: Mapping[str, Any]) -> Outcome:
    """Compare a value, mostly an attribute."""
    value = as_result(parameters.get("ComparisonValue"))
    return Compared(value, {"value": value})


def loop(scope: Scope, parameters: Mapping[str, Any]) -> Outcome:
    """Answer ContinueLooping for each round, then DoneLooping once, then start over.

    The rounds are those that LoopCount says, or the elements of an array; a loop with a name shows its round
    below ``$.Loop``.
    """
    name, elements = as_result(parameters.get("LoopName")), None
    if "LoopCount" in parameters:
        limit = as_number(parameters["LoopCount"])
        if limit is None or not 0 <= limit <= MAX_LOOPS:
            return Failure(f"LoopCount is not a number from 0 to {MAX_LOOPS}")
    else:
        elements = _find_array(parameters)
        if elements is None or not name:
            return Failure("The loop has neither a LoopCount nor a LoopName with an array")
        limit = len(elements)
    place = (scope.flow_id, scope.action_id)
    done = scope.loops.get(place, 0)
    if done >= limit:
        scope.loops.pop(place, None)
        return Compared("DoneLooping", {"loops": done})
    scope.loops[place] = done + 1
    if name:
        of_array = {} if elements is None else {"Element": elements[done], "Elements": elements}
        scope.contact.loops = {**scope.contact.loops, name: {"Index": done, **of_array}}
    return Compared("ContinueLooping", {"loops": done + 1})


def wait(_scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Let time pass, or an event happen."""
    limit = as_number(parameters.get("TimeLimitSeconds", parameters.get("TimeoutSeconds")))
    if limit is None or not 0 < limit <= MAX_WAIT_SECONDS:
        return Failure(f"TimeLimitSeconds is not a number above 0 and up to {MAX_WAIT_SECONDS:,}")
    events = tuple(str(name) for name in as_items(parameters.get("Events")))
    accepts: tuple[type[Result], ...] = (Done, EventOccurred) if events else (Done,)
    return Ask(
        Wait(limit, events),
        accepts,
        lambda result: Compared(result.name if isinstance(result, EventOccurred) else "WaitCompleted"),
    )


def distribute_by_percentage(scope: Scope, _parameters: Mapping[str, Any]) -> Outcome:
    """Compare a random number from 1 to 100 of the session's own seeded stream."""
    if scope.random is None:
        scope.random = Random(scope.contact.contact_id)
    number = scope.random.randint(1, 100)
    return Compared(str(number), {"number": number})


def transfer_to_flow(_scope: Scope, parameters: Mapping[str, Any]) -> Outcome:
    """Go on at the start of another flow."""
    return EnterFlow(str(parameters.get("ContactFlowId")), returns=False)


def invoke_flow_module(_scope: Scope, parameters: Mapping[str, Any]) -> Outcome:
    """Run a module with its input, then compare the branch that it answers; NextAction where it answers none."""
    return EnterFlow(str(parameters.get("FlowModuleId")), returns=True, module_input=as_fields(parameters.get("Input")))


def end_flow_module_execution(_scope: Scope, parameters: Mapping[str, Any]) -> Outcome:
    """Go back to the flow that invoked the module, with its branch and output."""
    return LeaveModule(as_result(parameters.get("Result")) or None, as_fields(parameters.get("ResultData")))


def end_flow_execution(_scope: Scope, _parameters: Mapping[str, Any]) -> Outcome:
    """End the flow; the contact goes on."""
    return Finish(End("ended"))


def _find_array(parameters: Mapping[str, Any]) -> Sequence[Any] | None:
    """Return the array to loop over, or JSON text of one: the page does not name its field, so it is found by type."""
    for name, value in parameters.items():
        if isinstance(value, list | tuple):
            return value
        if isinstance(value, str) and name != "LoopName" and value.lstrip().startswith("["):
            try:
                return tuple(json.loads(value))
            except ValueError:
                return None
    return None


HANDLERS: Mapping[str, Handler] = {
    "Compare": compare,
    "Loop": loop,
    "Wait": wait,
    "DistributeByPercentage": distribute_by_percentage,
    "TransferToFlow": transfer_to_flow,
    "InvokeFlowModule": invoke_flow_module,
    "EndFlowModuleExecution": end_flow_module_execution,
    "EndFlowExecution": end_flow_execution,
}
