"""What ties a flow to one account, or was never filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contactflow.lint import pages
from contactflow.lint.constants import set_values
from contactflow.lint.findings import Fault
from contactflow.lint.references import is_reference, list_texts
from contactflow.lint.rule import rule
from contactflow.lint.scene import Scene, parameters
from contactflow.model import Action

SPOKEN = frozenset({"Text", "SSML", "Messages", "ViewData", "Description", "Name"})
RESOURCES = frozenset(
    {
        "AgentId",
        "AliasArn",
        "CaseTemplateId",
        "ContactFlowArn",
        "ContactFlowId",
        "EncryptionKeyId",
        "FlowModuleId",
        "HoursOfOperationId",
        "LambdaFunctionARN",
        "LambdaProcessorARN",
        "PromptId",
        "QueueId",
        "VoiceConnectorArn",
        "WisdomAssistantArn",
    }
)
_ARN = re.compile(r"arn:aws[\w-]*:[\w-]+:[\w-]*:\d{12}:[^\s\"'<>]+")
_ARN_ACCOUNT = re.compile(r"arn:aws[\w-]*:[\w-]+:[\w-]*:\d{12}:")
_NUMBER = re.compile(r"\+[1-9]\d{6,14}")
_ACCOUNT = re.compile(r"(?<![\d+.])\d{12}(?!\d)")
_TOKEN = re.compile(r"\$\{[^}]*\}|\{\{.*?\}\}|<<.*?>>|%[^%]+%|<[^>]*>")


@rule(
    "hard-coded-arn",
    "warning",
    title="An ARN of one account and region",
    reason="The flow works in one instance only: in any other it is refused, or it reaches into the wrong account.",
    mend="Put a token there that deployment replaces, or read it from an attribute.",
    page=pages.MIGRATION,
)
def hard_coded_arn(scene: Scene) -> Iterator[Fault]:
    """Find ARNs that carry an account."""
    for action, path, text in _values(scene):
        found = _ARN.search(text)
        if found:
            yield Fault(f"{found.group()} is of one account and region", action.identifier, path)


@rule(
    "hard-coded-number",
    "warning",
    title="A telephone number in a parameter",
    reason="Test and production call the same number, and changing it means publishing the flow.",
    mend="Put a token there that deployment replaces, or read it from an attribute.",
    page=pages.MIGRATION,
)
def hard_coded_number(scene: Scene) -> Iterator[Fault]:
    """Find telephone numbers outside of what is said or shown."""
    for action, path, text in _values(scene):
        if _NUMBER.fullmatch(text.strip()):
            yield Fault(f"The number {text.strip()} is written into the flow", action.identifier, path)


@rule(
    "hard-coded-account",
    "warning",
    title="An account number in a parameter",
    reason="The flow reaches into this account wherever it is deployed.",
    mend="Put a token there that deployment replaces, or read it from an attribute.",
    page=pages.MIGRATION,
)
def hard_coded_account(scene: Scene) -> Iterator[Fault]:
    """Find account numbers in addresses of AWS, and in fields that say they hold one."""
    for action, path, text in _values(scene):
        if _ARN_ACCOUNT.search(text):
            continue
        field = path.rpartition(".")[2].casefold()
        found = _ACCOUNT.search(text)
        if found and ("amazonaws" in text or "accountid" in field or "awsaccount" in field):
            yield Fault(f"The account {found.group()} is written into the flow", action.identifier, path)


@rule(
    "unfilled-placeholder",
    "error",
    title="A resource that was never filled in",
    reason="Words stand where an identifier or ARN belongs: the service refuses the flow, or the action always fails.",
    mend="Name the resource.",
    page=pages.MIGRATION,
)
def unfilled_placeholder(scene: Scene) -> Iterator[Fault]:
    """Find words where a resource's identifier or ARN belongs, written there or set as an attribute before."""
    for action in scene.actions:
        for path, text in list_texts(action.parameters, scene.parameters_path(action)):
            if path.rpartition(".")[2] not in RESOURCES:
                continue
            values = set_values(scene, action, text) if is_reference(text) else frozenset({text})
            for value in sorted(value for value in values if value is not None and _is_unfilled(value)):
                yield Fault(f"{value!r} is neither an identifier nor an ARN", action.identifier, path)


def _is_unfilled(value: str) -> bool:
    words = value.strip()
    return not words or (" " in words and "$." not in words and not words.startswith("!") and not _TOKEN.search(words))


def _values(scene: Scene) -> Iterator[tuple[Action, str, str]]:
    """Yield every string that an action is told, but for what is said or shown to people."""
    for action in scene.flow.actions:
        for path, text in _list_told(scene, action):
            yield action, path, text


def _list_told(scene: Scene, action: Action) -> Iterator[tuple[str, str]]:
    for name, value in parameters(action).items():
        texts = list_texts(value, scene.parameters_path(action, name))
        if name == "Messages":
            yield from ((path, text) for path, text in texts if path.endswith(".PromptId"))
        elif name not in SPOKEN:
            yield from texts
    for number, branch in enumerate(action.conditions):
        path = f"{scene.path(action)}.Transitions.Conditions[{number}].Condition.Operands"
        yield from list_texts(branch.condition.operands, path)
