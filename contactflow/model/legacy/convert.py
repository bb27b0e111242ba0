"""Converts a legacy export: every module becomes the equivalent action, and what is lost is listed.

A module without an equivalent is kept whole, as an action of the type ``Legacy<its type>`` with its fields as
parameters and its branches as transitions. Nothing of it is lost, an interpreter that meets it takes its error branch,
and the service refuses to publish it, so that it cannot be overlooked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from contactflow.model.action_types.kind import NO_MATCHING_CONDITION, NO_MATCHING_ERROR
from contactflow.model.document import read_document
from contactflow.model.errors import FlowSyntaxError
from contactflow.model.flow import Action, Flow
from contactflow.model.legacy import contact, control, participant, routing
from contactflow.model.legacy.draft import Draft, NoEquivalentError
from contactflow.model.legacy.export import LegacyExport, LegacyModule, read_export
from contactflow.model.transitions import Condition, ConditionalBranch, ErrorBranch, Transitions

Converter = Callable[[Draft], Action]

CONVERTERS: Mapping[str, Converter] = {
    "CheckAttribute": control.check_attribute,
    "CheckHoursOfOperation": control.check_hours,
    "CheckQueueStatus": routing.check_queue_status,
    "CheckStaffing": routing.check_staffing,
    "CreateCallback": routing.create_callback,
    "CustomerInQueue": routing.transfer_to_queue,
    "Disconnect": participant.disconnect,
    "GetQueueMetrics": routing.get_queue_metrics,
    "GetUserInput": participant.get_user_input,
    "InvokeExternalResource": contact.invoke_function,
    "Loop": control.loop,
    "LoopPrompts": participant.loop_prompts,
    "PercentileBranching": control.distribute,
    "PlayAudio": participant.play_prompt,
    "PlayPrompt": participant.play_prompt,
    "Resume": control.end_flow,
    "SetAttributes": contact.set_attributes,
    "SetCallBackNumber": routing.set_callback_number,
    "SetContactFlow": contact.set_event_hook,
    "SetEventHook": contact.set_event_hook,
    "SetLoggingBehavior": contact.set_logging,
    "SetQueue": routing.set_queue,
    "SetRecordingBehavior": contact.set_recording,
    "SetScreenPop": contact.set_screen_pop,
    "SetVoice": contact.set_voice,
    "StartMediaStreaming": contact.start_media_streaming,
    "StopMediaStreaming": contact.stop_media_streaming,
    "StoreCustomerInput": participant.store_user_input,
    "StoreUserInput": participant.store_user_input,
    "Transfer": routing.transfer,
    "TransferToFlow": routing.transfer_to_flow,
    "UpdateRoutingPriority": routing.update_routing_priority,
    "Wait": control.wait,
}
"""What converts each type of module."""

KEPT_PREFIX = "Legacy"
UNCARRIED_METADATA = ("hash",)
BRANCH_ERRORS = {"Error": NO_MATCHING_ERROR, "NoMatch": NO_MATCHING_CONDITION}


@dataclass(frozen=True)
class NotConverted:
    """A module, or a part of one, that did not make it into the Flow language, and why."""

    module_id: str
    type: str
    reason: str


@dataclass(frozen=True)
class Conversion:
    """A converted flow.

    Attributes
    ----------
    flow
        It parses, and is written back as it is, whatever could not be converted.
    converted
        Number of modules that became an equivalent action, with losses or without.
    not_converted
        What was lost or kept as it was, in the order of the modules.
    """

    flow: Flow
    converted: int
    not_converted: tuple[NotConverted, ...]


def convert_legacy(document: str | bytes | Mapping[str, Any]) -> Conversion:
    """Convert an export with ``modules`` into the Flow language.

    Parameters
    ----------
    document
        The export, as text or as values parsed from it.

    Raises
    ------
    FlowSyntaxError
        Where it is no legacy export, or mixes both formats, or a field of it is missing or of another kind.
    """
    read = document if isinstance(document, Mapping) else read_document(document)
    if "modules" not in read or "Actions" in read:
        raise FlowSyntaxError(
            "This is no export in the legacy format, which has modules and no Actions",
            mend="Read it with Flow.parse, which takes the Flow language.",
        )
    export = read_export(read)
    actions: list[Action] = []
    lost: list[NotConverted] = []
    kept = 0
    for module in export.modules:
        draft = Draft(module)
        try:
            actions.append(_convert(draft))
        except NoEquivalentError as error:
            kept += 1
            actions.append(_keep(module))
            draft.lost = [f"{error}: it is kept as {KEPT_PREFIX}{module.type}"]
        lost += [NotConverted(module.identifier, module.type, reason) for reason in draft.lost]
    written = Flow(export.start, tuple(actions), _write_metadata(export)).serialise()
    return Conversion(Flow.parse(written), len(actions) - kept, tuple(lost))


def _convert(draft: Draft) -> Action:
    converter = CONVERTERS.get(draft.module.type)
    if converter is None:
        raise NoEquivalentError(f"There is no known equivalent of {draft.module.type}")
    return converter(draft)


def _keep(module: LegacyModule) -> Action:
    conditions, errors = [], []
    following = None
    for branch in module.branches:
        if not branch.transition:
            continue
        if branch.condition == "Success":
            following = branch.transition
        elif branch.condition in BRANCH_ERRORS:
            errors.append(ErrorBranch(BRANCH_ERRORS[branch.condition], branch.transition))
        else:
            operand = branch.condition if branch.value is None else str(branch.value)
            conditions.append(ConditionalBranch(branch.transition, Condition("Equals", (operand,))))
    given = {name: value for name, value in module.fields.items() if name not in ("id", "branches", "metadata")}
    transitions = Transitions(following, tuple(conditions), tuple(errors))
    return Action(module.identifier, KEPT_PREFIX + module.type, given, transitions)


def _write_metadata(export: LegacyExport) -> dict[str, Any]:
    carried = {name: value for name, value in export.metadata.items() if name not in UNCARRIED_METADATA}
    if export.type is not None:
        carried.setdefault("type", export.type)
    positions = {
        module.identifier: {"position": module.metadata["position"]}
        for module in export.modules
        if "position" in module.metadata
    }
    return {**carried, "ActionMetadata": positions}
