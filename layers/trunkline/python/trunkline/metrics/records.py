"""A file of contact records, folded into tallies as the stream's function folds their changes.

Memory stays small however long the file is: of most contacts only a hash of their id is remembered. The
few that come more than once are read a second time, to take back what their older versions counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from typing import BinaryIO

import msgspec

from trunkline.contact.model import Contact
from trunkline.contact.record import ContactRecordError, decode_contact_record
from trunkline.metrics.rules import Key, Targets, count_contact, tally_contact
from trunkline.metrics.tally import Tally

_MOST_PROBLEMS = 1000


class _Identity(msgspec.Struct, rename="pascal"):
    contact_id: str


_IDENTITY = msgspec.json.Decoder(_Identity)


@dataclass(frozen=True)
class Problem:
    """A line that could not be read, and why."""

    line: int
    cause: str


@dataclass
class Aggregation:
    """What a file of contact records counts.

    Attributes
    ----------
    tallies
        By interval and queue, agent or centre.
    new
        Distinct contacts.
    corrected
        Records that replaced an older version of their contact.
    duplicate
        Records that told nothing newer.
    rejected
        Lines that could not be read; ``problems`` tells the first thousand.
    """

    tallies: defaultdict[Key, Tally] = field(default_factory=lambda: defaultdict(Tally))
    new: int = 0
    corrected: int = 0
    duplicate: int = 0
    rejected: int = 0
    problems: list[Problem] = field(default_factory=list)

    def reject(self, line: int, cause: str) -> None:
        """Note a line that cannot be read."""
        self.rejected += 1
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(Problem(line, cause))


def aggregate_records(file: BinaryIO, targets: Targets) -> Aggregation:
    r"""Fold a file of contact records: of each contact, the newest version counts.

    Parameters
    ----------
    file
        One JSON object a line, in any order; it is read up to three times, so it must be seekable.
    targets
        Service targets and the threshold of short abandons.

    Examples
    --------
    >>> from io import BytesIO
    >>> record = (
    ...     b'{"ContactId": "c1", "Channel": "VOICE", "InitiationMethod": "INBOUND",'
    ...     b' "InitiationTimestamp": "2026-11-21T10:00:00Z", "LastUpdateTimestamp": "2026-11-21T10:01:00Z"}'
    ... )
    >>> found = aggregate_records(BytesIO(record + b"\n" + record + b"\nnone\n"), Targets({}, 5))
    >>> found.new, found.duplicate, found.rejected, found.problems[0].line
    (1, 1, 1, 3)
    """
    aggregation = Aggregation()
    seen: set[int] = set()
    repeated: set[int] = set()
    for number, line in _lines(file):
        try:
            contact = decode_contact_record(line)
        except ContactRecordError as error:
            aggregation.reject(number, str(error))
            continue
        identity = hash(contact.contact_id)
        if identity in seen:
            repeated.add(identity)
            continue
        seen.add(identity)
        count_contact(contact, targets, aggregation.tallies)
    aggregation.new = len(seen)
    if repeated:
        _Corrections(aggregation, targets, repeated).apply(file)
    return _without_empty(aggregation)


class _Corrections:
    """Goes through the contacts that came more than once, and replaces what older versions counted."""

    def __init__(self, aggregation: Aggregation, targets: Targets, repeated: set[int]) -> None:
        self._aggregation = aggregation
        self._targets = targets
        self._repeated = repeated
        self._kept: dict[str, Contact] = {}
        self._counted: set[int] = set()
        self._lowered: set[Key] = set()

    def apply(self, file: BinaryIO) -> None:
        """Read the file again, and a third time where a correction may have lowered a longest wait."""
        for contact in _contacts(file, self._repeated):
            self._meet(contact)
        if self._lowered:
            self._recount(file)

    def _meet(self, contact: Contact) -> None:
        identity, before = hash(contact.contact_id), self._kept.get(contact.contact_id)
        aggregation = self._aggregation
        if before is None:
            self._kept[contact.contact_id] = contact
            if identity in self._counted:  # another contact has the same hash and was counted in its stead
                aggregation.new += 1
                count_contact(contact, self._targets, aggregation.tallies)
            self._counted.add(identity)
        elif contact.version > before.version:
            self._kept[contact.contact_id] = contact
            aggregation.corrected += 1
            count_contact(before, self._targets, aggregation.tallies, -1)
            count_contact(contact, self._targets, aggregation.tallies)
            self._lowered |= self._find_lowered(before, contact)
        else:
            aggregation.duplicate += 1

    def _find_lowered(self, before: Contact, after: Contact) -> set[Key]:
        """Return where the older version had the longest wait, and the newer one has not."""
        waits = {key: tally.longest_wait_seconds for key, tally in tally_contact(after, self._targets).items()}
        return {
            key
            for key, tally in tally_contact(before, self._targets).items()
            if waits.get(key, 0) < tally.longest_wait_seconds == self._aggregation.tallies[key].longest_wait_seconds
        }

    def _recount(self, file: BinaryIO) -> None:
        tallies = self._aggregation.tallies
        for key in self._lowered:
            tallies[key].longest_wait_seconds = 0
        for contact in _contacts(file):
            newest = self._kept.get(contact.contact_id, contact)
            for key, tally in tally_contact(newest, self._targets).items():
                if key in self._lowered:
                    tallies[key].longest_wait_seconds = max(
                        tallies[key].longest_wait_seconds, tally.longest_wait_seconds
                    )


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    file.seek(0)
    for number, line in enumerate(file, 1):
        if not line.isspace():
            yield number, line


def _contacts(file: BinaryIO, wanted: Set[int] | None = None) -> Iterator[Contact]:
    """Yield the contacts that can be read, or those alone whose ids have the wanted hashes."""
    for _number, line in _lines(file):
        try:
            if wanted is None or hash(_IDENTITY.decode(line).contact_id) in wanted:
                yield decode_contact_record(line)
        except (ContactRecordError, ValueError):
            continue


def _without_empty(aggregation: Aggregation) -> Aggregation:
    nothing = Tally()
    for key in [key for key, tally in aggregation.tallies.items() if _drop_zeros(tally) == nothing]:
        del aggregation.tallies[key]
    return aggregation


def _drop_zeros(tally: Tally) -> Tally:
    for counts in (tally.waits, tally.handles):
        for bucket in [bucket for bucket, count in counts.items() if not count]:
            del counts[bucket]
    return tally
