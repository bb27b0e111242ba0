"""A flow as a Mermaid flowchart, for pages that draw it themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from contactflow.draw.branches import Way
from contactflow.draw.content import tell_content
from contactflow.draw.graph import FlowGraph, read_graph
from contactflow.draw.kinds import KINDS, Kind, kind_of
from contactflow.draw.overlay import Overlay, read_overlay
from contactflow.draw.words import Language, action_words, branch_words, say
from contactflow.model import Flow

_SHAPES: Mapping[Kind, tuple[str, str]] = {
    "participant": ("(", ")"),
    "setting": ("[", "]"),
    "branch": ("{{", "}}"),
    "integration": ("[[", "]]"),
    "terminate": ("([", "])"),
}
_COLOURS: Mapping[str, str] = {
    "participant": "fill:#e7f1fe,stroke:#1f6fd1,color:#101828",
    "setting": "fill:#eff2f5,stroke:#7b8794,color:#101828",
    "branch": "fill:#fff4d9,stroke:#b97900,color:#101828",
    "integration": "fill:#f3ebfd,stroke:#7d3fc8,color:#101828",
    "terminate": "fill:#dff5ec,stroke:#0b7a5f,color:#101828",
    "uncovered": "fill:#fdecea,stroke:#d92d20,color:#101828,stroke-dasharray:4 2",
    "visited": "stroke:#e0440e,stroke-width:3px",
}
_MOST_CHARACTERS = 60
_MOST_PHRASES = 3
_ENTITIES = {
    "#": "#35;",
    '"': "#quot;",
    "<": "#lt;",
    ">": "#gt;",
    "&": "#amp;",
    "`": "#96;",
    "|": "#124;",
    "\\": "#92;",
}


def draw_mermaid(
    flow: Flow,
    *,
    title: str,
    language: Language = "en",
    coverage: Mapping[str, Any] | None = None,
    path: Sequence[str] | None = None,
) -> str:
    """Write a flow as a Mermaid flowchart, every action a node; the same flow always gives the same text.

    Parameters
    ----------
    title, language, coverage, path
        As for :func:`~contactflow.draw.draw_svg`.

    Raises
    ------
    OverlayError
        For a coverage of another shape.

    Notes
    -----
    **Source**: Mermaid documentation, "Flowcharts - Basic Syntax" (entity codes to escape characters).
    """
    overlay = read_overlay(coverage, path)
    graph = read_graph(flow, fold=False)
    names = {key: f"n{index}" for index, key in enumerate(graph.actions)}
    taken: list[int] = []
    edges: list[str] = []
    for ways in _bundles(graph):
        if overlay.takes(ways):
            taken.append(len(edges))
        edges.append(_write_edge(ways, names, overlay, language))
    lines = [
        f"---\ntitle: {json.dumps(title)}\n---",
        "flowchart LR",
        *(_write_node(graph, key, name, overlay, language) for key, name in names.items()),
        *edges,
        *([f"linkStyle {','.join(map(str, taken))} stroke:#e0440e,stroke-width:3px"] if taken else []),
        *(f"classDef {name} {_COLOURS[name]}" for name in (*KINDS, "uncovered", "visited")),
    ]
    return "\n".join(lines) + "\n"


def _bundles(graph: FlowGraph) -> Iterator[tuple[Way, ...]]:
    """Yield the ways between each two actions."""
    for ways in graph.ways.values():
        bundles: dict[str, list[Way]] = {}
        for way in ways:
            bundles.setdefault(way.target, []).append(way)
        yield from (tuple(bundle) for bundle in bundles.values())


def _write_node(graph: FlowGraph, key: str, name: str, overlay: Overlay, language: Language) -> str:
    action = graph.actions[key]
    kind = kind_of(action.type)
    words = action_words(action.type, language) if action.type else say("missing", language)
    phrases = tell_content(graph.flow, action)[:_MOST_PHRASES] if action.type else [key]
    count = overlay.count_action(key)
    facts = [words + (f" · {count}×" if count is not None else ""), *phrases]
    steps = overlay.steps.get(key)
    if steps:
        facts.insert(0, f"({', '.join(map(str, steps))})")
    before, after = _SHAPES[kind]
    text = "<br/>".join(_escape(fact, _MOST_CHARACTERS) for fact in facts)
    style = "uncovered" if count == 0 else kind
    visited = f"\nclass {name} visited" if steps else ""
    return f'{name}{before}"{text}"{after}:::{style}{visited}'


def _write_edge(ways: tuple[Way, ...], names: Mapping[str, str], overlay: Overlay, language: Language) -> str:
    arrow = "-.->" if all(way.kind == "error" for way in ways) else "-->"
    words = _words(ways, language)
    count = overlay.count_ways(ways)
    if count is not None:
        words = f"{words} {count}".strip()
    label = f'|"{_escape(words, _MOST_CHARACTERS)}"|' if words else ""
    return f"{names[ways[0].source]} {arrow}{label} {names[ways[0].target]}"


def _words(ways: tuple[Way, ...], language: Language) -> str:
    if any(way.kind == "next" for way in ways):
        return ""
    told = [
        way.label if way.kind == "answer" else branch_words(way.branch, language) for way in ways if way.kind != "spare"
    ]
    return " · ".join(dict.fromkeys(told))


def _escape(text: str, most_characters: int) -> str:
    """Return a text as Mermaid takes it between double quotes, shortened."""
    shown = "".join(character if character.isprintable() else " " for character in text)
    if len(shown) > most_characters:
        shown = shown[: most_characters - 1].rstrip() + "…"
    return "".join(_ENTITIES.get(character, character) for character in shown)
