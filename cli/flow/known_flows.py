"""Finds flows by the names that other flows call them by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cli.flow.inputs import FlowFile
from contactflow.model import MODULE, Action, Flow

FLOW_PARAMETERS = ("ContactFlowId", "FlowModuleId")


def find_flows(files: Sequence[FlowFile]) -> Mapping[str, Flow]:
    """Return flows by everything that a flow may name them with.

    That is a flow's name, its file, its placeholder (``${flow.survey}``), and the id or ARN that another of ``files``
    refers to it by, where the console noted the name beside it.
    """
    named: dict[str, Flow] = {}
    for file in files:
        if file.flow is not None:
            for key in (file.name, file.file, f"${{flow.{file.name}}}", f"${{module.{file.name}}}"):
                named.setdefault(key, file.flow)
    for file in files:
        for reference, name in _noted_names(file.flow):
            if name in named:
                named.setdefault(reference, named[name])
    return named


def find_entry(files: Sequence[FlowFile]) -> FlowFile | None:
    """Return the flow that a call begins with: the first that is no module and that no other of ``files`` leads to."""
    flows = find_flows(files)
    readable = [file for file in files if file.flow is not None]
    led_to = {flows[name] for file in readable for name in _list_references(file.flow) if name in flows}
    entries = [file for file in readable if file.type != MODULE and file.flow not in led_to]
    return next(iter(entries or readable), None)


def _list_references(flow: Flow | None) -> Iterator[str]:
    for action in flow.actions if flow is not None else ():
        for path in _references(action):
            reference: Any = action.parameters
            for key in path:
                reference = _at(reference, key)
            if isinstance(reference, str):
                yield reference


def _noted_names(flow: Flow | None) -> Iterator[tuple[str, str]]:
    """Yield each reference to a flow with the name that the console noted for it."""
    notes = (flow.metadata or {}).get("ActionMetadata") if flow is not None else None
    if flow is None or not isinstance(notes, Mapping):
        return
    for action in flow.actions:
        noted = _at(notes.get(action.identifier), "parameters")
        for path in _references(action):
            reference, name = action.parameters, noted
            for key in path:
                reference, name = _at(reference, key), _at(name, key)
            shown = _at(name, "displayName")
            if isinstance(reference, str) and isinstance(shown, str):
                yield reference, shown


def _references(action: Action) -> Iterator[tuple[str, ...]]:
    """Yield where an action's parameters name flows."""
    for key in action.parameters or {}:
        if key in FLOW_PARAMETERS:
            yield (key,)
    hooks = (action.parameters or {}).get("EventHooks")
    yield from (("EventHooks", event) for event in (hooks if isinstance(hooks, Mapping) else {}))


def _at(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, Mapping) else None
