"""Checking that everything which is said is said in every language, and can be said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .errors import list_names, suggest_name
from .place import Place
from .services import targets_of

_IVR_TEXTS = ("greeting", "recording_notice", "closed", "unavailable", "invalid_choice")
_TAG = re.compile(r"<(/?)([A-Za-z][\w:.-]*)[^<>]*?(/?)>")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def check_texts(center: Place) -> None:
    """Note texts that lack a language of the centre, have one that it does not speak, or cannot be said."""
    languages = center["languages"].names()
    if languages:
        for texts in _texts_of(center):
            _compare(texts, languages)
    spoken = list(_speech_of(center["ivr"]))
    for texts in spoken:
        _check_forms(texts, center["ivr"]["prompts"].names() or [])
    for texts, name, needed in _texts_with_placeholders(center["ivr"]):
        _check_placeholder(texts, name, needed)
    _check_prompts_used(center["ivr"], spoken)


def _compare(texts: Place, languages: list[str]) -> None:
    if not isinstance(texts.value, dict):
        return
    missing = [code for code in languages if code not in texts.value]
    for code, text in texts.entries():
        if code not in languages:
            expected = f"languages defined under languages: {list_names(languages)}"
            text.blame(f"the language {code}", expected, suggest_name(code, missing))
    for code in missing:
        texts.blame(f"no text in {code}", f"a text in every language: {list_names(languages)}")


def _check_forms(texts: Place, prompts: list[str]) -> None:
    for _, said in texts.entries():
        said["prompt"].refer(prompts, "a recording defined under ivr.prompts")
        markup = said["ssml"].text
        if markup and (fault := _find_fault(markup)):
            said["ssml"].blame(fault, "SSML from <speak> to </speak>, each tag closed")


def _find_fault(markup: str) -> str | None:
    """Return what is wrong with SSML, None where it is well-formed."""
    if not (markup.startswith("<speak") and markup.rstrip().endswith("</speak>")):
        return "no <speak> around it"
    opened: list[str] = []
    for closing, name, empty in _TAG.findall(markup):
        if not closing and not empty:
            opened.append(name)
        elif closing and (not opened or opened.pop() != name):
            return f"</{name}> where another tag is open"
    return f"<{opened[-1]}> without </{opened[-1]}>" if opened else None


def _check_placeholder(texts: Place, name: str, needed: bool) -> None:
    for _, said in texts.entries():
        words = said.text or said["ssml"].text
        if words is None:
            if needed and said["prompt"].text:
                said.blame("a recording", f"a text with {{{name}}}, which a recording cannot say")
            continue
        found = _PLACEHOLDER.findall(words)
        for other in found:
            if other != name:
                said.blame(f"{{{other}}}", f"no other name in braces than {{{name}}}", suggest_name(other, [name]))
        if needed and not found:
            said.blame(f"a text without {{{name}}}", f"a text with {{{name}}}")


def _check_prompts_used(ivr: Place, spoken: list[Place]) -> None:
    used = {said["prompt"].text for texts in spoken for _, said in texts.entries()}
    used.add(ivr["queue_treatment"]["music"].text)
    for name, prompt in ivr["prompts"].entries():
        if name not in used:
            prompt.blame(
                "a recording that is never played", f"a text with {{prompt: {name}}}, or music, or no such recording"
            )


def _texts_with_placeholders(ivr: Place) -> Iterator[tuple[Place, str, bool]]:
    """Yield texts that name something in braces, the name, and whether they have to."""
    treatment = ivr["queue_treatment"]
    yield treatment["position"], "position", True
    yield treatment["expected_wait"], "minutes", True
    yield ivr["callback"]["confirm_number"], "number", False
    for _, asked in ivr["inputs"].entries():
        yield asked["confirm"], "digits", True


def _texts_of(center: Place) -> Iterator[Place]:
    for _, queue in center["queues"].entries():
        yield queue["title"]
    for _, menu in center["ivr"]["menus"].entries():
        for _, option in menu["options"].entries():
            yield option["phrases"]
    for _, answer in center["ivr"]["answers"].entries():
        yield answer["found"]
    for _, words in center["analysis"]["categories"].entries():
        yield words
    yield from _speech_of(center["ivr"])


def _speech_of(ivr: Place) -> Iterator[Place]:
    for name in _IVR_TEXTS:
        yield ivr[name]
    yield ivr["language_menu"]["prompt"]
    for _, menu in ivr["menus"].entries():
        yield menu["prompt"]
    yield from (target["say"] for target in targets_of(ivr))
    for _, asked in ivr["inputs"].entries():
        yield from (asked[name] for name in ("prompt", "confirm", "invalid"))
    for _, transfer in ivr["transfers"].entries():
        yield transfer["say"]
    treatment = ivr["queue_treatment"]
    yield from (treatment[name] for name in ("message", "position", "expected_wait"))
    for offer in treatment["offers"].items():
        yield from (offer[name] for name in ("callback", "voicemail"))
    yield from (ivr["verification"][name] for name in ("wrong", "locked"))
    yield from (ivr["voicemail"][name] for name in ("prompt", "thanks"))
    yield from (ivr["callback"][name] for name in ("confirm_number", "enter_number", "accepted"))
    yield from (ivr["survey"][name] for name in ("prompt", "resolved", "thanks"))
