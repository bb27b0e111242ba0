"""The flows of a ``callcenter.yaml`` without a deployment: names stand where ARNs will be."""

from __future__ import annotations

from pathlib import Path

from contactflow.compile import CompiledFlow, compile_ivr
from infra.ivr_document import describe_ivr
from infra.placeholders import placeholder_resources
from trunkline.center import load_center


def compile_locally(path: str | Path) -> list[CompiledFlow]:
    """Compile the flows of a call centre, with placeholders such as ``${queue.orders}`` for its resources.

    The line of an action is that of its source:
    ``trunkline.center.locate_keys(path)[flow.sources[identifier]]``.

    Raises
    ------
    trunkline.center.CenterError
        Where the file cannot be read, or something is wrong with it.
    contactflow.compile.CompileError, contactflow.model.FlowSizeError
        Where it is right but cannot become flows.
    """
    center = load_center(path)
    return compile_ivr(describe_ivr(center), placeholder_resources(center))
