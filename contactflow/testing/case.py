"""A test case: what it is called, where it comes in, what it looks for and what it does.

**Source**: Amazon Connect API Reference, "CreateTestCase" (Name, Description, Content, EntryPoint,
InitializationData); Developer Guide, "Observations in the Testing language".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from contactflow.model.document import read_json
from contactflow.model.errors import FlowError
from contactflow.testing.errors import TestCaseError
from contactflow.testing.fields import Fields, refuse
from contactflow.testing.language import VERSION, VERSIONS, CaseAction, EntryPoint, Observation
from contactflow.testing.reading import read_command, read_event, read_usage


@dataclass(frozen=True, slots=True)
class TestCase:
    """One test case, read and checked.

    Attributes
    ----------
    name
        What it is called.
    observations
        Everything that it looks for, by identifier, in the order of the text.
    entry
        Where the call comes in; ``flow_id`` is None where the text does not say.
    attributes
        Contact attributes at the start.
    starting
        Identifiers of the observations that look from the start: those that no other leads to.
    """

    __test__: ClassVar[bool] = False

    name: str
    observations: Mapping[str, Observation]
    entry: EntryPoint = field(default_factory=EntryPoint)
    attributes: Mapping[str, str] = field(default_factory=dict)
    description: str = ""
    starting: tuple[str, ...] = ()

    @classmethod
    def parse(cls, document: str | bytes | Mapping[str, Any], *, name: str = "") -> TestCase:
        """Read a test case.

        Parameters
        ----------
        document
            JSON text or values: what ``CreateTestCase`` takes (``Content`` as an object or as a text), what
            ``DescribeTestCase`` answers, or a content alone.
        name
            What to call it where the document does not say.

        Raises
        ------
        TestCaseError
            Where it is not in the testing language; it says what, where and how to mend it.
        """
        fields = _unwrap(Fields(_load(document)))
        content = fields if "Observations" in fields.values else _content(fields)
        if content.text("Version", VERSION) not in VERSIONS:
            raise refuse(
                content,
                "Version",
                f"{content.values['Version']!r} is not a version of the testing language",
                f"Use {VERSION}.",
            )
        observations = _read_observations(content)
        targets = {target for one in observations.values() for target in one.following}
        starting = tuple(key for key in observations if key not in targets) or tuple(observations)[:1]
        return cls(
            fields.optional_text("Name") or name or "test case",
            observations,
            _read_entry(fields.optional_child("EntryPoint")),
            _read_attributes(fields),
            fields.text("Description", ""),
            starting,
        )


def is_test_case(document: Any) -> bool:
    """Return whether parsed JSON looks like a test case, rather than like a flow."""
    if not isinstance(document, Mapping):
        return False
    content = document.get("TestCase", document)
    if isinstance(content, Mapping):
        content = content.get("Content", content)
    if isinstance(content, str):
        try:
            content = read_json(content)
        except FlowError:
            return False
    return isinstance(content, Mapping) and "Observations" in content


def _load(document: Any) -> Any:
    """Return JSON values; text is read."""
    if not isinstance(document, str | bytes):
        return document
    try:
        return read_json(document)
    except FlowError as error:
        raise TestCaseError(error.what, mend="Mend the text; a test case is a JSON object.") from None


def _unwrap(fields: Fields) -> Fields:
    return fields.child("TestCase") if "TestCase" in fields.values else fields


def _content(fields: Fields) -> Fields:
    if "Content" not in fields.values:
        raise TestCaseError(
            "This is not a test case: it has neither Observations nor a Content with them",
            path=fields.path,
            mend="Give the Content that CreateTestCase takes.",
        )
    content = fields.values["Content"]
    return Fields(_load(content), fields.at("Content"))


def _read_observations(content: Fields) -> dict[str, Observation]:
    observations: dict[str, Observation] = {}
    for fields in content.children("Observations"):
        identifier = fields.text("Identifier")
        if identifier in observations:
            raise refuse(fields, "Identifier", f"{identifier!r} is there twice", "Identifiers are unique: rename one.")
        observations[identifier] = Observation(
            identifier,
            read_event(fields.child("Event")),
            _read_actions(fields),
            read_usage(fields.optional_child("Usage")),
            fields.optional_child("Transitions").texts("NextObservations"),
        )
    if not observations:
        raise refuse(content, "Observations", "There is nothing to observe", "Add an observation.")
    for index, one in enumerate(observations.values()):
        for target in one.following:
            if target not in observations:
                raise TestCaseError(
                    f"There is no observation {target!r}",
                    path=f"{content.path}.Observations[{index}].Transitions.NextObservations",
                    mend=f"Use one of {', '.join(observations)}.",
                )
    return observations


def _read_actions(observation: Fields) -> tuple[CaseAction, ...]:
    """Read an observation's actions in the order of their transitions; those apart from it come after."""
    read: dict[str, tuple[CaseAction, Fields]] = {}
    for fields in observation.children("Actions"):
        identifier = fields.text("Identifier")
        if identifier in read:
            raise refuse(fields, "Identifier", f"{identifier!r} is there twice", "Identifiers are unique: rename one.")
        read[identifier] = CaseAction(identifier, read_command(fields)), fields
    ordered: dict[str, CaseAction] = {}
    for identifier in read:
        following: str | None = identifier
        while following is not None and following not in ordered:
            if following not in read:
                raise TestCaseError(
                    f"There is no action {following!r} in this observation",
                    path=observation.at("Actions"),
                    mend=f"Use one of {', '.join(read)}.",
                )
            action, fields = read[following]
            ordered[following] = action
            following = fields.optional_child("Transitions").optional_text("NextAction")
    return tuple(ordered.values())


def _read_entry(fields: Fields) -> EntryPoint:
    if not fields.values:
        return EntryPoint()
    if fields.values.get("Type", "VOICE_CALL") == "CHAT":
        chat = fields.optional_child("ChatEntryPointParameters")
        return EntryPoint(chat.optional_text("FlowId"), channel="CHAT")
    fields.choice("Type", "VOICE_CALL", "CHAT")
    voice = fields.optional_child("VoiceCallEntryPointParameters")
    source, destination = voice.optional_text("SourcePhoneNumber"), voice.optional_text("DestinationPhoneNumber")
    return EntryPoint(voice.optional_text("FlowId"), source, destination)


def _read_attributes(fields: Fields) -> dict[str, str]:
    """Read the contact attributes at the start: below ``Attributes``, or the object itself."""
    given = fields.values.get("InitializationData") or {}
    data = Fields(_load(given), fields.at("InitializationData"))
    attributes = data.child("Attributes") if "Attributes" in data.values else data
    return {name: attributes.text(name, "") for name in attributes.values if name != "SegmentAttributes"}
