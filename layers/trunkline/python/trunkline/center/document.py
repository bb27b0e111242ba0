"""Reading YAML so that every key and value still knows its line.

Only what JSON also has, and dates: keys are always text, and ``yes``, ``no``, ``on``, ``off`` and ``20:00``
are text too (YAML 1.1 would make booleans and sexagesimal numbers of them).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from .errors import KeyPath, Problem, write_key_path
from .syntax import describe_syntax, explain_syntax

_BOOLEAN = re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$")
_INTEGER = re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$")
_MERGE = "tag:yaml.org,2002:merge"
_DEEPEST = 40


class _Loader(yaml.SafeLoader):
    """PyYAML's safe loader with the scalars of YAML 1.2."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if not tag.endswith((":bool", ":int"))]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", _BOOLEAN, list("tTfF"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", _INTEGER, list("-+0123456789"))


@dataclass
class Document:
    """The content of a YAML file, with the line of each key and list item."""

    file: str
    data: Any = None
    lines: dict[KeyPath, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line_of(self, path: KeyPath) -> int:
        """Return the line of ``path``, or of the nearest part around it that exists."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem_at(self, path: KeyPath, found: str, expected: str, suggestion: str | None = None) -> Problem:
        """Return a problem with its line filled in."""
        return Problem(self.file, self.line_of(path), write_key_path(path), found, expected, suggestion)

    def add(self, path: KeyPath, found: str, expected: str, suggestion: str | None = None) -> None:
        """Note a problem."""
        self.problems.append(self.problem_at(path, found, expected, suggestion))


def read_document(text: str, file: str) -> Document:
    """Read YAML; what is wrong with its syntax and repeated keys become problems of the document."""
    document = Document(file)
    try:
        root = _compose(text)
        if root is not None:
            document.data = _build(root, (), document, _Loader(""))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        expected = explain_syntax(error)
        document.problems.append(Problem(file, line, "the file", describe_syntax(error), expected))
    except yaml.YAMLError as error:
        document.problems.append(Problem(file, 1, "the file", str(error).splitlines()[0], "YAML text"))
    except RecursionError:
        document.problems.append(Problem(file, 1, "the file", "text that is nested too deeply", "a call centre's keys"))
    return document


@lru_cache(maxsize=2)
def _compose(text: str) -> Node | None:
    """Return the syntax tree of YAML, which takes most of the time and which nothing changes."""
    loader = _Loader(text)
    try:
        root: Node | None = loader.get_single_node()
        return root
    finally:
        loader.dispose()


def _build(node: Node, path: KeyPath, document: Document, loader: _Loader) -> Any:
    document.lines.setdefault(path, node.start_mark.line + 1)
    if len(path) > _DEEPEST:
        raise yaml.MarkedYAMLError(
            problem="an anchor inside itself, or nesting without end", problem_mark=node.start_mark
        )
    if isinstance(node, MappingNode):
        return _build_mapping(node, path, document, loader)
    if isinstance(node, SequenceNode):
        return [_build(item, (*path, index), document, loader) for index, item in enumerate(node.value)]
    return _build_scalar(node, loader)


def _build_scalar(node: Node, loader: _Loader) -> Any:
    try:
        return loader.construct_object(node)
    except ValueError:  # looks like a date but is none, such as 2026-02-30: the schema says so better
        return node.value


def _build_mapping(node: MappingNode, path: KeyPath, document: Document, loader: _Loader) -> dict[str, Any]:
    built: dict[str, Any] = {}
    merged: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if key_node.tag == _MERGE:
            for source in _merge_sources(value_node):
                merged = {**_build_mapping(source, path, document, loader), **merged}
            continue
        key = _read_key(key_node)
        at = (*path, key)
        line = key_node.start_mark.line + 1
        if key in built:
            first = document.lines[at]
            document.problems.append(
                Problem(
                    document.file,
                    line,
                    write_key_path(at),
                    f"{key} again (first on line {first})",
                    "each key once",
                )
            )
            continue
        document.lines[at] = line
        built[key] = _build(value_node, at, document, loader)
    return {**merged, **built}


def _merge_sources(node: Node) -> Iterator[MappingNode]:
    for source in node.value if isinstance(node, SequenceNode) else [node]:
        if not isinstance(source, MappingNode):
            raise yaml.MarkedYAMLError(problem="<< needs a mapping", problem_mark=source.start_mark)
        yield source


def _read_key(node: Node) -> str:
    if not isinstance(node, ScalarNode):
        raise yaml.MarkedYAMLError(problem="a key that is not text", problem_mark=node.start_mark)
    return str(node.value)
