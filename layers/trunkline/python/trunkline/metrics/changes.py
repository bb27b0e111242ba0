"""Changes of contacts, as the table's stream tells them: what each counted before, and what it counts now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trunkline.contact.model import Contact
from trunkline.metrics.keys import Key
from trunkline.metrics.rules import tally_contact
from trunkline.metrics.tally import Tally
from trunkline.metrics.targets import Targets
from trunkline.runtime.items import from_item


class ChangeError(ValueError):
    """A record of the change stream that cannot be read; the message names what is wrong."""


@dataclass(frozen=True)
class Change:
    """One change of a contact: what it counted before and what it counts now."""

    sequence: int
    contact_id: str
    old: Mapping[Key, Tally]
    new: Mapping[Key, Tally]
    first: bool

    def touches(self, key: Key) -> bool:
        """Tell whether the change alters what is counted under a key."""
        return self.old.get(key) != self.new.get(key)


def read_change(record: Mapping[str, Any], targets: Targets) -> Change | None:
    """Read one record of the contacts table's change stream.

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
        new = Contact.from_values(from_item(stream["NewImage"]))
        old = Contact.from_values(from_item(stream["OldImage"])) if stream.get("OldImage") else None
        sequence = int(stream["SequenceNumber"])
    except KeyError as error:
        raise ChangeError(f"change of a contact: {error.args[0]} is missing") from error
    except (TypeError, ValueError) as error:
        raise ChangeError(f"change of a contact: {error}") from error
    tallies = tally_contact(old, targets), tally_contact(new, targets)
    return Change(sequence, new.contact_id, *tallies, first=old is None)
