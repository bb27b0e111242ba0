"""What the service does not take.

**Source**: Amazon Connect API Reference, "Actions in the Amazon Connect Flow language" (Identifier), "Example flow
in Amazon Connect Flow language" (Version; at most 250 actions), CreateContactFlow (Content: 256,000 characters).
"""

from __future__ import annotations

from collections.abc import Iterator

from contactflow.lint import pages
from contactflow.lint.findings import Fault
from contactflow.lint.rule import rule
from contactflow.lint.scene import Scene, kind_of
from contactflow.model import FlowSizeError, IdentifierError, check_identifier, check_size
from contactflow.model.flow import VERSION


@rule(
    "refused-identifier",
    "error",
    title="The service refuses an identifier",
    reason="Identifiers have at most 50 characters, none of % : ( \\ / ) = $ , ; [ ] { } and are no reserved words.",
    mend="Use letters, digits, spaces, - and _.",
)
def refused_identifier(scene: Scene) -> Iterator[Fault]:
    """Find identifiers that break the service's rules."""
    for action in scene.flow.actions:
        try:
            check_identifier(action.identifier)
        except IdentifierError as error:
            path = scene.path(action) + ".Identifier"
            yield Fault(error.what, action.identifier, path, mend=error.mend or None)


@rule(
    "content-too-large",
    "error",
    title="The flow is larger than the service takes",
    reason="A flow has at most 250 actions and 256,000 characters.",
    mend="Move a part to a module or to another flow.",
    page=pages.CREATE_FLOW,
)
def content_too_large(scene: Scene) -> Iterator[Fault]:
    """Find flows that are too large."""
    try:
        check_size(scene.flow.serialise())
    except FlowSizeError as error:
        yield Fault(error.what, path=error.path, mend=error.mend)


@rule(
    "unsupported-version",
    "error",
    title="The version of the language is not supported",
    reason=f"The service takes {VERSION} and nothing else.",
    mend=f"Write {VERSION}.",
)
def unsupported_version(scene: Scene) -> Iterator[Fault]:
    """Find flows of another version."""
    if scene.flow.version != VERSION:
        yield Fault(f"Version {scene.flow.version!r} is not supported", path="$.Version")


@rule(
    "unknown-action",
    "warning",
    title="An action is of a type that is not documented",
    reason="The service refuses a type that it does not know; a misspelt one is found here before.",
    mend="Use a documented type. If the type is newer than this linter, ignore the rule.",
)
def unknown_action(scene: Scene) -> Iterator[Fault]:
    """Find action types that are not documented."""
    for action in scene.flow.actions:
        if kind_of(action) is None:
            path = scene.path(action) + ".Type"
            yield Fault(f"There is no documented action type {action.type!r}", action.identifier, path)
