"""CloudFormation's intrinsic functions, evaluated over one stack."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from twin.cloud.errors import TemplateError
from twin.contracts import Created

_NO_VALUE = object()
_SUB_VARIABLE = re.compile(r"\$\{(!?)([^}]+)\}")
_DYNAMIC = re.compile(r"\{\{resolve:([a-z-]+):([^}]+)\}\}")


@dataclass
class Scope:
    """What the names in one stack's template stand for.

    Attributes
    ----------
    stack
        Name of the stack, for messages.
    template
        The template: its mappings and conditions are looked up here.
    pseudo
        Values of ``AWS::AccountId`` and the like.
    parameters
        Values of the template's parameters.
    exports
        Exports of all stacks so far, by export name.
    dynamic
        Answers ``{{resolve:service:reference}}``.
    created
        Resources so far, by logical id.
    """

    stack: str
    template: Mapping[str, Any]
    pseudo: Mapping[str, Any]
    parameters: Mapping[str, Any]
    exports: Mapping[str, Any]
    dynamic: Callable[[str, str], str]
    created: dict[str, Created] = field(default_factory=dict)

    def resolve(self, value: Any) -> Any:
        """Evaluate every intrinsic function inside ``value``; ``AWS::NoValue`` members vanish."""
        resolved = self._resolve(value)
        return None if resolved is _NO_VALUE else resolved

    def holds(self, condition: str) -> bool:
        """Return whether the named condition of the template holds."""
        conditions = self.template.get("Conditions", {})
        if condition not in conditions:
            raise TemplateError(f"{self.stack}: no condition is called {condition}")
        return self._test(conditions[condition])

    def ref(self, name: str) -> Any:
        """Return what ``Ref`` to ``name`` gives."""
        if name == "AWS::NoValue":
            return _NO_VALUE
        if name in self.pseudo:
            return self.pseudo[name]
        if name in self.parameters:
            return self.parameters[name]
        if name in self.created:
            return self.created[name].ref
        raise TemplateError(f"{self.stack}: Ref to {name}, which is no parameter and no resource created before")

    def attribute(self, name: str, attribute: str) -> Any:
        """Return what ``Fn::GetAtt`` of ``name`` gives."""
        if name not in self.created:
            raise TemplateError(f"{self.stack}: Fn::GetAtt of {name}, which was not created before")
        attributes = self.created[name].attributes
        if attribute not in attributes:
            known = ", ".join(sorted(attributes)) or "none"
            raise TemplateError(
                f"{self.stack}: {name} gives no attribute {attribute} (known: {known}); "
                f"let its resource provider answer it in Created.attributes"
            )
        return attributes[attribute]

    def _resolve(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            if len(value) == 1:
                (name, argument), *_ = value.items()
                function = _FUNCTIONS.get(name)
                if function is not None:
                    return function(self, argument)
                if name.startswith("Fn::"):
                    raise TemplateError(f"{self.stack}: the twin does not evaluate the intrinsic function {name}")
            resolved = ((key, self._resolve(member)) for key, member in value.items())
            return {key: member for key, member in resolved if member is not _NO_VALUE}
        if isinstance(value, list):
            return [member for member in map(self._resolve, value) if member is not _NO_VALUE]
        if isinstance(value, str) and "{{resolve:" in value:
            return self._replace_dynamic(value)
        return value

    def _replace_dynamic(self, text: str) -> str:
        return _DYNAMIC.sub(lambda match: self.dynamic(match[1], match[2]), text)

    def _sub(self, argument: Any) -> str:
        text, extra = (argument, {}) if isinstance(argument, str) else argument
        variables = self._resolve(extra)

        def replace(match: re.Match[str]) -> str:
            literal, name = match.groups()
            if literal:
                return f"${{{name}}}"
            if name in variables:
                return str(variables[name])
            resource, _, attribute = name.strip().partition(".")
            return str(self.attribute(resource, attribute) if attribute else self.ref(resource))

        return self._replace_dynamic(_SUB_VARIABLE.sub(replace, text))

    def _join(self, argument: Any) -> str:
        separator, members = argument
        return self._replace_dynamic(str(separator).join(str(member) for member in self._resolve(members)))

    def _select(self, argument: Any) -> Any:
        index, members = self._resolve(argument)
        try:
            return members[int(index)]
        except IndexError:
            raise TemplateError(f"{self.stack}: Fn::Select {index} of only {len(members)} members") from None

    def _split(self, argument: Any) -> list[str]:
        separator, text = argument
        return str(self._resolve(text)).split(separator)

    def _if(self, argument: Any) -> Any:
        condition, then, otherwise = argument
        return self._resolve(then if self.holds(condition) else otherwise)

    def _find_in_map(self, argument: Any) -> Any:
        names = [self._resolve(name) for name in argument[:3]]
        value: Any = self.template.get("Mappings", {})
        for name in names:
            if name not in value:
                raise TemplateError(f"{self.stack}: Fn::FindInMap finds nothing at {' / '.join(map(str, names))}")
            value = value[name]
        return value

    def _import_value(self, argument: Any) -> Any:
        name = self._resolve(argument)
        if name not in self.exports:
            raise TemplateError(f"{self.stack}: no stack deployed before exports {name}")
        return self.exports[name]

    def _get_att(self, argument: Any) -> Any:
        name, attribute = argument.split(".", 1) if isinstance(argument, str) else argument
        return self.attribute(name, self._resolve(attribute))

    def _test(self, condition: Any) -> bool:
        (name, argument), *_ = condition.items()
        if name == "Condition":
            return self.holds(argument)
        if name == "Fn::Equals":
            left, right = self._resolve(argument)
            return bool(str(left) == str(right))
        if name == "Fn::Not":
            return not self._test(argument[0])
        if name == "Fn::And":
            return all(self._test(member) for member in argument)
        if name == "Fn::Or":
            return any(self._test(member) for member in argument)
        raise TemplateError(f"{self.stack}: the twin does not evaluate the condition function {name}")


_FUNCTIONS: dict[str, Callable[[Scope, Any], Any]] = {
    "Ref": Scope.ref,
    "Fn::GetAtt": Scope._get_att,
    "Fn::Sub": Scope._sub,
    "Fn::Join": Scope._join,
    "Fn::Select": Scope._select,
    "Fn::Split": Scope._split,
    "Fn::If": Scope._if,
    "Fn::FindInMap": Scope._find_in_map,
    "Fn::ImportValue": Scope._import_value,
    "Fn::Base64": lambda scope, text: base64.b64encode(str(scope.resolve(text)).encode()).decode(),
    "Fn::GetAZs": lambda scope, _: [f"{scope.pseudo['AWS::Region']}{zone}" for zone in "abc"],
    "Fn::ToJsonString": lambda scope, value: json.dumps(scope.resolve(value)),
    "Fn::Length": lambda scope, value: len(scope.resolve(value)),
}


def find_references(value: Any) -> Iterator[str]:
    """Yield the names that ``value`` refers to by ``Ref``, ``Fn::GetAtt`` or ``Fn::Sub``."""
    if isinstance(value, Mapping):
        for name, argument in value.items():
            if name == "Ref" and isinstance(argument, str):
                yield argument
            elif name == "Fn::GetAtt":
                yield argument.split(".", 1)[0] if isinstance(argument, str) else argument[0]
            elif name == "Fn::Sub":
                text = argument if isinstance(argument, str) else argument[0]
                yield from (match[2].split(".")[0] for match in _SUB_VARIABLE.finditer(text) if not match[1])
                yield from find_references(argument)
            else:
                yield from find_references(argument)
    elif isinstance(value, list):
        for member in value:
            yield from find_references(member)
