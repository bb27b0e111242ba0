"""Holds a description against itself and against the resources, before anything is compiled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contactflow.compile.document import (
    IvrDocument,
    IvrResources,
    Menu,
    Target,
    Texts,
    ToAnswer,
    ToLanguage,
    ToMenu,
    ToQueue,
)
from contactflow.compile.errors import DocumentError, MissingResourceError

KEYS = frozenset("0123456789*#")
MAX_TEXT_CHARACTERS = 3000


def check_document(document: IvrDocument, resources: IvrResources) -> None:
    """Raise for the first thing that keeps the IVR from being compiled.

    Raises
    ------
    DocumentError, MissingResourceError
        Naming the key path and how to mend it.
    """
    if not document.languages:
        raise DocumentError("languages", "There is no language", "Name at least one, with locale and voice.")
    for path, texts in _texts(document):
        _check_texts(document, path, texts)
    if document.language_menu is not None:
        _check_keys(f"{document.root}.language_menu.options", document.language_menu.options)
        for key, code in document.language_menu.options.items():
            _check_language(document, code, f"{document.root}.language_menu.options.{key}")
    _check_menu_exists(document, document.entry, f"{document.root}.entry")
    for menu in document.menus:
        _check_menu(document, resources, menu)
    _check_reachable(document)


def menu_paths(document: IvrDocument) -> Mapping[str, tuple[str, ...]]:
    """Return, for each menu that callers can reach, the shortest way there by menu names."""
    paths: dict[str, tuple[str, ...]] = {document.entry: (document.entry,)}
    waiting = [document.entry]
    for name in waiting:
        for target in _menu_targets(document.menu(name)):
            if target not in paths:
                paths[target] = (*paths[name], target)
                waiting.append(target)
    return paths


def need(resources: Mapping[str, str], name: str, kind: str, path: str) -> str:
    """Return a resource by name, raising where it was not given."""
    if name not in resources:
        raise MissingResourceError(path, f"The {kind} {name!r} is not among the resources", f"Add the {kind}.")
    return resources[name]


def _texts(document: IvrDocument) -> Iterator[tuple[str, Texts]]:
    root = document.root
    yield f"{root}.greeting", document.greeting
    yield f"{root}.closed", document.closed
    yield f"{root}.unavailable", document.unavailable
    yield f"{root}.invalid_choice", document.invalid_choice
    if document.recording_notice is not None:
        yield f"{root}.recording_notice", document.recording_notice
    if document.language_menu is not None:
        yield f"{root}.language_menu.prompt", document.language_menu.prompt
    for menu in document.menus:
        yield f"{root}.menus.{menu.name}.prompt", menu.prompt
    if document.queue_treatment is not None:
        yield f"{root}.queue_treatment.message", document.queue_treatment.message
    if document.survey is not None:
        yield f"{root}.survey.prompt", document.survey.prompt
        yield f"{root}.survey.thanks", document.survey.thanks


def _check_texts(document: IvrDocument, path: str, texts: Texts) -> None:
    for language in document.languages:
        text = texts.get(language.code, "")
        if not text.strip():
            raise DocumentError(f"{path}.{language.code}", "There is no text", f"Say it in {language.locale} too.")
        if len(text) > MAX_TEXT_CHARACTERS:
            raise DocumentError(
                f"{path}.{language.code}",
                f"The text has {len(text)} characters",
                f"Keep it within {MAX_TEXT_CHARACTERS}.",
            )


def _check_menu(document: IvrDocument, resources: IvrResources, menu: Menu) -> None:
    path = f"{document.root}.menus.{menu.name}"
    _check_keys(f"{path}.options", {option.key: option for option in menu.options})
    if len({option.key for option in menu.options}) != len(menu.options):
        raise DocumentError(f"{path}.options", "A key leads to two places", "Give each option its own key.")
    if menu.speech and resources.bot_alias is None:
        raise MissingResourceError(f"{path}.speech", "The menu listens, but there is no bot", "Give the bot's alias.")
    for option in menu.options:
        _check_target(document, resources, option.target, f"{path}.options.{option.key}")
    _check_target(document, resources, menu.otherwise, f"{path}.otherwise")


def _check_keys(path: str, options: Mapping[str, object]) -> None:
    if not options:
        raise DocumentError(path, "There are no options", "Offer at least one key.")
    for key in options:
        if key not in KEYS:
            raise DocumentError(f"{path}.{key}", f"{key!r} is not a key", "Use one of 0 to 9, * and #.")


def _check_target(document: IvrDocument, resources: IvrResources, target: Target, path: str) -> None:
    match target:
        case ToQueue(queue):
            need(resources.queues, queue, "queue", path)
        case ToMenu(menu):
            _check_menu_exists(document, menu, path)
        case ToLanguage(code):
            _check_language(document, code, path)
        case ToAnswer():
            need(resources.functions, "answer_question", "function", path)


def _check_language(document: IvrDocument, code: str, path: str) -> None:
    if code not in {language.code for language in document.languages}:
        raise DocumentError(path, f"The language {code!r} is not spoken here", "Add it to the languages.")


def _check_menu_exists(document: IvrDocument, name: str, path: str) -> None:
    if name not in {menu.name for menu in document.menus}:
        raise DocumentError(path, f"There is no menu {name!r}", "Describe the menu, or name another.")


def _check_reachable(document: IvrDocument) -> None:
    reachable = menu_paths(document)
    for menu in document.menus:
        if menu.name not in reachable:
            raise DocumentError(
                f"{document.root}.menus.{menu.name}",
                "No caller can reach this menu",
                "Lead an option to it, or remove it.",
            )


def _menu_targets(menu: Menu) -> Iterator[str]:
    for target in (*(option.target for option in menu.options), menu.otherwise):
        if isinstance(target, ToMenu):
            yield target.menu
