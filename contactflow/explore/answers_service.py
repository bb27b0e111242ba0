"""What may come of the actions that ask a function or a queue, and of those that lead to another flow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from contactflow.explore.answers import Answer, View, describe_failure, list_comparisons, list_failures
from contactflow.explore.memory import ABSENT, Memory
from contactflow.model import QUEUE_AT_CAPACITY
from contactflow.model.names import name_function
from contactflow.run.effects import Done, End, FunctionFailed, FunctionResult, Metrics, Queued, QueueFull
from contactflow.run.modules import refuse_module
from contactflow.run.outcomes import Compared, EnterFlow, Failure, Finish, LeaveModule, Next


def get_metric_data(view: View) -> Iterator[Answer]:
    """Ask for a queue's figures."""
    change = lambda memory, birth: memory.renew("Metrics", birth)  # noqa: E731
    yield Answer(Next(), result=Metrics({}), change=change, fills="Metrics")
    yield from list_failures(view, lambda _error: "the queue's figures are unknown")


def invoke_lambda_function(view: View) -> Iterator[Answer]:
    """Invoke a function: any answer, or none."""
    name = name_function(str(view.spot.parameters.get("LambdaFunctionARN")))

    def forget(memory: Memory, _birth: int) -> Memory:
        return memory.renew("External", ABSENT)

    failed = f"function {name} fails"
    if view.is_empty("LambdaFunctionARN"):
        yield Answer(Failure("LambdaFunctionARN is empty"), "answer", failed)
        return
    if view.spot.parameters.get("InvocationType") == "ASYNCHRONOUS":
        yield Answer(Next(), result=Done(), change=forget)
    else:
        yield Answer(
            Next(),
            result=FunctionResult({}),
            change=lambda memory, birth: memory.renew("External", birth),
            fills="External",
        )
    for answer in list_failures(view, lambda _error: failed):
        yield Answer(answer.outcome, "failure", failed, FunctionFailed(failed), forget)


def transfer_contact_to_queue(view: View) -> Iterator[Answer]:
    """Put the contact into its queue, which ends the flow."""
    yield Answer(Finish(End("queued")), result=Queued())
    for answer in sorted(list_failures(view, _tell_transfer), key=lambda answer: "full" not in answer.words):
        full = isinstance(answer.outcome, Failure) and answer.outcome.error == QUEUE_AT_CAPACITY
        yield Answer(answer.outcome, "failure", answer.words, QueueFull() if full else answer.result)


def _tell_transfer(error: str) -> str:
    return "the queue is full" if error == QUEUE_AT_CAPACITY else "the transfer to the queue fails"


def transfer_contact_to_agent(view: View) -> Iterator[Answer]:
    """Join the caller with an agent, which ends the flow."""
    yield Answer(Finish(End("transferred")), result=Done())
    yield from list_failures(view, lambda error: describe_failure(view, error))


def transfer_to_flow(view: View) -> Iterator[Answer]:
    """Go on in another flow, which need not be there."""
    flow_id = view.value("ContactFlowId")
    words = (
        f"the flow {flow_id if isinstance(flow_id, str) else view.spot.parameters.get('ContactFlowId')} is not there"
    )
    yield Answer(EnterFlow(flow_id if isinstance(flow_id, str) else "", returns=False))
    yield from list_failures(view, lambda _error: words)


def invoke_flow_module(view: View) -> Iterator[Answer]:
    """Run a module; one that is not given may answer anything."""
    flow_id = view.value("FlowModuleId")
    if isinstance(flow_id, str) and view.atlas.start(flow_id) is not None:
        refusal = refuse_module(view.modules, flow_id)
        if refusal is not None:
            yield Answer(Failure(refusal), "answer", refusal)
            return
        yield Answer(EnterFlow(flow_id, returns=True))
    else:
        change = lambda memory, birth: memory.renew("Modules", birth)  # noqa: E731
        for case in list_comparisons(view):
            words = f"the module answers {case.example}" if case.condition else ""
            compared = Compared(case.example) if case.condition else Next()
            yield Answer(compared, "answer", words, None, change, condition=case.condition, speaks=True)
    named = flow_id if isinstance(flow_id, str) else view.spot.parameters.get("FlowModuleId")
    yield from list_failures(view, lambda _error: f"the module {named} is not there")


def end_flow_module_execution(view: View) -> Iterator[Answer]:
    """Go back to where the module was invoked."""
    result = view.spot.parameters.get("Result")
    yield Answer(LeaveModule(result if isinstance(result, str) else None))


def end_flow_execution(_view: View) -> Iterator[Answer]:
    """End the flow; the contact goes on."""
    yield Answer(Finish(End("ended")))


ANSWERS: Mapping[str, Callable[[View], Iterator[Answer]]] = {
    "GetMetricData": get_metric_data,
    "InvokeLambdaFunction": invoke_lambda_function,
    "TransferContactToQueue": transfer_contact_to_queue,
    "DequeueContactAndTransferToQueue": transfer_contact_to_queue,
    "TransferContactToAgent": transfer_contact_to_agent,
    "TransferToFlow": transfer_to_flow,
    "InvokeFlowModule": invoke_flow_module,
    "EndFlowModuleExecution": end_flow_module_execution,
    "EndFlowExecution": end_flow_execution,
}
