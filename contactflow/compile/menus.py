"""Menus: keys or speech, repeated after silence and wrong keys, leading to queues, menus and answers."""

from __future__ import annotations

from contactflow.compile.checking import menu_paths
from contactflow.compile.document import IvrDocument, IvrResources, Language, Menu
from contactflow.compile.draft import Draft
from contactflow.compile.naming import action_id, intent_name, key_intent_name
from contactflow.compile.parts import ask_key
from contactflow.compile.targets import Target, ToMenu
from contactflow.compile.ways import Ways

OTHERWISE = "otherwise"
MOMENT = '<speak><break time="100ms"/></speak>'
"""Said in place of a question that has been played to its end already: input has to be asked for by something."""


def add_menus(draft: Draft, document: IvrDocument, resources: IvrResources, ways: Ways) -> None:
    """Add all menus and what their options lead to."""
    paths = menu_paths(document)
    for menu in document.menus:
        _MenuWriter(draft, document, resources, ways, menu, ">".join(paths[menu.name])).write()


class _MenuWriter:
    """Writes one menu."""

    def __init__(
        self, draft: Draft, document: IvrDocument, resources: IvrResources, ways: Ways, menu: Menu, path: str
    ) -> None:
        self.draft = draft
        self.ways = ways
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
        asking, message = name, self.draft.message(self.menu.prompt, language)
        if not self.menu.interruptible:
            asking, message = action_id(name, "ask"), {"SSML": MOMENT}
            self.draft.say_in(name, self.menu.prompt, language, f"{self.source}.prompt", asking)
        ask_key(
            self.draft,
            asking,
            message,
            self.menu.timeout_seconds,
            keys,
            f"{self.source}.prompt.{language.code}",
            silent=silent,
            wrong=wrong,
            failing=failing,
        )
        return name

    def _listen(
        self, name: str, language: Language, keys: dict[str, str], silent: str, wrong: str, failing: str
    ) -> str:
        """Let the bot listen; it also takes keys, and answers silence with no known intent."""
        del silent
        milliseconds = str(self.menu.timeout_seconds * 1000)
        to_the_end = {} if self.menu.interruptible else {"x-amz-lex:allow-interrupt:*:*": "false"}
        return self.draft.add(
            name,
            "ConnectParticipantWithLexBot",
            {
                **self.draft.message(self.menu.prompt, language),
                "LexV2Bot": {"AliasArn": self.resources.bot_alias},
                "LexSessionAttributes": {
                    "x-amz-lex:audio:start-timeout-ms:*:*": milliseconds,
                    **to_the_end,
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
        return self.ways.choice(
            action_id(self.menu.name, key),
            target,
            f"{self.source}.{OTHERWISE}" if key == OTHERWISE else f"{self.source}.options.{key}",
            path=f"{self.path}>{key}",
            menu=self.menu.name,
            failing="unavailable" if key == OTHERWISE else self._otherwise_start(),
        )

    def _otherwise_start(self) -> str:
        target = self.menu.otherwise
        if isinstance(target, ToMenu):
            return self.ways.menu(target.menu)
        return action_id(self.menu.name, OTHERWISE)
