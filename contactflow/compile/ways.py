"""What the choices of the inbound flow lead to, each way added once however many choices lead there."""

from __future__ import annotations

from collections.abc import Mapping

from contactflow.compile.announcement import reenter_menu
from contactflow.compile.answers import add_answer
from contactflow.compile.document import IvrDocument, IvrResources
from contactflow.compile.draft import Draft
from contactflow.compile.languages import add_language_switch
from contactflow.compile.leaving import add_transfer, add_voicemail
from contactflow.compile.naming import action_id
from contactflow.compile.parts import set_attributes
from contactflow.compile.routing import routing_start
from contactflow.compile.targets import (
    AfterClosed,
    Target,
    ToAnswer,
    ToLanguage,
    ToMenu,
    ToQueue,
    ToSay,
    ToTransfer,
    ToVoicemail,
)

CLOSED = "closed"
"""What stands in ``menu_path`` of a caller who came outside opening hours."""


class Ways:
    """Adds ways on request.

    Parameters
    ----------
    draft
        The inbound flow.
    """

    def __init__(self, draft: Draft, document: IvrDocument, resources: IvrResources) -> None:
        self.draft = draft
        self.document = document
        self.resources = resources
        self._answers: dict[tuple[str, str, str], str] = {}
        self._transfers: dict[tuple[str, str], str] = {}

    def menu(self, name: str) -> str:
        """Return where a caller goes who comes to a menu from another."""
        return reenter_menu(self.draft, self.document, self.resources, name)

    def choice(self, name: str, target: Target, source: str, *, path: str, menu: str, failing: str) -> str:
        """Add what a choice leads to, and return where it starts.

        Parameters
        ----------
        name
            Identifier of its first action.
        path
            Contact attribute ``menu_path``: how the caller came here.
        menu
            The menu that the choice belongs to.
        failing
            Where a caller goes whose question is not answered, or who is not connected.
        """
        match target:
            case ToMenu(other):
                return self.menu(other)
            case ToSay(texts):
                return self.draft.say(name, texts, f"{source}.say", action_id("menu", menu))
            case ToLanguage(code):
                language = next(known for known in self.document.languages if known.code == code)
                add_language_switch(self.draft, name, language, source, action_id("menu", menu))
                return name
            case ToQueue(queue):
                return self._note(
                    name, {"queue_choice": queue, "menu_path": path}, source, routing_start(self.document)
                )
            case _:
                then = self.menu(self.document.entry) if isinstance(target, ToAnswer) else "disconnect"
                return self._service(name, target, source, path, then, failing)

    def after_closed(self, target: AfterClosed) -> str:
        """Add what follows the words that the centre is closed, and return where it starts."""
        source = f"{self.document.root}.after_closed"
        return self._service(action_id("after", "closed"), target, source, CLOSED, "disconnect", "unavailable")

    def _service(self, name: str, target: AfterClosed, source: str, path: str, then: str, failing: str) -> str:
        """Add a note of the choice, and lead on to what it is served by."""
        match target:
            case ToVoicemail(queue):
                start = add_voicemail(self.draft, self.document, failing="unavailable")
                return self._note(name, {"voicemail": queue, "menu_path": path}, source, start)
            case ToTransfer(somebody):
                start = self._transfer(somebody, name, failing)
                return self._note(name, {"transfer": somebody, "menu_path": path}, source, start)
            case ToAnswer(topic):
                start = self._answer(topic, name, then=then, failing=failing)
                return self._note(name, {"menu_path": path}, source, start)

    def _answer(self, topic: str, owner: str, *, then: str, failing: str) -> str:
        ways = (topic, then, failing)
        if ways not in self._answers:
            self._answers[ways] = add_answer(
                self.draft, self.document, self.resources, topic, owner, then=then, failing=failing
            )
        return self._answers[ways]

    def _transfer(self, somebody: str, owner: str, failing: str) -> str:
        ways = (somebody, failing)
        if ways not in self._transfers:
            self._transfers[ways] = add_transfer(self.draft, self.document, somebody, owner, failing)
        return self._transfers[ways]

    def _note(self, name: str, attributes: Mapping[str, str], source: str, then: str) -> str:
        return set_attributes(self.draft, name, attributes, source, then)
