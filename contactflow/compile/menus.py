"""Menus: keys or speech, repeated after silence and wrong keys, leading to queues, menus and answers."""

from __future__ import annotations

from contactflow.compile.checking import menu_paths, need
from contactflow.compile.document import (
    IvrDocument,
    IvrResources,
    Language,
    Menu,
    Target,
    ToAnswer,
    ToLanguage,
    ToMenu,
    ToQueue,
)
from contactflow.compile.draft import Draft
from contactflow.compile.languages import add_language_switch
from contactflow.compile.naming import action_id, intent_name, key_intent_name
from contactflow.compile.parts import ask_key, invoke, set_attributes
from contactflow.compile.routing import routing_start

OTHERWISE = "otherwise"


def add_menus(draft: Draft, document: IvrDocument, resources: IvrResources) -> None:
    """Add all menus and what their options lead to."""
    paths = menu_paths(document)
    for menu in document.menus:
        _MenuWriter(draft, document, resources, menu, ">".join(paths[menu.name])).write()


class _MenuWriter:
    """Writes one menu."""

    def __init__(self, draft: Draft, document: IvrDocument, resources: IvrResources, menu: Menu, path: str) -> None:
        self.draft = draft
        self.document = document
        self.resources = resources
        self.menu = menu
        self.path = path
        self.source = f"{document.root}.menus.{menu.name}"
        self.start = action_id("menu", menu.name)

    def write(self) -> None:
        """Add the question, its repetition, and every option."""
        menu = self.menu
        keys = {option.key: self._target(option.key, option.target) for option in menu.options}
        otherwise = self._target(OTHERWISE, menu.otherwise)
        again = self._repeat(otherwise) if menu.retries else otherwise
        wrong = self.draft.say(
            action_id(self.start, "invalid"),
            self.document.invalid_choice,
            f"{self.document.root}.invalid_choice",
            again,
        )
        ask = self._listen if menu.speech else self._ask
        self.draft.by_language(
            self.start,
            f"{self.source}.prompt",
            lambda name, language: ask(name, language, keys, again, wrong, otherwise),
        )

    def _ask(self, name: str, language: Language, keys: dict[str, str], silent: str, wrong: str, failing: str) -> str:
        return ask_key(
            self.draft,
            name,
            self.menu.prompt[language.code],
            self.menu.timeout_seconds,
            keys,
            f"{self.source}.prompt.{language.code}",
            silent=silent,
            wrong=wrong,
            failing=failing,
        )

    def _listen(
        self, name: str, language: Language, keys: dict[str, str], silent: str, wrong: str, failing: str
    ) -> str:
        """Let the bot listen; it also takes keys, and answers silence with no known intent."""
        del silent
        milliseconds = str(self.menu.timeout_seconds * 1000)
        return self.draft.add(
            name,
            "ConnectParticipantWithLexBot",
            {
                "Text": self.menu.prompt[language.code],
                "LexV2Bot": {"AliasArn": self.resources.bot_alias},
                "LexSessionAttributes": {
                    "x-amz-lex:audio:start-timeout-ms:*:*": milliseconds,
                    "menu": self.menu.name,
                },
            },
            f"{self.source}.prompt.{language.code}",
            then=wrong,
            when={
                name: target
                for key, target in keys.items()
                for name in (intent_name(self.menu.name, key), key_intent_name(key))
            },
            errors={"NoMatchingCondition": wrong, "NoMatchingError": failing},
        )

    def _repeat(self, otherwise: str) -> str:
        return self.draft.add(
            action_id(self.start, "again"),
            "Loop",
            {"LoopCount": str(self.menu.retries)},
            f"{self.source}.retries",
            then=otherwise,
            when={"ContinueLooping": self.start, "DoneLooping": otherwise},
        )

    def _target(self, key: str, target: Target) -> str:
        """Add what a key leads to and return where it starts."""
        name = action_id(self.menu.name, key)
        source = f"{self.source}.{OTHERWISE}" if key == OTHERWISE else f"{self.source}.options.{key}"
        match target:
            case ToMenu(menu):
                return action_id("menu", menu)
            case ToQueue(queue):
                chosen = {"queue_choice": queue, "menu_path": f"{self.path}>{key}"}
                return set_attributes(self.draft, name, chosen, source, routing_start(self.document))
            case ToLanguage(code):
                language = next(known for known in self.document.languages if known.code == code)
                add_language_switch(self.draft, name, language, source, self.start)
                return name
            case ToAnswer(topic):
                return self._answer(name, key, topic, source)

    def _answer(self, name: str, key: str, topic: str, source: str) -> str:
        """Answer a question, then offer the entry menu; what has no answer goes to ``otherwise``."""
        steps = [action_id(name, part) for part in ("answer", "answered", "say")]
        unanswered = "unavailable" if key == OTHERWISE else self._otherwise_start()
        entry = action_id("menu", self.document.entry)
        set_attributes(self.draft, name, {"menu_path": f"{self.path}>{key}"}, source, steps[0])
        invoke(
            self.draft,
            steps[0],
            need(self.resources.functions, "answer_question", "function", source),
            {"topic": topic, "language": "$.Attributes.language"},
            source,
            then=steps[1],
            failing=unanswered,
        )
        self.draft.compare(steps[1], "$.External.answered", {"true": steps[2]}, unanswered, source)
        self.draft.add(
            steps[2],
            "MessageParticipant",
            {"Text": "$.External.text"},
            source,
            then=entry,
            errors={"NoMatchingError": unanswered},
        )
        return name

    def _otherwise_start(self) -> str:
        target = self.menu.otherwise
        if isinstance(target, ToMenu):
            return action_id("menu", target.menu)
        return action_id(self.menu.name, OTHERWISE)
