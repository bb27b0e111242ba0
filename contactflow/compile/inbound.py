"""The flow that a call comes to: greeting, who is it, which language, are we open, menus, routing."""

from __future__ import annotations

from contactflow.compile.announcement import ANNOUNCEMENT
from contactflow.compile.checking import check_document, need
from contactflow.compile.document import IvrDocument, IvrResources
from contactflow.compile.draft import CompiledFlow, Draft
from contactflow.compile.languages import add_language_menu, add_language_switch, set_locale, set_voice
from contactflow.compile.menus import add_menus
from contactflow.compile.naming import action_id
from contactflow.compile.parts import invoke, invoke_module, set_attributes
from contactflow.compile.routing import add_routing
from contactflow.compile.ways import Ways


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
    draft = Draft(document, resources)
    _add_opening(draft, document, resources)
    _add_caller(draft, document, resources)
    if len(document.languages) > 1:
        _add_languages(draft, document, resources)
    ways = Ways(draft, document, resources)
    _add_arrival(draft, document, resources, ways)
    add_menus(draft, document, resources, ways)
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
    following = "recording-notice" if notice else "identify-caller"
    draft.say_in("greeting", document.greeting, language, f"{root}.greeting", following)
    if notice:
        draft.say_in("recording-notice", notice, language, f"{root}.recording_notice", "identify-caller")
    invoke(
        draft,
        "identify-caller",
        need(resources.functions, "identify_caller", "function", root),
        {},
        root,
        then="caller-known",
        failing=_language_unknown(document, resources),
    )


def _add_caller(draft: Draft, document: IvrDocument, resources: IvrResources) -> None:
    following = "caller-language" if len(document.languages) > 1 else _arrival(document, resources)
    draft.compare("caller-known", "$.External.known", {"true": "caller-attributes"}, following, document.root)
    set_attributes(
        draft,
        "caller-attributes",
        {"customer_id": "$.External.customer_id", "vip": "$.External.vip"},
        document.root,
        following,
    )


def _language_unknown(document: IvrDocument, resources: IvrResources) -> str:
    asks = len(document.languages) > 1 and document.language_menu is not None
    return "language-menu" if asks else _arrival(document, resources)


def _add_languages(draft: Draft, document: IvrDocument, resources: IvrResources) -> None:
    draft.compare(
        "caller-language",
        "$.External.language",
        {language.code: action_id("language", language.code) for language in document.languages},
        _language_unknown(document, resources),
        "languages",
    )
    for language in document.languages:
        foreign = language is not document.default_language
        notice = document.recording_notice if document.record_calls and foreign else None
        following = action_id("language", language.code, "notice") if notice else _arrival(document, resources)
        add_language_switch(
            draft, action_id("language", language.code), language, f"languages.{language.code}", following
        )
        if notice:
            draft.say_in(
                following, notice, language, f"{document.root}.recording_notice", _arrival(document, resources)
            )
    if document.language_menu is not None:
        add_language_menu(draft, document, document.language_menu)


def _arrival(document: IvrDocument, resources: IvrResources) -> str:
    """Return where a caller goes whose language is known."""
    if document.announcements:
        return "announcement"
    return _after_announcement(document, resources)


def _after_announcement(document: IvrDocument, resources: IvrResources) -> str:
    return action_id("menu", document.entry) if resources.hours is None else "check-hours"


def _add_arrival(draft: Draft, document: IvrDocument, resources: IvrResources, ways: Ways) -> None:
    """Add what is new, the hours, and what follows closing.

    ``identify_caller`` knows already whether there is something to tell. Where it says no, and only there, the module
    is not invoked: a caller whom it could not identify still hears that the centre is closed.
    """
    root, entry = document.root, action_id("menu", document.entry)
    following = _after_announcement(document, resources)
    if document.announcements:
        module = need(resources.modules, ANNOUNCEMENT, "module", root)
        draft.compare("announcement", "$.External.announced", {"false": following}, "announce", root)
        invoke_module(draft, "announce", module, root, following)
    if resources.hours is not None:
        draft.add(
            "check-hours",
            "CheckHoursOfOperation",
            {"HoursOfOperationId": resources.hours},
            f"{root}.closed",
            then=entry,
            when={"True": entry, "False": "closed"},
            errors={"NoMatchingError": entry},
        )
        after = "disconnect" if document.after_closed is None else ways.after_closed(document.after_closed)
        draft.say("closed", document.closed, f"{root}.closed", after)
    draft.add("disconnect", "DisconnectParticipant", {}, root)
