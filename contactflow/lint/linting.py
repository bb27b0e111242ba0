"""Lint one flow."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from contactflow.lint.findings import Finding
from contactflow.lint.registry import RULES
from contactflow.lint.rule import Rule
from contactflow.lint.scene import Scene
from contactflow.model import Flow


class UnknownRuleError(ValueError):
    """There is no rule of this name."""


def lint_flow(
    flow: Flow,
    *,
    flows: Mapping[str, Flow] | None = None,
    flow_type: str = "",
    complete: bool = False,
    rules: Sequence[Rule] = RULES,
) -> list[Finding]:
    """Return what ``rules`` find in a flow, in the order of the flow's text.

    Parameters
    ----------
    flow
        The flow; it need not be one that the service would take.
    flows
        Other flows and modules, by identifier, ARN or name.
    flow_type
        The service's type such as ``CONTACT_FLOW``, or ``MODULE``; empty to ask the flow's own metadata.
    complete
        Whether nothing but ``flows`` sets attributes, invokes functions or transfers to this flow: what is never
        set is then certain.
    rules
        The rules to apply: all of them, or some of :func:`choose_rules`.

    Examples
    --------
    >>> flow = Flow.parse({"Version": "2019-10-30", "StartAction": "end", "Actions": [
    ...     {"Identifier": "end", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}]})
    >>> lint_flow(flow)
    []
    """
    scene = Scene(flow, flows, flow_type, complete=complete)
    order = {action.identifier: index for index, action in enumerate(flow.actions)}
    findings = [finding for one in rules for finding in _apply(one, scene)]
    return sorted(findings, key=lambda finding: order.get(finding.action or "", -1))


def choose_rules(wanted: Collection[str] = (), ignored: Collection[str] = ()) -> tuple[Rule, ...]:
    """Return the rules with the identifiers ``wanted`` (all, where none is), without those ``ignored``.

    Raises
    ------
    UnknownRuleError
        For an identifier that no rule has.
    """
    known = {one.id for one in RULES}
    unknown = sorted({*wanted, *ignored} - known)
    if unknown:
        raise UnknownRuleError(f"There is no rule {', '.join(unknown)}. The rules are: {', '.join(sorted(known))}.")
    return tuple(one for one in RULES if (not wanted or one.id in wanted) and one.id not in ignored)


def _apply(one: Rule, scene: Scene) -> Iterator[Finding]:
    for fault in one.check(scene):
        severity, mend = fault.severity or one.severity, fault.mend or one.mend
        yield Finding(one.id, severity, fault.action, fault.message, mend, fault.path)
