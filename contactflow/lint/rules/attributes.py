"""Attributes that are read: whether there is such a path, and whether anything ever sets it.

**Source**: Amazon Connect Administrator Guide, "List of available contact attributes and their JSONPath references".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from contactflow.lint import pages
from contactflow.lint.findings import Fault, Severity
from contactflow.lint.graph import Edge
from contactflow.lint.namespaces import NAMESPACES, OPEN, PRODUCED, PRODUCERS, produces
from contactflow.lint.references import Reference
from contactflow.lint.rule import rule
from contactflow.lint.scene import SPEAKING_TYPES, Scene, parameters
from contactflow.model import MODULE, Action, Flow
from contactflow.model.flow_references import list_flow_references

SPOKEN_FIELD = re.compile(r"\.Parameters\.(Text|SSML|PromptId|Media\.Uri|Messages\[\d+\]\.\w+)$")
SHOWN = 6


@rule(
    "unknown-reference",
    "warning",
    title="An attribute path leads into nothing",
    reason="The value is empty: a message has a gap, a comparison always takes its default.",
    mend="Use a path of the list of contact attributes. Names are case-sensitive.",
    page=pages.ATTRIBUTES,
)
def unknown_reference(scene: Scene) -> Iterator[Fault]:
    """Find references below a namespace that does not exist, or to a name that a namespace does not have."""
    for action in scene.flow.actions:
        for one in scene.references[action.identifier]:
            wrong = _find_wrong_name(one)
            if wrong is not None:
                name, known = wrong
                close = _find_close(name, known)
                if close:
                    yield Fault(f"There is no attribute {one}", action.identifier, one.path, f"Did you mean {close}?")
                else:
                    message = f"{one} is none of the documented attributes"
                    yield Fault(message, action.identifier, one.path, severity="note")


def _find_wrong_name(one: Reference) -> tuple[str, list[str]] | None:
    if one.root not in NAMESPACES:
        return one.root, list(NAMESPACES)
    allowed = NAMESPACES[one.root]
    if allowed == OPEN or (len(one.names) == 1 and not allowed):
        return None
    if len(one.names) == 1 or one.names[1] in allowed:
        return None
    return one.names[1], sorted(allowed)


def _find_close(name: str, known: list[str]) -> str | None:
    same = next((one for one in known if one.casefold() == name.casefold()), None)
    return same or next(iter(get_close_matches(name, known, n=1, cutoff=0.75)), None)


@rule(
    "unset-attribute",
    "warning",
    title="Text is read that was never set",
    reason="The caller hears a sentence with a gap, or the message fails because it is empty.",
    mend="Set it before, or give the flow a way for callers without it. A note is in order where the flow before, a "
    "function or the service's API sets it.",
    page=pages.ATTRIBUTES,
)
def unset_attribute(scene: Scene) -> Iterator[Fault]:
    """Find what is read aloud (in a complete set of flows: what is read at all) and set nowhere."""
    yield from _unset_flow_attributes(scene)
    yield from _unset_contact_attributes(scene)
    yield from _unset_results(scene)


def _unset_flow_attributes(scene: Scene) -> Iterator[Fault]:
    names = _set_names((scene.flow,), "UpdateFlowAttributes", "FlowAttributes")
    if names is None:
        return
    for action in scene.actions:
        for one in scene.references[action.identifier]:
            if one.root == "FlowAttributes" and len(one.names) > 1 and one.names[1] not in names:
                message = f"{one} is set nowhere in this flow, and no other flow can set it"
                yield Fault(message, action.identifier, one.path, _suggest(one.names[1], names))


def _unset_contact_attributes(scene: Scene) -> Iterator[Fault]:
    names = _set_names((scene.flow, *scene.flows.values()), "UpdateContactAttributes", "Attributes")
    if names is None:
        return
    own = _set_names((scene.flow,), "UpdateContactAttributes", "Attributes") or frozenset()
    unset: dict[str, tuple[Action, Reference]] = {}
    for action, one in _list_reads(scene):
        if one.root != "Attributes" or len(one.names) != 2 or one.names[1] in names:
            continue
        twin = _find_twin(one.names[1], own)
        if twin is not None:
            message = f"{one} is set nowhere; this flow sets {twin}"
            yield Fault(message, action.identifier, one.path, f"Did you mean $.Attributes.{twin}?")
        else:
            unset.setdefault(one.names[1], (action, one))
    yield from _tell_unset(scene, [*unset.values()], "sets")


def _unset_results(scene: Scene) -> Iterator[Fault]:
    """Find what actions such as functions give, read where none of these can have come before."""
    if scene.type == MODULE:
        return
    states = scene.graph.spread(frozenset[str](), lambda edge, before: _produce(scene, edge, before))
    unset: dict[str, tuple[Action, Reference]] = {}
    for action, one in _list_reads(scene):
        if one.root in PRODUCED and one.root not in states.get(action.identifier, ()):
            unset.setdefault(str(one), (action, one))
    for root in sorted({one.root for _, one in unset.values()}):
        makers = [name for name, roots in PRODUCERS.items() if root in roots]
        found = [pair for pair in unset.values() if pair[1].root == root]
        yield from _tell_unset(scene, found, f"has come to {' or '.join(makers[:2])}, which gives")


def _tell_unset(scene: Scene, found: list[tuple[Action, Reference]], how: str) -> Iterator[Fault]:
    """Tell once what a flow takes for granted: certain for the entry of a complete set, else a note."""
    if not found or (scene.type == MODULE and not scene.complete):
        return
    certain = scene.complete and (how == "sets" or _is_entry(scene))
    if scene.complete and not certain:
        return
    severity: Severity = "warning" if certain else "note"
    action, first = found[0]
    names = list(dict.fromkeys(str(one) for _, one in found))
    listed = ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")
    where = "no flow" if how == "sets" and scene.flows else "this flow never" if how == "sets" else "no way here"
    unless = "" if certain else ": right only if it was set before this flow began, or from outside"
    message = f"{where} {how} {listed}, read here{unless}"
    yield Fault(message[0].upper() + message[1:], action.identifier, first.path, severity=severity)


def _list_reads(scene: Scene) -> Iterator[tuple[Action, Reference]]:
    """Yield what is read aloud; in a complete set of flows, everything that is read."""
    for action in scene.actions:
        for one in scene.references[action.identifier]:
            if scene.complete or (action.type in SPEAKING_TYPES and SPOKEN_FIELD.search(one.path)):
                yield action, one


def _set_names(flows: tuple[Flow, ...], kind: str, field: str) -> frozenset[str] | None:
    """Return the names that flows set, None where one is only known when the flow runs."""
    names: set[str] = set()
    for flow in flows:
        for action in flow.actions:
            fields = parameters(action).get(field) if action.type == kind else None
            if isinstance(fields, Mapping):
                names.update(fields)
    return None if any("$" in name for name in names) else frozenset(names)


def _find_twin(name: str, names: frozenset[str]) -> str | None:
    def plain(text: str) -> str:
        return re.sub(r"[\W_]+", "", text).casefold()

    return next((one for one in sorted(names) if plain(one) == plain(name)), None)


def _suggest(name: str, names: frozenset[str]) -> str | None:
    close = get_close_matches(name, names, n=1)
    return f"Did you mean {close[0]}?" if close else None


def _produce(scene: Scene, edge: Edge, before: frozenset[str]) -> frozenset[str]:
    source = scene.action(edge.source)
    if source.type in ("InvokeFlowModule", "Wait"):
        return before | PRODUCED
    return before | frozenset(PRODUCERS[source.type]) if produces(source) else before


def _is_entry(scene: Scene) -> bool:
    """Return whether no other flow of the set leads here."""
    mine = {name for name, flow in scene.flows.items() if flow is scene.flow}
    if scene.type != "CONTACT_FLOW":
        return False
    named = {
        text
        for flow in scene.flows.values()
        if flow is not scene.flow
        for action in flow.actions
        for text in list_flow_references(action).values()
    }
    return bool(mine) and not mine & named
