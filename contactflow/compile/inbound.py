"""The flow that a call comes to: greeting, who is it, which language, are we open, menus, routing."""

from __future__ import annotations

from contactflow.compile.checking import check_document, need
from contactflow.compile.document import IvrDocument, IvrResources
from contactflow.compile.draft import CompiledFlow, Draft
from contactflow.compile.languages import add_language_menu, add_language_switch, set_locale, set_voice
from contactflow.compile.menus import add_menus
from contactflow.compile.naming import action_id
from contactflow.compile.parts import invoke, set_attributes
from contactflow.compile.routing import add_routing


def compile_inbound(document: IvrDocument, resources: IvrResources) -> CompiledFlow:
    """Compile the flow that phone numbers lead to.

    Parameters
    ----------
    resources
        With the ARNs of the flows ``queue_treatment`` and ``survey``, where the document has them.

    Raises
    ------
    CompileError
        For a description that is not whole, or a resource that is missing.
    FlowSizeError
        For more menus and languages than one flow holds.
    """
    check_document(document, resources)
    draft = Draft(document.languages)
    _add_opening(draft, document, resources)
    _add_caller(draft, document)
    if len(document.languages) > 1:
        _add_languages(draft, document)
    _add_arrival(draft, document, resources)
    add_menus(draft, document, resources)
    add_routing(draft, document, resources)
    return draft.build("inbound", "CONTACT_FLOW", "log-flow", "Answers, identifies, asks and routes a call")


def _add_opening(draft: Draft, document: IvrDocument, resources: IvrResources) -> None:
    language, root = document.default_language, document.root
    source = f"languages.{language.code}"
    draft.add(
        "log-flow",
        "UpdateFlowLoggingBehavior",
        {"FlowLoggingBehavior": "Enabled"},
        root,
        then="default-voice",
    )
    set_voice(draft, "default-voice", language, source, "default-locale")
    set_locale(draft, "default-locale", language, source, "default-attributes")
    set_attributes(draft, "default-attributes", {"language": language.code, "vip": "false"}, source, "greeting")
    notice = document.recording_notice if document.record_calls else None
    _say_in_default(
        draft,
        "greeting",
        document.greeting[language.code],
        f"{root}.greeting.{language.code}",
        "recording-notice" if notice else "identify-caller",
    )
    if notice:
        _say_in_default(
            draft,
            "recording-notice",
            notice[language.code],
            f"{root}.recording_notice.{language.code}",
            "identify-caller",
        )
    invoke(
        draft,
        "identify-caller",
        need(resources.functions, "identify_caller", "function", root),
        {},
        root,
        then="caller-known",
        failing=_language_unknown(document),
    )


def _say_in_default(draft: Draft, identifier: str, text: str, source: str, then: str) -> None:
    draft.attempt(identifier, "MessageParticipant", {"Text": text}, source, then)


def _add_caller(draft: Draft, document: IvrDocument) -> None:
    following = "caller-language" if len(document.languages) > 1 else "announcement"
    draft.compare("caller-known", "$.External.known", {"true": "caller-attributes"}, following, document.root)
    set_attributes(
        draft,
        "caller-attributes",
        {"customer_id": "$.External.customer_id", "vip": "$.External.vip"},
        document.root,
        following,
    )


def _language_unknown(document: IvrDocument) -> str:
    asks = len(document.languages) > 1 and document.language_menu is not None
    return "language-menu" if asks else "announcement"


def _add_languages(draft: Draft, document: IvrDocument) -> None:
    draft.compare(
        "caller-language",
        "$.External.language",
        {language.code: action_id("language", language.code) for language in document.languages},
        _language_unknown(document),
        "languages",
    )
    for language in document.languages:
        foreign = language is not document.default_language
        notice = document.recording_notice if document.record_calls and foreign else None
        following = action_id("language", language.code, "notice") if notice else "announcement"
        add_language_switch(
            draft, action_id("language", language.code), language, f"languages.{language.code}", following
        )
        if notice:
            source = f"{document.root}.recording_notice.{language.code}"
            draft.attempt(following, "MessageParticipant", {"Text": notice[language.code]}, source, "announcement")
    if document.language_menu is not None:
        add_language_menu(draft, document, document.language_menu)


def _add_arrival(draft: Draft, document: IvrDocument, resources: IvrResources) -> None:
    entry = action_id("menu", document.entry)
    following = entry if resources.hours is None else "check-hours"
    draft.compare(
        "announcement", "$.External.announced", {"true": "announcement-words"}, following, f"{document.root}.greeting"
    )
    draft.attempt(
        "announcement-words",
        "MessageParticipant",
        {"Text": "$.External.announcement"},
        f"{document.root}.greeting",
        following,
    )
    if resources.hours is not None:
        draft.add(
            "check-hours",
            "CheckHoursOfOperation",
            {"HoursOfOperationId": resources.hours},
            f"{document.root}.closed",
            then=entry,
            when={"True": entry, "False": "closed"},
            errors={"NoMatchingError": entry},
        )
        draft.say("closed", document.closed, f"{document.root}.closed", "disconnect")
    draft.add("disconnect", "DisconnectParticipant", {}, document.root)
