"""Changes of contacts and of agents' states, as the streams of their tables tell them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trunkline.contact.agent_states import read_entry
from trunkline.contact.model import Contact
from trunkline.metrics.keys import Key
from trunkline.metrics.rules import tally_agent, tally_contact
from trunkline.metrics.tally import Tally
from trunkline.metrics.targets import Targets
from trunkline.runtime.items import from_item


class ChangeError(ValueError):
    """A record of the change stream that cannot be read; the message names what is wrong."""


@dataclass(frozen=True)
class Change:
    """One change of a contact, or of an agent's state: what it counted before and what it counts now.

    Attributes
    ----------
    contact_id
        Of the contact; of an agent's state or offer its key.
    hour
        When it was made, in hours since 1970; 0 is unknown.
    """

    sequence: int
    contact_id: str
    old: Mapping[Key, Tally]
    new: Mapping[Key, Tally]
    first: bool
    hour: int = 0

    def touches(self, key: Key) -> bool:
        """Tell whether the change alters what is counted under a key."""
        return self.old.get(key) != self.new.get(key)


def read_change(record: Mapping[str, Any], targets: Targets) -> Change | None:
    """Read one record of a change stream: of the contacts table, or of the agent states table.

    Parameters
    ----------
    record
        As Lambda delivers it.
    targets
        Service targets and the threshold of short abandons.

    Returns
    -------
    Change or None
        ``None`` for deletions: a contact whose retention has ended was a contact all the same.

    Raises
    ------
    ChangeError
        Naming what is missing or wrong.

    Notes
    -----
    **Source**: Amazon DynamoDB API reference, "StreamRecord".
    """
    if record.get("eventName") == "REMOVE":
        return None
    try:
        stream = record["dynamodb"]
        new = from_item(stream["NewImage"])
        old = from_item(stream["OldImage"]) if stream.get("OldImage") else None
        sequence = int(stream["SequenceNumber"])
        name, before, after = _tally_agents(old, new) if "state_key" in new else _tally_contacts(old, new, targets)
    except KeyError as error:
        raise ChangeError(f"change of a contact or agent: {error.args[0]} is missing") from error
    except (TypeError, ValueError) as error:
        raise ChangeError(f"change of a contact or agent: {error}") from error
    hour = int(stream.get("ApproximateCreationDateTime", 0)) // 3600
    return Change(sequence, name, before, after, first=old is None, hour=hour)


_Tallies = tuple[str, Mapping[Key, Tally], Mapping[Key, Tally]]


def _tally_contacts(old: Mapping[str, Any] | None, new: Mapping[str, Any], targets: Targets) -> _Tallies:
    contact, before = Contact.from_values(new), Contact.from_values(old) if old else None
    return contact.contact_id, tally_contact(before, targets), tally_contact(contact, targets)


def _tally_agents(old: Mapping[str, Any] | None, new: Mapping[str, Any]) -> _Tallies:
    entry, before = read_entry(new), read_entry(old) if old else None
    return entry.state_key, tally_agent(before), tally_agent(entry)
