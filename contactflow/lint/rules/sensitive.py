"""Card numbers and PINs: in the clear, in attributes, in logs, in recordings.

**Source**: Amazon Connect Administrator Guide, "Encrypt sensitive customer input", "Store customer input" (encrypt
entry), "Set contact attributes" (attributes are part of the contact record), "Set recording and analytics behavior"
(automated interaction recording); API Reference, "UpdateFlowLoggingBehavior" (remains for the rest of the segment).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contactflow.lint import pages
from contactflow.lint.findings import Fault, Severity
from contactflow.lint.graph import Edge, Exit
from contactflow.lint.rule import rule
from contactflow.lint.scene import Scene, parameters
from contactflow.lint.secrets import INPUT, find_secret_inputs
from contactflow.model import Action, stores_input
from contactflow.model.values import as_fields

KEPT = {
    "UpdateContactAttributes": "an attribute, which is kept in the contact record",
    "UpdateContactData": "the contact's data, which is kept in the contact record",
    "TagContact": "a tag of the contact",
    "CreateTask": "a task",
    "CreateCase": "a case",
    "UpdateCase": "a case",
}
PASSED_ON = {
    "InvokeLambdaFunction": "a function's parameters, which a flow log shows",
    "ConnectParticipantWithLexBot": "a bot's session",
}
RECORDING_TYPES = ("UpdateContactRecordingBehavior", "UpdateContactRecordingAndAnalyticsBehavior")
_PAUSING_FUNCTION = re.compile(r"(pause|suspend|stop|mute)\w*recording|recording\w*(pause|suspend|stop|mute)", re.I)


@rule(
    "unencrypted-sensitive-input",
    "error",
    title="A card number or PIN is collected without encryption",
    reason="The digits pass through the flow in the clear: any function, log or attribute on the way may keep them.",
    mend="Set InputEncryption with a key and a certificate, and decrypt only where the digits are needed.",
    page=pages.ENCRYPTION,
)
def unencrypted_sensitive_input(scene: Scene) -> Iterator[Fault]:
    """Find stored secrets without encryption."""
    for secret in find_secret_inputs(scene):
        if not secret.encrypted:
            message = f"Digits are stored in the clear: {secret.evidence}"
            yield Fault(message, secret.action.identifier, scene.path(secret.action))


@rule(
    "sensitive-input-stored",
    "error",
    title="A card number or PIN goes into an attribute or to a function in the clear",
    reason="Contact records are kept for two years and read by many; what stands there in the clear has leaked.",
    mend="Encrypt the input, and pass it on encrypted to the one function that needs it.",
    page=pages.SETTING_ATTRIBUTES,
)
def sensitive_input_stored(scene: Scene) -> Iterator[Fault]:
    """Find where secrets that are not encrypted are written to."""
    asked = {one.action.identifier for one in find_secret_inputs(scene) if not one.encrypted}
    if not asked:
        return
    held = scene.graph.spread(frozenset[str](), lambda edge, before: _hold(scene, edge, before, asked))
    for action in scene.of_type(*KEPT, *PASSED_ON):
        sources = sorted(held.get(action.identifier, ()))
        if sources and any(one.root == INPUT for one in scene.references[action.identifier]):
            place = KEPT.get(action.type) or PASSED_ON[action.type]
            message = f"What {sources[0]!r} asks for goes in the clear into {place}"
            severity: Severity | None = None if action.type in KEPT else "warning"
            path = next(one.path for one in scene.references[action.identifier] if one.root == INPUT)
            yield Fault(message, action.identifier, path, severity=severity)


def _hold(scene: Scene, edge: Edge, before: frozenset[str], asked: set[str]) -> frozenset[str]:
    source = scene.action(edge.source)
    if source.type != "GetParticipantInput" or not stores_input(source) or edge.exit is Exit.ERROR:
        return before
    return frozenset({source.identifier}) if source.identifier in asked else frozenset()


@rule(
    "sensitive-input-logged",
    "error",
    title="A card number or PIN is collected while the flow is logged",
    reason="The flow log shows what is entered, to everybody who may read logs.",
    mend="Disable flow logging before the question, and enable it again once the input has been replaced.",
    page=pages.LOGGING,
)
def sensitive_input_logged(scene: Scene) -> Iterator[Fault]:
    """Find secrets in the clear that are asked for where this flow has logging enabled."""
    secrets = [one for one in find_secret_inputs(scene) if not one.encrypted]
    if not secrets:
        return
    states = scene.graph.spread(frozenset({"Inherited"}), lambda edge, before: _logging(scene, edge, before))
    for secret in secrets:
        if "Enabled" in states.get(secret.action.identifier, ()):
            message = f"Flow logging is enabled here, and {secret.evidence}"
            yield Fault(message, secret.action.identifier, scene.path(secret.action))


def _logging(scene: Scene, edge: Edge, before: frozenset[str]) -> frozenset[str]:
    source = scene.action(edge.source)
    if source.type != "UpdateFlowLoggingBehavior":
        return before
    return frozenset({str(parameters(source).get("FlowLoggingBehavior", ""))})


@rule(
    "sensitive-input-recorded",
    "error",
    title="Recording is not paused while a card number or PIN is collected",
    reason="Tones and spoken digits are in the recording, and in the transcript made of it.",
    mend="Before the question set IVRRecordingBehavior to Disabled and RecordedParticipants to none; set them again "
    "after it.",
    page=pages.RECORDING,
)
def sensitive_input_recorded(scene: Scene) -> Iterator[Fault]:
    """Find secrets, encrypted or not, that are asked for while this flow records."""
    secrets = list(find_secret_inputs(scene))
    if not secrets:
        return
    states = scene.graph.spread(frozenset({""}), lambda edge, before: _recording(scene, edge, before))
    for secret in secrets:
        state = states.get(secret.action.identifier, frozenset())
        place = scene.path(secret.action)
        if "ivr" in state:
            message = f"The automated part of the call is recorded here, and {secret.evidence}"
            yield Fault(message, secret.action.identifier, place)
        elif "customer" in state:
            message = f"The customer is recorded, IVRRecordingBehavior is not Disabled, and {secret.evidence}"
            yield Fault(message, secret.action.identifier, place, severity="warning")


def _recording(scene: Scene, edge: Edge, before: frozenset[str]) -> frozenset[str]:
    source = scene.action(edge.source)
    if source.type == "InvokeLambdaFunction" and edge.exit is not Exit.ERROR:
        return frozenset({"off"}) if _pauses(source) else before
    return frozenset({_recorded(source)}) if source.type in RECORDING_TYPES else before


def _pauses(action: Action) -> bool:
    return _PAUSING_FUNCTION.search(f"{parameters(action).get('LambdaFunctionARN')} {action.identifier}") is not None


def _recorded(action: Action) -> str:
    fields = parameters(action)
    behavior = as_fields(fields.get("RecordingBehavior"))
    behavior = behavior or as_fields(as_fields(fields.get("VoiceBehavior")).get("VoiceRecordingBehavior"))
    automated = str(behavior.get("IVRRecordingBehavior", ""))
    if automated == "Enabled":
        return "ivr"
    recorded = "Customer" in str(behavior.get("RecordedParticipants", ""))
    return "customer" if recorded and automated != "Disabled" else "off"
