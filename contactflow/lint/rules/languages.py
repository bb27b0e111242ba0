"""Prompts that speak some of the languages.

The languages of a flow are those that it compares its language with, or sets it to, anywhere. A comparison with the
language that leads straight to something said (settings such as the voice may come between) is a choice of prompt.
Of one language more than it names, the default is taken to be the prompt; of two more, one of them hears the other's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contactflow.lint import pages
from contactflow.lint.findings import Fault
from contactflow.lint.graph import Exit
from contactflow.lint.rule import rule
from contactflow.lint.scene import SPEAKING_TYPES, Scene, parameters
from contactflow.model import NO_MATCHING_CONDITION, Action
from contactflow.model.references import find_references

SETTINGS = frozenset({"UpdateContactTextToSpeechVoice", "UpdateContactData"})
LANGUAGE_WORDS = ("lang", "locale", "idioma", "sprache", "언어")


@rule(
    "missing-language",
    "warning",
    title="A prompt is missing in one of the languages",
    reason="Some callers hear nothing, or a language that they did not choose.",
    mend="Add a branch with the prompt in this language.",
    page=pages.DYNAMIC_TEXT,
)
def missing_language(scene: Scene) -> Iterator[Fault]:
    """Find choices of a prompt that leave out a language of the flow."""
    choices: dict[str, list[Action]] = {}
    for action in scene.of_type("Compare"):
        value = _language_value(action)
        if value is not None:
            choices.setdefault(value, []).append(action)
    for value, actions in choices.items():
        known = {label for action in actions for label in _branches(scene, action)} | _set_languages(scene, value)
        for action in actions:
            yield from _check_choice(scene, action, known)


def _check_choice(scene: Scene, action: Action, known: set[str]) -> Iterator[Fault]:
    branches = _branches(scene, action)
    prompts = {label: _spoken(scene, target) for label, target in branches.items()}
    rejoining = {scene.action(name).next_action for name in prompts.values() if name is not None} - {None}
    if not any(prompts.values()):
        return
    skipped = {label for label, target in branches.items() if target in rejoining}
    default = action.error_targets.get(NO_MATCHING_CONDITION)
    missing = (known - set(branches)) | skipped
    if known - set(branches) and default is not None:
        spoken = _spoken(scene, default)
        own_prompt = spoken is not None and spoken not in prompts.values()
        if (own_prompt and len(missing) == 1) or (spoken is None and default not in rejoining):
            missing = skipped
    if missing:
        path = scene.path(action) + ".Transitions.Conditions"
        yield Fault(f"Nothing is said here in {', '.join(sorted(missing))}", action.identifier, path)


def _language_value(action: Action) -> str | None:
    value = parameters(action).get("ComparisonValue")
    names = next(iter(find_references(value)), ())
    if names == ("LanguageCode",):
        return str(value)
    is_language = len(names) == 2 and any(word in names[1].casefold() for word in LANGUAGE_WORDS)
    return str(value) if is_language else None


def _branches(scene: Scene, action: Action) -> Mapping[str, str]:
    operators = {branch.condition.operator for branch in action.conditions}
    if operators - {"Equals"}:
        return {}
    return {edge.label: edge.target for edge in scene.edges(action) if edge.exit is Exit.CONDITION}


def _set_languages(scene: Scene, value: str) -> set[str]:
    name = find_references(value)[0][-1]
    field = "Attributes" if value.startswith(("$.Attributes", "$['Attributes")) else None
    found = set()
    for action in scene.of_type("UpdateContactAttributes" if field else "UpdateContactData"):
        fields = parameters(action).get(field) if field else parameters(action)
        said = fields.get(name) if isinstance(fields, Mapping) else None
        if isinstance(said, str) and said.strip() and not set("$%{") & set(said):
            found.add(said)
    return found


def _spoken(scene: Scene, target: str) -> str | None:
    """Return the action that speaks first on the way from ``target``, passing settings."""
    name: str | None = target
    for _ in range(len(SETTINGS) + 2):
        if name is None or name not in scene.graph.out:
            return None
        action = scene.action(name)
        if action.type in SPEAKING_TYPES:
            return name
        if action.type not in SETTINGS:
            return None
        name = action.next_action
    return None
