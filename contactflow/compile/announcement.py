"""The shared module ``announcement``: what callers are told at run time, and emergency closure.

Flows invoke it whenever a caller comes to another menu. What the caller has heard already is in the attribute
``announcement_heard``, so that nobody hears it twice.

**Source**: Amazon Connect Administrator Guide, "Flow modules for reusable functions" (what a function answers
within a module is not known outside it); API Reference, "InvokeFlowModule" and "EndFlowModuleExecution".
"""

from __future__ import annotations

from contactflow.compile.checking import need
from contactflow.compile.document import IvrDocument, IvrResources
from contactflow.compile.draft import CompiledFlow, Draft
from contactflow.compile.naming import action_id
from contactflow.compile.parts import invoke, invoke_module, set_attributes

ANNOUNCEMENT = "announcement"


def compile_announcement(document: IvrDocument, resources: IvrResources) -> CompiledFlow:
    """Compile the module that tells callers what is new.

    Raises
    ------
    MissingResourceError
        Where the function ``check_announcement`` is not among the resources.
    """
    source = document.root
    draft = Draft(document, resources)
    invoke(
        draft,
        "check",
        need(resources.functions, "check_announcement", "function", source),
        {"heard": "$.Attributes.announcement_heard", "language": "$.Attributes.language"},
        source,
        then="announced",
        failing="end",
    )
    draft.compare("announced", "$.External.announced", {"true": "words"}, "end", source)
    draft.attempt("words", "MessageParticipant", {"Text": "$.External.announcement"}, source, "heard")
    set_attributes(draft, "heard", {"announcement_heard": "$.External.announcement_id"}, source, "closed")
    draft.compare("closed", "$.External.closed", {"true": "disconnect"}, "end", source)
    draft.add("end", "EndFlowModuleExecution", {}, source)
    draft.add("disconnect", "DisconnectParticipant", {}, source)
    return draft.build(ANNOUNCEMENT, "MODULE", "check", "Tells callers what is new since they called")


def reenter_menu(draft: Draft, document: IvrDocument, resources: IvrResources, name: str) -> str:
    """Return where a caller goes who comes to a menu from another: first what is new, then the menu."""
    menu = action_id("menu", name)
    if not document.announcements:
        return menu
    identifier = action_id("enter", name)
    if identifier not in draft:
        module = need(resources.modules, ANNOUNCEMENT, "module", document.root)
        invoke_module(draft, identifier, module, f"{document.root}.menus.{name}", menu)
    return identifier
