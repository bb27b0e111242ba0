"""What an action is about, in a person's words: the text it says, the function it calls, the queue it sets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from contactflow.draw.naming import label_resource, name_references
from contactflow.model import Action, Flow
from contactflow.model.names import displayed_name
from contactflow.model.values import as_items

Parameters = Mapping[str, Any]
Teller = Callable[[Flow, Action, Parameters], list[str]]

_SPOKEN = ("Text", "SSML", "PromptId", "Media")
_MOST_FACTS = 4


def tell_content(flow: Flow, action: Action) -> list[str]:
    """Return what there is to know of an action beyond its type: a phrase each, unshortened."""
    parameters = action.parameters or {}
    told = _TELLERS.get(action.type, _tell_rest)(flow, action, parameters)
    return [" ".join(phrase.split()) for phrase in told if phrase.strip()]


def _tell_spoken(flow: Flow, action: Action, parameters: Parameters) -> list[str]:
    return _spoken(flow, action, parameters)


def _spoken(flow: Flow, action: Action, parameters: Parameters, *path: str) -> list[str]:
    for name in _SPOKEN:
        value = parameters.get(name)
        if not value:
            continue
        if name == "PromptId":
            return [f"♪ {displayed_name(flow, action.identifier, *path, name) or label_resource(value)}"]
        if isinstance(value, str):
            return [f"“{name_references(value)}”"]
        return [f"♪ {label_resource(next(iter(value.values()), ''))}" if isinstance(value, Mapping) and value else "♪"]
    return []


def _tell_in_turn(flow: Flow, action: Action, parameters: Parameters) -> list[str]:
    messages = parameters.get("Messages")
    spoken = [_spoken(flow, action, each) for each in as_items(messages) if isinstance(each, Mapping)]
    return [phrase for phrases in spoken for phrase in phrases]


def _tell_bot(flow: Flow, action: Action, parameters: Parameters) -> list[str]:
    bot = parameters.get("LexV2Bot") or parameters.get("LexBot") or {}
    name = bot.get("AliasArn") or bot.get("Name") if isinstance(bot, Mapping) else bot
    return [*_spoken(flow, action, parameters), label_resource(name) if name else ""]


def _tell_attributes(_flow: Flow, _action: Action, parameters: Parameters) -> list[str]:
    attributes = parameters.get("Attributes") or parameters.get("FlowAttributes") or {}
    if not isinstance(attributes, Mapping):
        return []
    return [f"{name_references(str(name))} = {_value(value)}" for name, value in attributes.items()]


def _value(value: Any) -> str:
    return name_references(str(value.get("Value", "")) if isinstance(value, Mapping) else str(value)) or "(empty)"


def _tell_comparison(_flow: Flow, _action: Action, parameters: Parameters) -> list[str]:
    return [name_references(str(parameters.get("ComparisonValue", "")))]


def _tell_loop(_flow: Flow, _action: Action, parameters: Parameters) -> list[str]:
    count = parameters.get("LoopCount")
    return [f"{name_references(str(count))} ×"] if count is not None else []


def _tell_hooks(flow: Flow, action: Action, parameters: Parameters) -> list[str]:
    hooks = parameters.get("EventHooks")
    if not isinstance(hooks, Mapping):
        return []
    return [
        f"{name}: {displayed_name(flow, action.identifier, 'EventHooks', name) or label_resource(value)}"
        for name, value in hooks.items()
    ]


def _tell_recording(_flow: Flow, _action: Action, parameters: Parameters) -> list[str]:
    behaviour = parameters.get("RecordingBehavior")
    if not isinstance(behaviour, Mapping):
        return []
    recorded = behaviour.get("RecordedParticipants")
    facts = [" + ".join(map(str, recorded)) if isinstance(recorded, list) and recorded else "–"]
    return [*facts, *(f"{name}: {behaviour[name]}" for name in ("IVRRecordingBehavior",) if name in behaviour)]


def _tell_view(flow: Flow, action: Action, parameters: Parameters) -> list[str]:
    view = parameters.get("ViewResource")
    shown = displayed_name(flow, action.identifier, "ViewResource", "Id")
    return [shown or label_resource(view.get("Id", "") if isinstance(view, Mapping) else view or "")]


def _named(*names: str) -> Teller:
    """Return a teller of the resources or values in the parameters ``names``."""

    def tell(flow: Flow, action: Action, parameters: Parameters) -> list[str]:
        return [
            (displayed_name(flow, action.identifier, name) or label_resource(parameters[name]))
            + (" s" if name.endswith("Seconds") else "")
            for name in names
            if isinstance(parameters.get(name), str | int | float)
        ]

    return tell


def _tell_rest(_flow: Flow, _action: Action, parameters: Parameters) -> list[str]:
    plain = [(name, value) for name, value in parameters.items() if isinstance(value, str | int | float)]
    return [f"{name}: {label_resource(value)}" for name, value in plain[:_MOST_FACTS]]


_TELLERS: Mapping[str, Teller] = {
    "CheckHoursOfOperation": _named("HoursOfOperationId"),
    "CheckMetricData": _named("MetricType", "QueueId"),
    "Compare": _tell_comparison,
    "ConnectParticipantWithLexBot": _tell_bot,
    "CreateCallbackContact": _named("QueueId", "InitialCallDelaySeconds"),
    "CreateTask": _named("Name", "ContactFlowId"),
    "DisconnectParticipant": _named(),
    "GetMetricData": _named("QueueId"),
    "GetParticipantInput": _tell_spoken,
    "InvokeFlowModule": _named("FlowModuleId"),
    "InvokeLambdaFunction": _named("LambdaFunctionARN"),
    "Loop": _tell_loop,
    "MessageParticipant": _tell_spoken,
    "MessageParticipantIteratively": _tell_in_turn,
    "ShowView": _tell_view,
    "TransferContactToAgent": _named("AgentId"),
    "TransferContactToQueue": _named("QueueId", "AgentId"),
    "TransferParticipantToThirdParty": _named("ThirdPartyPhoneNumber"),
    "TransferToFlow": _named("ContactFlowId"),
    "UpdateContactAttributes": _tell_attributes,
    "UpdateContactCallbackNumber": _named("CallbackNumber"),
    "UpdateContactEventHooks": _tell_hooks,
    "UpdateContactRecordingAndAnalyticsBehavior": _tell_recording,
    "UpdateContactRecordingBehavior": _tell_recording,
    "UpdateContactTargetQueue": _named("QueueId", "AgentId"),
    "UpdateContactTextToSpeechVoice": _named("TextToSpeechVoice", "TextToSpeechEngine"),
    "UpdateFlowAttributes": _tell_attributes,
    "UpdateFlowLoggingBehavior": _named("FlowLoggingBehavior"),
    "Wait": _named("TimeLimitSeconds"),
}
