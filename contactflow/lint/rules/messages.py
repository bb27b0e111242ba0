"""What is said to the caller.

**Source**: Amazon Connect Administrator Guide, "SSML tags supported by Amazon Connect"; API Reference,
"MessageParticipant" (only one of PromptId, Text, SSML and Media).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from contactflow.lint import pages
from contactflow.lint.findings import Fault
from contactflow.lint.references import REFERENCE, list_texts
from contactflow.lint.rule import rule
from contactflow.lint.scene import SPEAKING_TYPES, Scene, parameters

SOURCES = ("PromptId", "Text", "SSML", "Media")
ROOT = "speak"
_NAMESPACE = re.compile(r"(</?|\s)(amazon|xml):")
_TOKEN = re.compile(r"\$\{[^}]*\}|\{\{.*?\}\}|<<.*?>>")
_DECLARED = re.compile(r"<!(DOCTYPE|ENTITY)", re.I)


@rule(
    "malformed-ssml",
    "error",
    title="SSML that cannot be spoken",
    reason="The message fails and the caller hears nothing: a tag is not closed, or the text is not in <speak>.",
    mend="Close every tag, write &amp; for &, and put all of it in <speak>...</speak>.",
    page=pages.SPEECH,
)
def malformed_ssml(scene: Scene) -> Iterator[Fault]:
    """Find SSML that is not well-formed. Attribute references count as words."""
    for action in scene.of_type(*SPEAKING_TYPES):
        for path, text in list_texts(action.parameters, scene.parameters_path(action)):
            why = _why_malformed(text) if path.endswith(".SSML") else None
            if why is not None:
                yield Fault(f"The SSML cannot be spoken: {why}", action.identifier, path)


def _why_malformed(text: str) -> str | None:
    plain = _NAMESPACE.sub(r"\1\2-", _TOKEN.sub("token", REFERENCE.sub("value", text))).strip()
    if plain in ("value", "token") or not plain:
        return None
    if _DECLARED.search(plain):
        return "it declares a document type"
    try:
        root = ElementTree.fromstring(plain)  # noqa: S314  no document type, so no entities to expand
    except ElementTree.ParseError as error:
        return str(error)
    return None if root.tag == ROOT else f"it begins with <{root.tag}>, not <{ROOT}>"


@rule(
    "ssml-as-text",
    "warning",
    title="SSML in a field for plain text",
    reason="Plain text is spoken as it stands, tags and all.",
    mend="Move it from Text to SSML.",
    page=pages.SPEECH,
)
def ssml_as_text(scene: Scene) -> Iterator[Fault]:
    """Find plain text that begins with <speak>."""
    for action in scene.of_type(*SPEAKING_TYPES):
        for path, text in list_texts(action.parameters, scene.parameters_path(action)):
            if path.endswith(".Text") and text.lstrip().startswith(f"<{ROOT}"):
                yield Fault("The text is SSML, but is given as plain text", action.identifier, path)


@rule(
    "ambiguous-message",
    "error",
    title="A message that says nothing, or says it in two ways",
    reason="The service refuses the flow, or the message fails and the caller hears nothing.",
    mend="Give exactly one of PromptId, Text, SSML and Media.",
)
def ambiguous_message(scene: Scene) -> Iterator[Fault]:
    """Find messages without words, and with more than one kind of them."""
    for action in scene.of_type("MessageParticipant", "GetParticipantInput", "ConnectParticipantWithLexBot"):
        given = [name for name in SOURCES if parameters(action).get(name)]
        path = scene.parameters_path(action)
        if len(given) > 1:
            yield Fault(f"{' and '.join(given)} are given at once", action.identifier, path)
        elif action.type == "MessageParticipant" and not given:
            yield Fault("The message says nothing", action.identifier, path)
