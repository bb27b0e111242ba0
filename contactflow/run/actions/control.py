"""Flow control actions: which way a flow goes.

**Source**: Amazon Connect API Reference, "Flow control actions in the Amazon Connect Flow language": Compare,
Loop, Wait, DistributeByPercentage, TransferToFlow, EndFlowExecution; "Contact actions": InvokeFlowModule,
EndFlowModuleExecution. The service stores Wait's time as ``TimeLimitSeconds``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contactflow.run.actions.values import as_number
from contactflow.run.conditions import as_result
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

MAX_LOOPS = 100


def compare(_scope: Scope, parameters: Mapping[str, Any]) -> Outcome:
    """Compare a value, mostly an attribute."""
    value = as_result(parameters.get("ComparisonValue"))
    return Compared(value, {"value": value})


def loop(scope: Scope, parameters: Mapping[str, Any]) -> Outcome:
    """Answer ContinueLooping as many times as LoopCount says, then DoneLooping once, then start over."""
    limit = as_number(parameters.get("LoopCount"))
    if limit is None or not 0 <= limit <= MAX_LOOPS:
        return Failure(f"LoopCount is not a number from 0 to {MAX_LOOPS}")
    place = (scope.flow_id, scope.action_id)
    done = scope.loops.get(place, 0)
    if done >= limit:
        scope.loops.pop(place, None)
        return Compared("DoneLooping", {"loops": done})
    scope.loops[place] = done + 1
    return Compared("ContinueLooping", {"loops": done + 1})


def wait(_scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Let time pass, or an event happen."""
    limit = as_number(parameters.get("TimeLimitSeconds", parameters.get("TimeoutSeconds")))
    if limit is None or limit <= 0:
        return Failure("TimeLimitSeconds is not a number above 0")
    events = tuple(str(name) for name in parameters.get("Events") or ())
    accepts: tuple[type[Result], ...] = (Done, EventOccurred) if events else (Done,)
    return Ask(
        Wait(limit, events),
        accepts,
        lambda result: Compared(result.name if isinstance(result, EventOccurred) else "WaitCompleted"),
    )


def distribute_by_percentage(scope: Scope, _parameters: Mapping[str, Any]) -> Outcome:
    """Compare a random number from 1 to 100 of the session's own seeded stream."""
    number = scope.random.randint(1, 100)
    return Compared(str(number), {"number": number})


def transfer_to_flow(_scope: Scope, parameters: Mapping[str, Any]) -> Outcome:
    """Go on at the start of another flow."""
    return EnterFlow(str(parameters.get("ContactFlowId")), returns=False)


def invoke_flow_module(_scope: Scope, parameters: Mapping[str, Any]) -> Outcome:
    """Run a module, then go on with NextAction."""
    return EnterFlow(str(parameters.get("FlowModuleId")), returns=True)


def end_flow_module_execution(_scope: Scope, _parameters: Mapping[str, Any]) -> Outcome:
    """Go back to the flow that invoked the module."""
    return LeaveModule()


def end_flow_execution(_scope: Scope, _parameters: Mapping[str, Any]) -> Outcome:
    """End the flow; the contact goes on."""
    return Finish(End("ended"))


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
