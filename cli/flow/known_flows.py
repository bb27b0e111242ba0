"""Finds flows by the names that other flows call them by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cli.flow.inputs import FlowFile
from contactflow.model import MODULE, Flow
from contactflow.model.flow_references import list_flow_references
from contactflow.model.names import displayed_name


def find_flows(files: Sequence[FlowFile]) -> Mapping[str, Flow]:
    """Return flows by everything that a flow may name them with.

    That is a flow's name, its file with or without folder and suffix, its placeholder (``${flow.survey}``), and the id
    or ARN that another of ``files`` refers to it by, where the console noted the name beside it.
    """
    named: dict[str, Flow] = {}
    for file in files:
        if file.flow is not None:
            for name in file.names:
                named.setdefault(name, file.flow)
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
        yield from list_flow_references(action).values()


def _noted_names(flow: Flow | None) -> Iterator[tuple[str, str]]:
    """Yield each reference to a flow with the name that the console noted for it."""
    if flow is None:
        return
    for action in flow.actions:
        for path, reference in list_flow_references(action).items():
            name = displayed_name(flow, action.identifier, *path)
            if name is not None:
                yield reference, name
