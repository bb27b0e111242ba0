"""The flows that a case may run, found by whatever a flow or a case calls them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from contactflow.model import Flow
from contactflow.testing.errors import TestCaseError

_PLACEHOLDER = re.compile(r"\$\{(?:flow|module)\.([^}]+)\}")


class FlowLibrary(Mapping[str, Flow]):
    """Flows and modules by name, by id, by ARN and by placeholder.

    Parameters
    ----------
    flows
        The flows by their names (or ids, or ARNs).
    aliases
        Names by further references that flows are known to be called by.

    Examples
    --------
    >>> survey = Flow.parse({"Version": "2019-10-30", "StartAction": "a", "Actions": []})
    >>> library = FlowLibrary({"survey": survey})
    >>> library["${flow.survey}"] is library["arn:aws:connect:us-east-1:1:instance/i/contact-flow/survey"] is survey
    True
    """

    def __init__(self, flows: Mapping[str, Flow], aliases: Mapping[str, str] | None = None) -> None:
        self._flows = dict(flows)
        self._aliases = dict(aliases or {})

    def __getitem__(self, reference: str) -> Flow:
        """Return the flow that a reference means."""
        return self._flows[self.name_of(reference)]

    def __iter__(self) -> Iterator[str]:
        """Yield the names."""
        return iter(self._flows)

    def __len__(self) -> int:
        """Return how many flows there are."""
        return len(self._flows)

    def name_of(self, reference: str) -> str:
        """Return the name of the flow that a reference means.

        Raises
        ------
        KeyError
            Where there is none.
        """
        if reference in self._flows:
            return reference
        known = self._aliases.get(reference)
        if known is not None:
            return known
        placeholder = _PLACEHOLDER.fullmatch(reference)
        name = placeholder[1] if placeholder else reference.rsplit("/", 1)[-1].split(":", 1)[0]
        if name not in self._flows:
            raise KeyError(reference)
        self._aliases[reference] = name
        return name

    def find_entry(self, reference: str | None) -> str:
        """Return the name of the flow that a call comes to: the one named, else the only one that no other names.

        Raises
        ------
        TestCaseError
            Where that is no flow, or not one flow alone.
        """
        if reference is not None:
            try:
                return self.name_of(reference)
            except KeyError:
                raise TestCaseError(
                    f"The entry {reference} is none of the flows",
                    path="$.EntryPoint",
                    mend=f"Use one of {', '.join(self._flows) or 'none: no flow was given'}.",
                ) from None
        if len(self._roots) != 1:
            raise TestCaseError(
                f"The case does not say where the call comes in, and {len(self._roots)} flows may be meant",
                path="$.EntryPoint",
                mend=f"Name one of {', '.join(self._roots or self._flows)} as EntryPoint or entry.",
            )
        return self._roots[0]

    @cached_property
    def _roots(self) -> tuple[str, ...]:
        named = {
            name
            for flow in self._flows.values()
            for action in flow.actions
            for name in self._names_in(action.parameters)
        }
        return tuple(name for name in self._flows if name not in named)

    def _names_in(self, value: object) -> Iterator[str]:
        if isinstance(value, str):
            try:
                yield self.name_of(value)
            except KeyError:
                return
        elif isinstance(value, Mapping):
            for item in value.values():
                yield from self._names_in(item)
        elif isinstance(value, list | tuple):
            for item in value:
                yield from self._names_in(item)
