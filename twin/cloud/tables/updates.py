"""Applying update expressions.

**Source**: DynamoDB developer guide, "Using update expressions in DynamoDB".
"""

from __future__ import annotations

from typing import Any

from twin.cloud.tables.evaluate import Expressions, add, find
from twin.cloud.tables.grammar import Tree
from twin.cloud.tables.values import Item, Value, invalid, number, write_number

Path = tuple[str | int, ...]
_REMOVED: Value = {}


def apply_update(expressions: Expressions, item: Item, key_names: frozenset[str]) -> tuple[Item, tuple[Path, ...]]:
    """Return the changed item and the paths that the expression names.

    All operands are read from the item as it was.

    Raises
    ------
    ServiceError
        ValidationException, as DynamoDB words it.
    """
    parsed = expressions.parsed.get("UpdateExpression")
    if parsed is None:
        return item, ()
    changes = [_change(expressions, action, item) for action in parsed.tree[1:] if isinstance(action, tuple)]
    paths = tuple(path for path, _ in changes)
    _check_paths(paths, key_names)
    changed: dict[str, Value] = dict(item)
    for path, value in sorted(changes, key=_removals_last):
        if value is not None:
            _set(changed, path, value)
    return changed, paths


def _change(expressions: Expressions, action: Tree, item: Item) -> tuple[Path, Value | None]:
    clause, tree = action[0], action[1]
    assert isinstance(tree, tuple)
    path = expressions.path(tree)
    if clause == "REMOVE":
        return path, _REMOVED
    operand = action[2]
    assert isinstance(operand, tuple)
    if clause == "SET":
        return path, _evaluate(expressions, operand, item)
    value = expressions.operand(operand, item)
    assert value is not None
    old = find(item, path)
    return path, _add(old, value) if clause == "ADD" else _delete(old, value)


def _evaluate(expressions: Expressions, tree: Tree, item: Item) -> Value:
    kind = tree[0]
    members = [member for member in tree[1:] if isinstance(member, tuple)]
    if kind in {"+", "-"}:
        left, right = (_evaluate(expressions, member, item) for member in members)
        return add(left, right, 1 if kind == "+" else -1)
    if kind == "if_not_exists":
        found = expressions.operand(members[0], item)
        return found if found is not None else _evaluate(expressions, members[1], item)
    if kind == "list_append":
        first, second = (_evaluate(expressions, member, item) for member in members)
        if "L" not in first or "L" not in second:
            raise invalid("An operand in the update expression has an incorrect data type")
        return {"L": [*first["L"], *second["L"]]}
    value = expressions.operand(tree, item)
    if value is None:
        raise invalid("The provided expression refers to an attribute that does not exist in the item")
    return value


def _add(old: Value | None, value: Value) -> Value:
    (kind, content), *_ = value.items()
    if kind == "N":
        return add(old, value, 1) if old is not None else {"N": write_number(number(content))}
    if kind not in {"SS", "NS", "BS"}:
        raise invalid(f"Incorrect operand type for operator or function; operator: ADD, operand type: {kind}")
    if old is None:
        return value
    if kind not in old:
        raise invalid("An operand in the update expression has an incorrect data type")
    return {kind: [*old[kind], *(member for member in content if member not in old[kind])]}


def _delete(old: Value | None, value: Value) -> Value | None:
    (kind, content), *_ = value.items()
    if kind not in {"SS", "NS", "BS"}:
        raise invalid(f"Incorrect operand type for operator or function; operator: DELETE, operand type: {kind}")
    if old is None:
        return None
    if kind not in old:
        raise invalid("An operand in the update expression has an incorrect data type")
    left = [member for member in old[kind] if member not in content]
    return {kind: left} if left else _REMOVED


def _check_paths(paths: tuple[Path, ...], key_names: frozenset[str]) -> None:
    for index, path in enumerate(paths):
        if path[0] in key_names:
            raise invalid(
                f"One or more parameter values were invalid: Cannot update attribute {path[0]}. "
                "This attribute is part of the key"
            )
        for other in paths[index + 1 :]:
            shorter = min(len(path), len(other))
            if path[:shorter] == other[:shorter]:
                raise invalid(
                    "Invalid UpdateExpression: Two document paths overlap with each other; "
                    f"must remove or rewrite one of these paths; path one: {list(path)}, path two: {list(other)}"
                )


def _removals_last(change: tuple[Path, Value | None]) -> tuple[bool, int]:
    path, value = change
    last = path[-1]
    return value is _REMOVED, -last if isinstance(last, int) else 0


def _set(container: dict[str, Value], path: Path, value: Value) -> None:
    name = str(path[0])
    if len(path) == 1:
        if value is _REMOVED:
            container.pop(name, None)
        else:
            container[name] = value
        return
    container[name] = _replaced(container.get(name), path[1:], value)


def _replaced(old: Value | None, path: Path, value: Value) -> Value:
    """Return ``old`` with the value at ``path`` inside it replaced, leaving ``old`` as it is."""
    wrong = invalid("The document path provided in the update expression is invalid for update")
    part = path[0]
    if isinstance(part, int):
        if old is None or "L" not in old:
            raise wrong
        members: list[Any] = list(old["L"])
        if len(path) > 1:
            if part >= len(members):
                raise wrong
            members[part] = _replaced(members[part], path[1:], value)
        elif value is _REMOVED:
            members[part : part + 1] = []
        else:
            members[part : part + 1] = [value]
        return {"L": members}
    if old is None or "M" not in old:
        raise wrong
    inner: dict[str, Value] = dict(old["M"])
    _set(inner, path, value)
    return {"M": inner}
