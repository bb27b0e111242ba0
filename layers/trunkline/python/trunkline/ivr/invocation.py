"""The event with which a contact flow invokes a Lambda function, and the flat answer it takes back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ANSWER_LIMIT_BYTES = 32_000
"""Longest answer in bytes, a little under the 32 KB at which a contact flow gives up.

**Source**: Amazon Connect administrator guide, "Invoke Lambda functions".
"""

_E164 = re.compile(r"\+[1-9]\d{1,14}")


class InvocationError(ValueError):
    """The event did not come from a contact flow, or the answer does not fit one."""


@dataclass(frozen=True)
class Invocation:
    """One invocation by a contact flow.

    Parameters
    ----------
    contact_id
        The contact that waits for the answer.
    phone
        The customer's number in E.164 form; empty where the caller withheld it.
    parameters
        The function input parameters of the block, as text.
    """

    contact_id: str
    phone: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """Return a parameter without surrounding blanks, or an empty text where it is absent."""
        return self.parameters.get(name, "").strip()


def parse_invocation(event: object) -> Invocation:
    """Read the event of a contact flow's *Invoke AWS Lambda function* block.

    Parameters
    ----------
    event
        The Lambda event.

    Returns
    -------
    Invocation
        Odd or missing endpoints and parameters become empty texts: a call goes on without them.

    Raises
    ------
    InvocationError
        If the event carries no contact.

    Examples
    --------
    >>> parse_invocation({"Details": {"ContactData": {"ContactId": "c-1"}, "Parameters": {"n": 4}}})
    Invocation(contact_id='c-1', phone='', parameters={'n': '4'})

    Notes
    -----
    **Source**: Amazon Connect administrator guide, "Invoke Lambda functions", "Example request".
    """
    details = _mapping(_mapping(event).get("Details"))
    contact = _mapping(details.get("ContactData"))
    contact_id = contact.get("ContactId")
    if not isinstance(contact_id, str) or not contact_id:
        raise InvocationError(
            "Details.ContactData.ContactId is missing: invoke this function from a contact flow "
            "(block 'Invoke AWS Lambda function')."
        )
    return Invocation(
        contact_id,
        _phone(_mapping(contact.get("CustomerEndpoint")).get("Address")),
        _parameters(_mapping(details.get("Parameters"))),
    )


def to_string_map(answer: Mapping[str, object]) -> dict[str, str]:
    """Turn an answer into the flat texts that a contact flow reads as ``$.External.<name>``.

    Parameters
    ----------
    answer
        Texts, numbers, booleans (``true`` and ``false``) and ``None`` (empty).

    Raises
    ------
    InvocationError
        If it is longer than a contact flow accepts.

    Examples
    --------
    >>> to_string_map({"known": True, "priority": 5, "language": None})
    {'known': 'true', 'priority': '5', 'language': ''}

    Notes
    -----
    **Source**: Amazon Connect administrator guide, "Invoke Lambda functions" (STRING_MAP).
    """
    flat = {name: _text(value) for name, value in answer.items()}
    size = sum(len(name.encode()) + len(value.encode()) + 6 for name, value in flat.items())
    if size > ANSWER_LIMIT_BYTES:
        raise InvocationError(f"The answer is {size} bytes long; a contact flow takes {ANSWER_LIMIT_BYTES}.")
    return flat


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _phone(address: object) -> str:
    return address if isinstance(address, str) and _E164.fullmatch(address) else ""


def _parameters(given: Mapping[str, Any]) -> dict[str, str]:
    return {name: _text(value) for name, value in given.items() if not isinstance(value, Mapping | list)}
