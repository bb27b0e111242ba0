"""Holds a description against itself and against the resources, before anything is compiled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from contactflow.compile.document import IvrDocument, IvrResources, Menu
from contactflow.compile.errors import DocumentError, MissingResourceError
from contactflow.compile.speech import Recorded, Said, Texts, words_of
from contactflow.compile.targets import (
    Target,
    ToAnswer,
    ToLanguage,
    ToMenu,
    ToQueue,
    ToSay,
    ToTransfer,
    ToVoicemail,
)
from contactflow.compile.texts import texts_of

_Section = TypeVar("_Section")

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
    for path, texts in texts_of(document):
        _check_texts(document, resources, path, texts)
    if document.language_menu is not None:
        _check_keys(f"{document.root}.language_menu.options", document.language_menu.options)
        for key, code in document.language_menu.options.items():
            _check_language(document, code, f"{document.root}.language_menu.options.{key}")
    _check_menu_exists(document, document.entry, f"{document.root}.entry")
    for menu in document.menus:
        _check_menu(document, resources, menu)
    _check_reachable(document)
    if document.after_closed is not None:
        _check_target(document, resources, document.after_closed, f"{document.root}.after_closed")
    _check_treatment(document, resources)


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


def section(value: _Section | None, path: str) -> _Section:
    """Return a part of the description, raising where it is needed but not there."""
    if value is None:
        raise DocumentError(path, "This is needed, but not described", "Describe it, or remove what needs it.")
    return value


def _check_texts(document: IvrDocument, resources: IvrResources, path: str, texts: Texts) -> None:
    for language in document.languages:
        said = texts.get(language.code, "")
        place = f"{path}.{language.code}"
        if isinstance(said, Recorded):
            need(resources.prompts, said.prompt, "prompt", place)
        else:
            _check_words(place, said, language.locale)


def _check_words(path: str, said: Said, locale: str) -> None:
    words = words_of(said)
    if not words.strip():
        raise DocumentError(path, "There is no text", f"Say it in {locale} too.")
    if len(words) > MAX_TEXT_CHARACTERS:
        raise DocumentError(path, f"The text has {len(words)} characters", f"Keep it within {MAX_TEXT_CHARACTERS}.")


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
        case ToAnswer(topic):
            _check_answer(document, resources, topic, path)
        case ToVoicemail():
            section(document.voicemail, f"{document.root}.voicemail")
        case ToTransfer(name):
            if name not in {transfer.name for transfer in document.transfers}:
                raise DocumentError(path, f"There is no transfer {name!r}", "Describe the transfer, or name another.")
        case ToSay():
            pass


def _check_answer(document: IvrDocument, resources: IvrResources, topic: str, path: str) -> None:
    need(resources.functions, "answer_question", "function", path)
    answer, place = document.answer(topic), f"{document.root}.answers.{topic}"
    for name, encrypted, key in ((answer.asks, False, "asks"), (answer.verify, True, "verify")):
        if name is None:
            continue
        asked = next((known for known in document.inputs if known.name == name), None)
        if asked is None or asked.encrypted is not encrypted:
            kind = "encrypted" if encrypted else "readable"
            raise DocumentError(f"{place}.{key}", f"There is no {kind} input {name!r}", "Describe it, or name another.")
    if answer.asks is not None:
        need(resources.functions, "check_input", "function", f"{place}.asks")
    if answer.verify is not None:
        section(document.verification, f"{document.root}.verification")
        if resources.input_key is None:
            raise MissingResourceError(
                f"{document.root}.inputs.{answer.verify}", "There is no key to encrypt it with", "Give the input key."
            )


def _check_treatment(document: IvrDocument, resources: IvrResources) -> None:
    treatment = document.queue_treatment
    if treatment is None:
        return
    path = f"{document.root}.queue_treatment"
    if treatment.music is not None:
        need(resources.prompts, treatment.music, "prompt", f"{path}.music")
    after = 0
    for number, offer in enumerate(treatment.offers):
        _check_keys(f"{path}.offers[{number}].key", {offer.key: None})
        needed = {"callback": document.callback, "voicemail": document.voicemail}[offer.kind]
        section(needed, f"{document.root}.{offer.kind}")
        if offer.after_seconds <= after:
            raise DocumentError(
                f"{path}.offers[{number}].after_seconds",
                f"The offer at {offer.after_seconds} seconds comes after one at {after}",
                "Put offers in order of time.",
            )
        after = offer.after_seconds


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
