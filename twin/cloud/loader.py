"""Creating what the templates say, in the order of its dependencies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from twin.cloud.assembly import StackTemplate
from twin.cloud.errors import CloudError, ResourceError, TemplateError, UnknownResourceError
from twin.cloud.intrinsics import Scope, find_references
from twin.contracts import Created, Resource, ResourceProvider


class StackLoader:
    """Creates stacks; exports of earlier stacks are seen by later ones.

    Parameters
    ----------
    account, region
        Pseudo parameters of every stack.
    dynamic
        Answers dynamic references such as ``secretsmanager``, ``<id>:SecretString:...``.
    find_provider
        Gives the provider of a resource type, or None.
    """

    def __init__(
        self,
        *,
        account: str,
        region: str,
        dynamic: Callable[[str, str], str],
        find_provider: Callable[[str], ResourceProvider | None],
    ) -> None:
        self._account = account
        self._region = region
        self._dynamic = dynamic
        self._find_provider = find_provider
        self._parameters: dict[str, Any] = {}
        self.exports: dict[str, Any] = {}
        self.created: dict[tuple[str, str], Created] = {}
        self.resources: dict[tuple[str, str], Resource] = {}

    def set_parameters(self, parameters: Mapping[str, Any]) -> None:
        """Give template parameters their values, for all stacks; others take their defaults."""
        self._parameters.update(parameters)

    def load(self, stack: StackTemplate) -> None:
        """Create every resource of ``stack``.

        Raises
        ------
        UnknownResourceError
            Before anything is created, when a type has no provider.
        ResourceError
            When creating a resource fails.
        """
        scope = self._scope(stack)
        wanted = {
            logical_id: entry
            for logical_id, entry in stack.template.get("Resources", {}).items()
            if "Condition" not in entry or scope.holds(entry["Condition"])
        }
        providers = {logical_id: self._provider(stack, logical_id, entry) for logical_id, entry in wanted.items()}
        for logical_id in _in_order(stack.name, wanted):
            self._create(scope, logical_id, wanted[logical_id], providers[logical_id])
        self._keep_exports(stack, scope)

    def _scope(self, stack: StackTemplate) -> Scope:
        pseudo = {
            "AWS::AccountId": self._account,
            "AWS::Region": self._region,
            "AWS::Partition": "aws",
            "AWS::URLSuffix": "amazonaws.com",
            "AWS::StackName": stack.name,
            "AWS::StackId": f"arn:aws:cloudformation:{self._region}:{self._account}:stack/{stack.name}/twin",
            "AWS::NotificationARNs": [],
        }
        parameters = {
            name: self._parameters.get(name, entry.get("Default"))
            for name, entry in stack.template.get("Parameters", {}).items()
        }
        return Scope(stack.name, stack.template, pseudo, parameters, self.exports, self._dynamic)

    def _provider(self, stack: StackTemplate, logical_id: str, entry: Mapping[str, Any]) -> ResourceProvider:
        provider = self._find_provider(entry["Type"])
        if provider is None and "ServiceToken" in entry.get("Properties", {}):
            provider = self._find_provider("AWS::CloudFormation::CustomResource")
        if provider is None:
            raise UnknownResourceError(entry["Type"], logical_id, stack.name)
        return provider

    def _create(self, scope: Scope, logical_id: str, entry: Mapping[str, Any], provider: ResourceProvider) -> None:
        properties = scope.resolve(entry.get("Properties", {}))
        resource = Resource(logical_id, entry["Type"], properties, scope.stack)
        try:
            created = provider(resource)
        except ResourceError:
            raise
        except (CloudError, KeyError, ValueError) as error:
            cause = f"property {error} is missing" if isinstance(error, KeyError) else str(error)
            raise ResourceError(logical_id, entry["Type"], scope.stack, cause) from error
        except Exception as error:
            raise ResourceError(logical_id, entry["Type"], scope.stack, f"{type(error).__name__}: {error}") from error
        scope.created[logical_id] = created
        self.created[scope.stack, logical_id] = created
        self.resources[scope.stack, logical_id] = resource

    def _keep_exports(self, stack: StackTemplate, scope: Scope) -> None:
        """Resolve every output, so that a wrong one is told, and keep those that later stacks import."""
        for entry in stack.template.get("Outputs", {}).values():
            if "Condition" in entry and not scope.holds(entry["Condition"]):
                continue
            value = scope.resolve(entry["Value"])
            if "Export" in entry:
                self.exports[scope.resolve(entry["Export"]["Name"])] = value


def _in_order(stack: str, resources: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    done: set[str] = set()
    path: list[str] = []

    def visit(logical_id: str) -> Iterator[str]:
        if logical_id in done or logical_id not in resources:
            return
        if logical_id in path:
            raise TemplateError(f"{stack}: resources depend on each other: {' -> '.join([*path, logical_id])}")
        path.append(logical_id)
        for dependency in _dependencies(resources[logical_id]):
            yield from visit(dependency)
        path.pop()
        done.add(logical_id)
        yield logical_id

    for logical_id in resources:
        yield from visit(logical_id)


def _dependencies(entry: Mapping[str, Any]) -> Iterator[str]:
    explicit = entry.get("DependsOn", [])
    yield from [explicit] if isinstance(explicit, str) else explicit
    yield from find_references(entry.get("Properties", {}))
