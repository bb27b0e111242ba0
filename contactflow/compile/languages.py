"""Which language a caller is spoken to in: voice, locale, attribute, and the menu that asks.

**Source**: Amazon Connect API Reference, "UpdateContactTextToSpeechVoice" and "UpdateContactData";
Administrator Guide, "Store customer input" (keys pressed during a played prompt are lost).
"""

from __future__ import annotations

from contactflow.compile.document import IvrDocument, Language, LanguageMenu
from contactflow.compile.draft import Draft
from contactflow.compile.naming import action_id
from contactflow.compile.parts import ask_key, set_attributes

PAUSE_SECONDS = 1


def set_voice(draft: Draft, identifier: str, language: Language, source: str, then: str) -> str:
    """Speak with a language's voice from now on."""
    engine = {} if language.engine is None else {"TextToSpeechEngine": language.engine}
    return draft.attempt(
        identifier,
        "UpdateContactTextToSpeechVoice",
        {"TextToSpeechVoice": language.voice, **engine},
        f"{source}.voice",
        then,
    )


def set_locale(draft: Draft, identifier: str, language: Language, source: str, then: str) -> str:
    """Set the contact's LanguageCode."""
    return draft.attempt(identifier, "UpdateContactData", {"LanguageCode": language.locale}, f"{source}.locale", then)


def add_language_switch(draft: Draft, identifier: str, language: Language, source: str, then: str) -> None:
    """Speak a language from now on: its voice, the contact's locale, the attribute ``language``."""
    locale, attribute = action_id(identifier, "locale"), action_id(identifier, "attribute")
    set_voice(draft, identifier, language, source, locale)
    set_locale(draft, locale, language, source, attribute)
    set_attributes(draft, attribute, {"language": language.code}, source, then)


def add_language_menu(draft: Draft, document: IvrDocument, menu: LanguageMenu) -> None:
    """Ask for the language: each line in its own voice, any key accepted from the first line on.

    Each line is a question of its own with a short pause, because keys pressed while a mere message plays
    are lost. Whoever presses nothing, or a key that means nothing, is spoken to in the default language.
    """
    source = f"{document.root}.language_menu"
    keys = {key: action_id("language", code) for key, code in menu.options.items()}
    default = action_id("language", document.default_language.code)
    lines = [action_id("language-menu", language.code) for language in document.languages[1:]]
    starts = ["language-menu", *lines]
    for language, start, following in zip(document.languages, starts, [*lines, default], strict=True):
        last = following == default
        asking = action_id("language-menu", language.code, "ask")
        set_voice(draft, start, language, f"languages.{language.code}", asking)
        ask_key(
            draft,
            asking,
            draft.message(menu.prompt, language),
            menu.timeout_seconds if last else PAUSE_SECONDS,
            keys,
            f"{source}.prompt.{language.code}",
            silent=following,
            wrong=following,
            failing=default,
        )
