"""Evaluating trees of expressions over items.

**Source**: DynamoDB developer guide, "Condition and filter expressions, operators, and functions"
and "Using update expressions".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from twin.cloud.tables.grammar import Parsed, Tree, parse_condition, parse_projection, parse_update
from twin.cloud.tables.values import Item, Value, compare, equal, invalid, normalise, number, write_number
from twin.cloud.units import item_bytes


class Expressions:
    """The expressions of one request, with its names and values.

    Parameters
    ----------
    request
        The request, or the member of a transaction.
    texts
        Its expressions by kind, checked together: a name or value that none of them uses is an
        error, as is one that is not given.
    """

    def __init__(self, request: Mapping[str, Any], *texts: str) -> None:
        self._names: Mapping[str, str] = request.get("ExpressionAttributeNames", {})
        self._values: Mapping[str, Value] = {
            name: normalise(value) for name, value in request.get("ExpressionAttributeValues", {}).items()
        }
        self.parsed: dict[str, Parsed] = {}
        for text in texts:
            if text in request:
                parse = _PARSERS[text]
                self.parsed[text] = parse(request[text])
        self._check()

    def holds(self, text: str, item: Item) -> bool:
        """Return whether the condition called ``text`` holds for an item; True when there is none."""
        parsed = self.parsed.get(text)
        return parsed is None or self.test(parsed.tree, item)

    def test(self, tree: Tree, item: Item) -> bool:
        """Evaluate a condition."""
        kind = tree[0]
        if kind == "and":
            return self.test(_tree(tree[1]), item) and self.test(_tree(tree[2]), item)
        if kind == "or":
            return self.test(_tree(tree[1]), item) or self.test(_tree(tree[2]), item)
        if kind == "not":
            return not self.test(_tree(tree[1]), item)
        if kind == "attribute_exists":
            return self.operand(_tree(tree[1]), item) is not None
        if kind == "attribute_not_exists":
            return self.operand(_tree(tree[1]), item) is None
        operands = [self.operand(_tree(member), item) for member in tree[1:]]
        return _test_operands(str(kind), operands)

    def operand(self, tree: Tree, item: Item) -> Value | None:
        """Return the value of a path, a value name or a size."""
        kind = tree[0]
        if kind == "value":
            return self._values[str(tree[1])]
        if kind == "path":
            return find(item, self.path(tree))
        if kind == "size":
            return _size(self.operand(_tree(tree[1]), item))
        raise invalid(f"The function is not allowed to be used this way; function: {kind}")

    def path(self, tree: Tree) -> tuple[str | int, ...]:
        """Return a path with its names filled in."""
        return tuple(part if isinstance(part, int) else self._names.get(str(part), str(part)) for part in tree[1:])

    def project(self, item: Item) -> Item:
        """Return what the projection leaves of an item."""
        parsed = self.parsed.get("ProjectionExpression")
        if parsed is None:
            return item
        left: dict[str, Value] = {}
        for tree in parsed.tree[1:]:
            path = self.path(_tree(tree))
            value = find(item, path)
            if value is not None:
                _put(left, path, value)
        return left

    def _check(self) -> None:
        names = frozenset().union(*(parsed.names for parsed in self.parsed.values()))
        values = frozenset().union(*(parsed.values for parsed in self.parsed.values()))
        for used, given, kind in ((names, self._names, "Names"), (values, self._values, "Values")):
            missing, unused = used - given.keys(), given.keys() - used
            if missing:
                what = "name" if kind == "Names" else "value"
                raise invalid(
                    f"Invalid expression: An expression attribute {what} used in expression is not defined; "
                    f"attribute {what}: {min(missing)}"
                )
            if unused:
                listed = ", ".join(sorted(unused))
                raise invalid(f"Value provided in ExpressionAttribute{kind} unused in expressions: keys: {{{listed}}}")


_PARSERS = {
    "ConditionExpression": parse_condition,
    "FilterExpression": parse_condition,
    "KeyConditionExpression": parse_condition,
    "ProjectionExpression": parse_projection,
    "UpdateExpression": parse_update,
}


def find(item: Item, path: tuple[str | int, ...]) -> Value | None:
    """Return the value at a path, or None."""
    value: Any = item.get(str(path[0]))
    for part in path[1:]:
        if value is None:
            return None
        if isinstance(part, int):
            members = value.get("L")
            value = members[part] if members is not None and part < len(members) else None
        else:
            value = value.get("M", {}).get(part)
    return value  # type: ignore[no-any-return]


def _put(item: dict[str, Value], path: tuple[str | int, ...], value: Value) -> None:
    if len(path) == 1:
        item[str(path[0])] = value
        return
    inner = dict(item.get(str(path[0]), {}).get("M", {}))
    if isinstance(path[1], int):
        item[str(path[0])] = {"L": [*item.get(str(path[0]), {}).get("L", []), value]}
        return
    _put(inner, path[1:], value)
    item[str(path[0])] = {"M": inner}


def _test_operands(kind: str, operands: list[Value | None]) -> bool:
    if kind in _ORDER:
        order = compare(operands[0], operands[1])
        return order is not None and _ORDER[kind](order)
    return _TESTS[kind](operands)


def _between(operands: list[Value | None]) -> bool:
    value, least, most = operands
    low, high = compare(value, least), compare(value, most)
    return low is not None and high is not None and low >= 0 >= high


def _has_type(operands: list[Value | None]) -> bool:
    value, kind = operands
    return value is not None and kind is not None and kind.get("S") in value


_ORDER: dict[str, Callable[[int], bool]] = {
    "<": lambda order: order < 0,
    "<=": lambda order: order <= 0,
    ">": lambda order: order > 0,
    ">=": lambda order: order >= 0,
}
_TESTS: dict[str, Callable[[list[Value | None]], bool]] = {
    "=": lambda operands: equal(operands[0], operands[1]),
    "<>": lambda operands: not equal(operands[0], operands[1]),
    "in": lambda operands: any(equal(operands[0], member) for member in operands[1:]),
    "between": _between,
    "begins_with": lambda operands: _begins_with(operands[0], operands[1]),
    "contains": lambda operands: _contains(operands[0], operands[1]),
    "attribute_type": _has_type,
}


def _begins_with(value: Value | None, start: Value | None) -> bool:
    if value is None or start is None:
        return False
    kind = "S" if "S" in start else "B"
    return kind in value and kind in start and bool(value[kind].startswith(start[kind]))


def _contains(value: Value | None, member: Value | None) -> bool:
    if value is None or member is None:
        return False
    (kind, content), *_ = value.items()
    if kind == "S":
        return "S" in member and member["S"] in content
    if kind == "L":
        return any(equal(entry, member) for entry in content)
    return kind in {"SS", "NS", "BS"} and next(iter(member.values())) in content


def _size(value: Value | None) -> Value | None:
    if value is None:
        return None
    (kind, content), *_ = value.items()
    if kind == "S":
        return {"N": str(len(content.encode()))}
    if kind == "M":
        return {"N": str(len(content))}
    return {"N": str(len(content))} if kind in {"B", "L", "SS", "NS", "BS"} else None


def add(left: Value, right: Value, sign: int) -> Value:
    """Return the sum or difference of two numbers."""
    if "N" not in left or "N" not in right:
        raise invalid("An operand in the update expression has an incorrect data type")
    return {"N": write_number(number(left["N"]) + sign * number(right["N"]))}


def _tree(member: object) -> Tree:
    assert isinstance(member, tuple)
    return member


def too_large(item: Item) -> bool:
    """Return whether an item is larger than DynamoDB's 400 KB."""
    return item_bytes(item) > 400 * 1024
