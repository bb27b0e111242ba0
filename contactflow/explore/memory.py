"""What a contact's attributes are known to be at one point of a walk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from contactflow.explore.values import Facts, Origin, Path, Unknown, Value, known_value
from contactflow.model.conditions import as_result
from contactflow.model.references import Template, find_references

ABSENT = -1
COMPOSED = -2
LOOP_ROOT = "(loop)"


@dataclass(frozen=True, slots=True)
class Expression:
    """A parameter's value with its references found."""

    template: Template
    references: tuple[Path, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Memory:
    """Values by their path, and which answer brought the values below each root.

    Attributes
    ----------
    known
        Values that differ from "anything that the root's last answer may have brought".
    births
        By root such as ``External``: the answer that its values came with, ``ABSENT`` where it has none.
    """

    known: Mapping[Path, Value] = field(default_factory=dict)
    births: Mapping[str, int] = field(default_factory=lambda: {LOOP_ROOT: ABSENT, "FlowAttributes": ABSENT})

    def look_up(self, path: Path) -> Value:
        """Return the value at a path."""
        if path in self.known:
            return self.known[path]
        birth = self.births.get(path[0], 0)
        return None if birth == ABSENT else Unknown((birth, path))

    def assign(self, values: Mapping[Path, Value]) -> Memory:
        """Return the memory with these values set."""
        return Memory({**self.known, **values}, self.births)

    def forget(self, path: Path) -> Memory:
        """Return the memory as if nothing had ever been set there."""
        return Memory({held: value for held, value in self.known.items() if held != path}, self.births)

    def renew(self, root: str, birth: int) -> Memory:
        """Return the memory with everything below ``root`` replaced by what the answer ``birth`` brought."""
        kept = {path: value for path, value in self.known.items() if path[0] != root}
        return Memory(kept, {**self.births, root: birth})

    def learn(self, origin: Origin, facts: Facts) -> Memory:
        """Return the memory with more known of one unknown value, wherever it stands."""
        exact = known_value(facts)
        value = Unknown(origin, facts) if exact is None else exact
        known = {path: value if _is(held, origin) else held for path, held in self.known.items()}
        birth, path = origin
        if birth >= 0 and path not in known and self.births.get(path[0], 0) == birth:
            known[path] = value
        return Memory(known, self.births)

    def keep(self, live: frozenset[Path]) -> Memory:
        """Return the memory without what nothing looks at any more; the count of a loop may be anything then."""
        kept = {path: value for path, value in self.known.items() if path in live}
        if len(kept) == len(self.known):
            return self
        lost = any(path[0] == LOOP_ROOT and path not in live for path in self.known)
        return Memory(kept, {**self.births, LOOP_ROOT: 0} if lost else self.births)

    def key(self, live: frozenset[Path]) -> tuple[Any, ...]:
        """Return what tells this memory from another one, for a flow that looks at ``live``."""
        entries: list[Any] = []
        first: dict[Origin, Path] = {}
        for path in sorted(self.known):
            value = self.known[path]
            if not isinstance(value, Unknown):
                entries.append((path, value))
                continue
            birth, place = value.origin
            stands = place in live and self.births.get(place[0], 0) == birth and place not in self.known
            twin = first.setdefault(value.origin, place if stands else path)
            if value.facts or twin != path:
                entries.append((path, value.facts, twin))
        absent = {path[0] for path in live if self.births.get(path[0], 0) == ABSENT}
        return (*entries, frozenset(absent))

    def evaluate(self, raw: Any, birth: int = 0) -> Value:
        """Return what a parameter's value comes to."""
        if not isinstance(raw, str) or "$" not in raw:
            return as_result(raw)
        expression = parse_expression(raw)
        if expression.whole:
            return self.look_up(expression.references[0])
        values = {path: self.look_up(path) for path in expression.references}
        if any(isinstance(value, Unknown) for value in values.values()):
            return Unknown((COMPOSED, (raw, str(birth))))
        return as_result(expression.template.resolve(_Found(values)))


@lru_cache(maxsize=10_000)
def parse_expression(raw: str) -> Expression:
    """Return a text with its references found; the same object each time."""
    template = Template(raw)
    marker = object()
    return Expression(template, find_references(raw), template.resolve(_Same(marker)) is marker)


def _is(value: Value, origin: Origin) -> bool:
    return isinstance(value, Unknown) and value.origin == origin


@dataclass(frozen=True, slots=True)
class _Found:
    values: Mapping[Path, Value]

    def lookup(self, path: Path) -> Any:
        return self.values[path]


@dataclass(frozen=True, slots=True)
class _Same:
    value: object

    def lookup(self, _path: Path) -> object:
        return self.value
