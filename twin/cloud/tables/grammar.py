"""Expressions of DynamoDB, read into trees.

A tree is a tuple whose first member names its kind; leaves are paths and value names. Trees do not
depend on the request's names and values, so each expression is read once.

**Source**: DynamoDB developer guide, "Condition and filter expressions, operators, and functions"
and "Using update expressions".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from twin.cloud.moto_hooks import reserved_words
from twin.cloud.tables.values import invalid

Tree = tuple[object, ...]
_TOKEN = re.compile(r"\s*(?:(<>|<=|>=|[=<>(),.\[\]+-])|([:#][A-Za-z0-9_]+|[A-Za-z_][A-Za-z0-9_]*)|([0-9]+)|(\S))")
_COMPARATORS = frozenset(("=", "<>", "<", "<=", ">", ">="))
_TESTS = frozenset(("attribute_exists", "attribute_not_exists", "attribute_type", "begins_with", "contains"))
_CLAUSES = frozenset(("SET", "REMOVE", "ADD", "DELETE"))


@dataclass(frozen=True)
class Parsed:
    """A tree, and the ``#names`` and ``:values`` that it uses."""

    tree: Tree
    names: frozenset[str]
    values: frozenset[str]


@lru_cache(maxsize=4096)
def parse_condition(text: str) -> Parsed:
    """Read a condition, filter or key condition expression."""
    return _Reader(text, "ConditionExpression").read_all(_Reader.read_or)


@lru_cache(maxsize=4096)
def parse_update(text: str) -> Parsed:
    """Read an update expression: a tree ``("update", (clause, path, operand), ...)``."""
    return _Reader(text, "UpdateExpression").read_all(_Reader.read_update)


@lru_cache(maxsize=4096)
def parse_projection(text: str) -> Parsed:
    """Read a projection expression: a tree ``("paths", path, ...)``."""
    return _Reader(text, "ProjectionExpression").read_all(_Reader.read_paths)


class _Reader:
    def __init__(self, text: str, what: str) -> None:
        self._what = what
        self._tokens: list[str] = []
        for match in _TOKEN.finditer(text):
            if match[4]:
                raise invalid(f'Invalid {what}: Syntax error; token: "{match[4]}", near: "{text[:60]}"')
            self._tokens.append(match[1] or match[2] or match[3])
        if not self._tokens:
            raise invalid(f"Invalid {what}: The expression can not be empty;")
        self._position = 0
        self._names: set[str] = set()
        self._values: set[str] = set()

    def read_all(self, read: Callable[[_Reader], Tree]) -> Parsed:
        tree = read(self)
        if self._position < len(self._tokens):
            raise self._error()
        return Parsed(tree, frozenset(self._names), frozenset(self._values))

    def read_or(self) -> Tree:
        tree = self._read_and()
        while self._take_word("OR"):
            tree = ("or", tree, self._read_and())
        return tree

    def _read_and(self) -> Tree:
        tree = self._read_not()
        while self._take_word("AND"):
            tree = ("and", tree, self._read_not())
        return tree

    def _read_not(self) -> Tree:
        if self._take_word("NOT"):
            return ("not", self._read_not())
        if self._peek() == "(":
            self._expect("(")
            tree = self.read_or()
            self._expect(")")
            return tree
        name = self._peek()
        if name in _TESTS and self._peek(1) == "(":
            return self._read_call()
        left = self._read_operand()
        token = self._next()
        if token in _COMPARATORS:
            return (token, left, self._read_operand())
        if token.upper() == "BETWEEN":
            low = self._read_operand()
            if not self._take_word("AND"):
                raise self._error()
            return ("between", left, low, self._read_operand())
        if token.upper() == "IN":
            return ("in", left, *self._read_list(self._read_operand))
        self._position -= 1
        raise self._error()

    def _read_call(self) -> Tree:
        name = self._next()
        return (name, *self._read_list(self._read_operand))

    def _read_list(self, read: Callable[[], Tree]) -> list[Tree]:
        self._expect("(")
        members = [read()]
        while self._peek() == ",":
            self._expect(",")
            members.append(read())
        self._expect(")")
        return members

    def _read_operand(self) -> Tree:
        word = self._peek()
        if word.startswith(":"):
            self._values.add(self._next())
            return ("value", word)
        if word == "size" and self._peek(1) == "(":
            return self._read_call()
        return self._read_path()

    def _read_path(self) -> Tree:
        parts: list[object] = [self._read_name()]
        while self._peek() in {".", "["}:
            if self._next() == ".":
                parts.append(self._read_name())
                continue
            index = self._next()
            if not index.isdigit():
                raise self._error()
            parts.append(int(index))
            self._expect("]")
        return ("path", *parts)

    def _read_name(self) -> str:
        token = self._next()
        if token.startswith("#"):
            self._names.add(token)
        elif not token[0].isalpha() and not token.startswith("_"):
            self._position -= 1
            raise self._error()
        elif token.upper() in reserved_words():
            raise invalid(f"Invalid {self._what}: Attribute name is a reserved keyword; reserved keyword: {token}")
        return token

    def read_paths(self) -> Tree:
        paths = [self._read_path()]
        while self._peek() == ",":
            self._expect(",")
            paths.append(self._read_path())
        return ("paths", *paths)

    def read_update(self) -> Tree:
        actions: list[Tree] = []
        seen: set[str] = set()
        while self._position < len(self._tokens):
            clause = self._next().upper()
            if clause not in _CLAUSES or clause in seen:
                self._position -= 1
                raise self._error()
            seen.add(clause)
            actions.append(self._read_action(clause))
            while self._peek() == ",":
                self._expect(",")
                actions.append(self._read_action(clause))
        return ("update", *actions)

    def _read_action(self, clause: str) -> Tree:
        path = self._read_path()
        if clause == "REMOVE":
            return (clause, path)
        if clause == "SET":
            self._expect("=")
            return (clause, path, self._read_sum())
        return (clause, path, self._read_operand())

    def _read_sum(self) -> Tree:
        left = self._read_term()
        if self._peek() in {"+", "-"}:
            return (self._next(), left, self._read_term())
        return left

    def _read_term(self) -> Tree:
        if self._peek() == "(":
            self._expect("(")
            tree = self._read_sum()
            self._expect(")")
            return tree
        name = self._peek()
        if name in {"if_not_exists", "list_append"} and self._peek(1) == "(":
            self._next()
            arguments = self._read_list(self._read_sum)
            if len(arguments) != 2:
                raise invalid(f"Invalid {self._what}: Incorrect number of operands for operator or function; {name}")
            return (name, *arguments)
        return self._read_operand()

    def _peek(self, ahead: int = 0) -> str:
        position = self._position + ahead
        return self._tokens[position] if position < len(self._tokens) else ""

    def _next(self) -> str:
        token = self._peek()
        if not token:
            raise self._error()
        self._position += 1
        return token

    def _take_word(self, word: str) -> bool:
        if self._peek().upper() != word:
            return False
        self._position += 1
        return True

    def _expect(self, token: str) -> None:
        if self._peek() != token:
            raise self._error()
        self._position += 1

    def _error(self) -> Exception:
        near = " ".join(self._tokens[max(self._position - 1, 0) : self._position + 2])
        token = self._peek() or "<EOF>"
        return invalid(f'Invalid {self._what}: Syntax error; token: "{token}", near: "{near}"')
