"""Checking the menus: every choice leads somewhere, and every caller gets out."""

from __future__ import annotations

from .errors import list_names
from .place import Place

_UNSPEAKABLE = frozenset("*#")


def check_menus(center: Place) -> None:
    """Note choices that lead nowhere, menus nobody reaches or leaves, and gaps of the language menu."""
    ivr, menus = center["ivr"], center["ivr"]["menus"]
    languages, queues, names = center["languages"].names(), center["queues"].names(), menus.names()
    known_entry = ivr["entry"].refer(names, "a menu defined under ivr.menus")
    for _, menu in menus.entries():
        for target in _targets_of(menu):
            target["queue"].refer(queues, "a queue defined under queues")
            target["menu"].refer(names, "a menu defined under ivr.menus")
            target["language"].refer(languages, "a language defined under languages")
        if menu["speech"].value is True:
            _check_phrases(menu)
    _check_ways_out(menus)
    _check_silence(menus, ivr["entry"].text if known_entry else None)
    if known_entry:
        _check_ways_in(menus, ivr["entry"].text or "")
    _check_language_menu(ivr["language_menu"], languages)


def _targets_of(menu: Place) -> list[Place]:
    return [*(option for _, option in menu["options"].entries()), menu["otherwise"]]


def _leads_to(menu: Place) -> set[str]:
    return {name for target in _targets_of(menu) if (name := target["menu"].text)}


def _check_ways_in(menus: Place, entry: str) -> None:
    reached, ahead = set(), [entry]
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached.add(name)
            ahead += _leads_to(menus[name])
    for name, menu in menus.entries():
        if name not in reached:
            menu.blame("a menu that no choice leads to", "an option with menu: " + name + ", or no such menu")


def _check_ways_out(menus: Place) -> None:
    known = set(menus.names() or ())  # a misspelt menu is one problem, not two
    leaving = {name for name, menu in menus.entries() if any(_leaves(target, known) for target in _targets_of(menu))}
    while more := {name for name, menu in menus.entries() if _leads_to(menu) & leaving} - leaving:
        leaving |= more
    for name, menu in menus.entries():
        if name not in leaving:
            menu.blame(
                f"choices that only lead to {list_names(sorted(_leads_to(menu)))}",
                "a way out: an option with a queue or an answer",
            )


def _leaves(target: Place, known: set[str]) -> bool:
    stays = target["language"].value is not None or target["say"].value is not None
    return target["menu"].text not in known and not stays


def _check_silence(menus: Place, entry: str | None) -> None:
    """Callers who never press a key must not go round in a circle, at the centre's expense."""
    for name, menu in menus.entries():
        passed, ahead = [name], _next_of_silent(menu, name, entry)
        while ahead and ahead not in passed:
            passed.append(ahead)
            ahead = _next_of_silent(menus[ahead], ahead, entry)
        if ahead == name:
            circle = " > ".join((*passed, name))
            menu["otherwise"].blame(
                f"a circle for callers who choose nothing: {circle}",
                "an otherwise that ends in a queue, a voicemail or a transfer",
            )


def _next_of_silent(menu: Place, name: str, entry: str | None) -> str | None:
    """Return the menu that somebody comes to who chooses nothing, None where they leave the menus."""
    target = menu["otherwise"]
    if target["answer"].text:
        return entry
    if target["language"].text or target["say"].value is not None:
        return name
    return target["menu"].text


def _check_phrases(menu: Place) -> None:
    heard: dict[tuple[str, str], str] = {}
    for key, option in menu["options"].entries():
        if key in _UNSPEAKABLE:
            option.blame(f"the key {key}", "a key from 0 to 9: a bot that listens knows no others")
        if not isinstance(option["phrases"].value, dict) or not option["phrases"].value:
            option.blame("no phrases", "phrases in every language: the menu has speech: true")
        for code, phrases in option["phrases"].entries():
            for phrase in phrases.items():
                said = (code, (phrase.text or "").casefold())
                if heard.setdefault(said, key) != key:
                    phrase.blame(
                        f"{phrase.text}, which option {heard[said]} listens for too",
                        "phrases that belong to one option of the menu",
                    )


def _check_language_menu(asked: Place, languages: list[str] | None) -> None:
    if not languages:
        return
    if asked.value is None:
        if len(languages) > 1:
            asked.blame("nothing", f"a language_menu, because the centre speaks {list_names(languages)}")
        return
    for _, choice in asked["options"].entries():
        choice.refer(languages, "a language defined under languages")
    offered = {choice.text for _, choice in asked["options"].entries()}
    for code in languages:
        if asked["options"].value and code not in offered and offered <= set(languages):
            asked["options"].blame(f"no key for {code}", "a key for every language of the centre")
