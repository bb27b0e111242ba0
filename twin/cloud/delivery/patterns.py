"""Event patterns of EventBridge, also used as filters of event source mappings.

**Source**: EventBridge user guide, "Comparison operators for use in event patterns"; Lambda
developer guide, "Control which events Lambda sends to your function".
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Mapping
from typing import Any

from twin.cloud.errors import PatternError

Matcher = Callable[[Any], bool]
_MISSING = object()


def compile_pattern(pattern: Mapping[str, Any]) -> Callable[[Mapping[str, Any]], bool]:
    """Return what tells whether an event matches ``pattern``.

    Raises
    ------
    PatternError
        For what EventBridge would refuse too.

    Examples
    --------
    >>> compile_pattern({"source": ["aws.s3"], "detail": {"key": [{"prefix": "a/"}]}})(
    ...     {"source": "aws.s3", "detail": {"key": "a/b"}}
    ... )
    True
    """
    return _compile_object(pattern, "")


def _compile_object(pattern: Mapping[str, Any], path: str) -> Callable[[Any], bool]:
    members = [
        (name, _compile_member(name, value, f"{path}.{name}")) for name, value in pattern.items() if name != "$or"
    ]
    choices = [_compile_object(choice, path) for choice in pattern.get("$or", ())]

    def matches(event: Any) -> bool:
        if isinstance(event, list):
            return any(matches(member) for member in event)
        known = event if isinstance(event, Mapping) else {}
        if not all(member(known.get(name, _MISSING)) for name, member in members):
            return False
        return not choices or any(choice(event) for choice in choices)

    return matches


def _compile_member(name: str, value: Any, path: str) -> Matcher:
    if isinstance(value, Mapping):
        return _compile_object(value, path)
    if not isinstance(value, list):
        raise PatternError(f"event pattern at {path}: {name} must be an object or a list of values, not {value!r}")
    tests = [_compile_value(member, path) for member in value]

    def matches(actual: Any) -> bool:
        candidates = actual if isinstance(actual, list) else [actual]
        return any(test(candidate) for candidate in candidates or [_MISSING] for test in tests)

    return matches


def _compile_value(value: Any, path: str) -> Matcher:
    if not isinstance(value, Mapping):
        return lambda actual: actual is not _MISSING and _same(actual, value)
    if len(value) != 1:
        raise PatternError(f"event pattern at {path}: {dict(value)!r} must hold exactly one comparison")
    (operator, argument), *_ = value.items()
    compile_operator = _OPERATORS.get(operator)
    if compile_operator is None:
        raise PatternError(f"event pattern at {path}: no comparison is called {operator!r}")
    return compile_operator(argument, path)


def _same(actual: Any, wanted: Any) -> bool:
    if isinstance(actual, bool) or isinstance(wanted, bool):
        return actual is wanted
    return bool(actual == wanted)


def _text(test: Callable[[str], bool]) -> Matcher:
    return lambda actual: isinstance(actual, str) and test(actual)


def _prefix(argument: Any, _: str) -> Matcher:
    if isinstance(argument, Mapping):
        folded = str(argument["equals-ignore-case"]).lower()
        return _text(lambda actual: actual.lower().startswith(folded))
    return _text(lambda actual: actual.startswith(argument))


def _suffix(argument: Any, _: str) -> Matcher:
    if isinstance(argument, Mapping):
        folded = str(argument["equals-ignore-case"]).lower()
        return _text(lambda actual: actual.lower().endswith(folded))
    return _text(lambda actual: actual.endswith(argument))


def _equals_ignore_case(argument: Any, _: str) -> Matcher:
    folded = str(argument).lower()
    return _text(lambda actual: actual.lower() == folded)


def _wildcard(argument: Any, _: str) -> Matcher:
    pieces = [re.escape(piece) for piece in re.split(r"(?<!\\)\*", str(argument))]
    expression = re.compile(".*".join(pieces).replace(r"\\\*", r"\*"), re.DOTALL)
    return _text(lambda actual: expression.fullmatch(actual) is not None)


def _exists(argument: Any, path: str) -> Matcher:
    if not isinstance(argument, bool):
        raise PatternError(f"event pattern at {path}: exists takes true or false, not {argument!r}")
    return lambda actual: (actual is not _MISSING and not isinstance(actual, Mapping)) == argument


def _anything_but(argument: Any, path: str) -> Matcher:
    if isinstance(argument, Mapping):
        (operator, values), *_ = argument.items()
        if operator not in {"prefix", "suffix", "equals-ignore-case", "wildcard"}:
            raise PatternError(f"event pattern at {path}: anything-but does not take {operator!r}")
        wanted = values if isinstance(values, list) else [values]
        excluded = [_OPERATORS[operator](value, path) for value in wanted]
        return lambda actual: actual is not _MISSING and not any(test(actual) for test in excluded)
    values = argument if isinstance(argument, list) else [argument]
    return lambda actual: actual is not _MISSING and not any(_same(actual, value) for value in values)


def _numeric(argument: Any, path: str) -> Matcher:
    compare: dict[str, Callable[[float, float], bool]] = {
        "=": lambda a, b: a == b,
        "<": lambda a, b: a < b,
        "<=": lambda a, b: a <= b,
        ">": lambda a, b: a > b,
        ">=": lambda a, b: a >= b,
    }
    if not isinstance(argument, list) or len(argument) % 2 or any(name not in compare for name in argument[::2]):
        raise PatternError(f"event pattern at {path}: numeric takes pairs such as ['>', 0, '<=', 5], not {argument!r}")
    tests = list(zip(argument[::2], argument[1::2], strict=True))

    def matches(actual: Any) -> bool:
        if isinstance(actual, bool) or not isinstance(actual, int | float):
            return False
        return all(compare[name](actual, bound) for name, bound in tests)

    return matches


def _cidr(argument: Any, _: str) -> Matcher:
    network = ipaddress.ip_network(argument, strict=False)

    def matches(actual: str) -> bool:
        try:
            return ipaddress.ip_address(actual) in network
        except ValueError:
            return False

    return _text(matches)


_OPERATORS: dict[str, Callable[[Any, str], Matcher]] = {
    "prefix": _prefix,
    "suffix": _suffix,
    "equals-ignore-case": _equals_ignore_case,
    "wildcard": _wildcard,
    "exists": _exists,
    "anything-but": _anything_but,
    "numeric": _numeric,
    "cidr": _cidr,
}
