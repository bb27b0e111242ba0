"""Compile a described IVR into contact flows.

:func:`compile_ivr` compiles everything at once, for when all resources are known. A deployment creates the
flows one after another: :func:`compile_announcement`, :func:`compile_queue_treatment` and :func:`compile_survey`
first, then :func:`compile_inbound` with their ARNs among the resources.
"""

from __future__ import annotations

from contactflow.compile.announcement import compile_announcement
from contactflow.compile.checking import check_document
from contactflow.compile.document import (
    InputKey,
    IvrDocument,
    IvrResources,
    Language,
    LanguageMenu,
    Menu,
    Option,
    Survey,
)
from contactflow.compile.draft import CompiledFlow
from contactflow.compile.errors import CompileError, DocumentError, MissingResourceError
from contactflow.compile.inbound import compile_inbound
from contactflow.compile.naming import intent_name, key_intent_name
from contactflow.compile.queue_treatment import compile_queue_treatment
from contactflow.compile.services import (
    Answer,
    Callback,
    Input,
    Offer,
    QueueTreatment,
    Transfer,
    Verification,
    Voicemail,
)
from contactflow.compile.speech import Recorded, Said, Ssml, Texts
from contactflow.compile.survey import compile_survey
from contactflow.compile.targets import (
    AfterClosed,
    Target,
    ToAnswer,
    ToLanguage,
    ToMenu,
    ToQueue,
    ToSay,
    ToTransfer,
    ToVoicemail,
)

__all__ = [
    "AfterClosed",
    "Answer",
    "Callback",
    "CompileError",
    "CompiledFlow",
    "DocumentError",
    "Input",
    "InputKey",
    "IvrDocument",
    "IvrResources",
    "Language",
    "LanguageMenu",
    "Menu",
    "MissingResourceError",
    "Offer",
    "Option",
    "QueueTreatment",
    "Recorded",
    "Said",
    "Ssml",
    "Survey",
    "Target",
    "Texts",
    "ToAnswer",
    "ToLanguage",
    "ToMenu",
    "ToQueue",
    "ToSay",
    "ToTransfer",
    "ToVoicemail",
    "Transfer",
    "Verification",
    "Voicemail",
    "compile_announcement",
    "compile_inbound",
    "compile_ivr",
    "compile_queue_treatment",
    "compile_survey",
    "intent_name",
    "key_intent_name",
]


def compile_ivr(document: IvrDocument, resources: IvrResources) -> list[CompiledFlow]:
    """Compile all flows of an IVR, those that others refer to first.

    Returns
    -------
    list of CompiledFlow
        The module ``announcement``, ``queue_treatment`` and ``survey`` where the document has them, then ``inbound``.

    Raises
    ------
    CompileError
        For a description that is not whole, or a resource that is missing.
    FlowSizeError
        For more menus and languages than one flow holds.
    """
    check_document(document, resources)
    flows = []
    if document.announcements:
        flows.append(compile_announcement(document, resources))
    if document.queue_treatment is not None:
        flows.append(compile_queue_treatment(document, resources))
    if document.survey is not None:
        flows.append(compile_survey(document, resources))
    return [*flows, compile_inbound(document, resources)]
