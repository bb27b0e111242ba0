"""A flow in the making: actions are added by name, then laid out and written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from contactflow.compile.document import IvrDocument, IvrResources, Language
from contactflow.compile.errors import DocumentError
from contactflow.compile.layout import ORIGIN_PIXELS, lay_out
from contactflow.compile.naming import action_id
from contactflow.compile.speech import Recorded, Ssml, Texts, fill_in
from contactflow.model import Flow
from contactflow.model.flow import VERSION
from contactflow.model.limits import check_action_count, check_identifier

FlowType = Literal["CONTACT_FLOW", "CUSTOMER_QUEUE", "MODULE"]


@dataclass(frozen=True)
class CompiledFlow:
    """A flow, ready to be created.

    Attributes
    ----------
    type
        The service's flow type; ``MODULE`` is a flow module.
    content
        The flow in the Flow language, as JSON-compatible values.
    sources
        For each action identifier, the key path in the description that it comes from.
    """

    name: str
    type: FlowType
    content: dict[str, Any]
    description: str
    sources: Mapping[str, str] = field(default_factory=dict)

    def parse(self) -> Flow:
        """Return the content as a :class:`~contactflow.model.Flow`."""
        return Flow.parse(self.content)


class Draft:
    """Collects the actions of one flow.

    Parameters
    ----------
    document
        Its languages are those that texts are spoken in; the first one where the contact's is not known.
    resources
        Its prompts are the recordings that may be played.
    """

    def __init__(self, document: IvrDocument, resources: IvrResources) -> None:
        self.languages = document.languages
        self._prompts = resources.prompts
        self._actions: dict[str, dict[str, Any]] = {}
        self._sources: dict[str, str] = {}

    def __contains__(self, identifier: str) -> bool:
        """Return whether there is such an action already."""
        return identifier in self._actions

    def add(
        self,
        identifier: str,
        type_name: str,
        parameters: Mapping[str, Any],
        source: str,
        *,
        then: str | None = None,
        when: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
        operator: str = "Equals",
    ) -> str:
        """Add an action and return its identifier.

        Parameters
        ----------
        then
            The next action; None for an action that ends the flow.
        when
            The next action by result, compared with ``operator``.
        errors
            The next action by error type.

        Raises
        ------
        DocumentError
            Where two names of the description come to the same identifier.
        """
        check_identifier(identifier, path=source)
        if identifier in self._actions:
            raise DocumentError(
                source,
                f"The action {identifier!r} is needed for this and for {self._sources[identifier]}",
                "Rename one of them.",
            )
        transitions: dict[str, Any] = {}
        if then is not None:
            transitions["NextAction"] = then
        if when:
            transitions["Conditions"] = [
                {"NextAction": target, "Condition": {"Operator": operator, "Operands": [operand]}}
                for operand, target in when.items()
            ]
        if errors:
            transitions["Errors"] = [{"ErrorType": error, "NextAction": target} for error, target in errors.items()]
        self._actions[identifier] = {
            "Identifier": identifier,
            "Type": type_name,
            "Parameters": dict(parameters),
            "Transitions": transitions,
        }
        self._sources[identifier] = source
        return identifier

    def compare(
        self,
        identifier: str,
        value: str,
        when: Mapping[str, str],
        otherwise: str,
        source: str,
        *,
        operator: str = "Equals",
    ) -> str:
        """Add a comparison of an attribute."""
        return self.add(
            identifier,
            "Compare",
            {"ComparisonValue": value},
            source,
            then=otherwise,
            when=when,
            errors={"NoMatchingCondition": otherwise},
            operator=operator,
        )

    def attempt(self, identifier: str, type_name: str, parameters: Mapping[str, Any], source: str, then: str) -> str:
        """Add an action that the flow goes on after, whether it succeeds or not."""
        return self.add(identifier, type_name, parameters, source, then=then, errors={"NoMatchingError": then})

    def message(self, texts: Texts, language: Language, values: Mapping[str, str] | None = None) -> dict[str, str]:
        """Return the parameter that says a text in a language, names in braces replaced by ``values``."""
        said = texts[language.code]
        if isinstance(said, Recorded):
            return {"PromptId": self._prompts[said.prompt]}
        if isinstance(said, Ssml):
            return {"SSML": fill_in(said.markup, values or {})}
        return {"Text": fill_in(said, values or {})}

    def say_in(self, identifier: str, texts: Texts, language: Language, source: str, then: str) -> str:
        """Say a text in one language."""
        return self.attempt(
            identifier, "MessageParticipant", self.message(texts, language), f"{source}.{language.code}", then
        )

    def say(self, identifier: str, texts: Texts, source: str, then: str) -> str:
        """Say a text in the contact's language."""
        return self.by_language(
            identifier, source, lambda name, language: self.say_in(name, texts, language, source, then)
        )

    def by_language(self, identifier: str, source: str, add: Callable[[str, Language], str]) -> str:
        """Add one action for each language, and a choice of them where there are several.

        ``add(identifier, language)`` adds the action of one language and returns its identifier.
        """
        if len(self.languages) == 1:
            return add(identifier, self.languages[0])
        targets = {language.code: add(action_id(identifier, language.code), language) for language in self.languages}
        default = targets[self.languages[0].code]
        return self.compare(identifier, "$.Attributes.language", targets, default, source)

    def build(self, name: str, flow_type: FlowType, start: str, description: str) -> CompiledFlow:
        """Return the flow that starts with the action ``start``.

        Raises
        ------
        FlowSizeError
            For more actions than the service takes.
        """
        check_action_count(len(self._actions))
        order = lay_out(self._actions, start)
        content = {
            "Version": VERSION,
            "StartAction": start,
            "Metadata": {
                "entryPointPosition": {"x": ORIGIN_PIXELS, "y": ORIGIN_PIXELS},
                "ActionMetadata": {
                    identifier: {"position": position, "isFriendlyName": True} for identifier, position in order.items()
                },
                "name": name,
                "description": description,
            },
            "Actions": [self._actions[identifier] for identifier in order],
        }
        return CompiledFlow(name, flow_type, content, description, self._sources)
