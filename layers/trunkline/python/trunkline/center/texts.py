"""Checking that everything which is said is said in every language of the centre."""

from __future__ import annotations

from collections.abc import Iterator

from .errors import list_names, suggest_name
from .place import Place

_IVR_TEXTS = ("greeting", "recording_notice", "closed", "unavailable", "invalid_choice")


def check_texts(center: Place) -> None:
    """Note texts that lack a language of the centre, or have one that it does not speak."""
    languages = center["languages"].names()
    if not languages:
        return
    for texts in _texts_of(center):
        _compare(texts, languages)


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


def _texts_of(center: Place) -> Iterator[Place]:
    for _, queue in center["queues"].entries():
        yield queue["title"]
    ivr = center["ivr"]
    for name in _IVR_TEXTS:
        yield ivr[name]
    yield ivr["language_menu"]["prompt"]
    yield ivr["queue_treatment"]["message"]
    yield from (ivr["survey"][name] for name in ("prompt", "thanks"))
    for _, menu in ivr["menus"].entries():
        yield menu["prompt"]
        for _, option in menu["options"].entries():
            yield option["phrases"]
    for _, words in center["analysis"]["categories"].entries():
        yield words
