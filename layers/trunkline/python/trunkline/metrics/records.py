"""A file of contact records, folded into tallies as the stream's function folds their changes.

Memory stays small however long the file is: of a contact only its place in the file is remembered, and a
contact that comes again is read there once more, to take back what its older version counted.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from msgspec.structs import replace

from trunkline.contact.model import CountedContact
from trunkline.contact.record import ContactRecordError, decode_counted_contact
from trunkline.metrics.keys import Key
from trunkline.metrics.places import Places
from trunkline.metrics.rules import Totals, count_contact
from trunkline.metrics.tally import LeanTally, read_counters
from trunkline.metrics.targets import Targets

_MOST_PROBLEMS = 1000
_CHUNK_BYTES = 1 << 18
_RECENT = 1000


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

    tallies: Totals[LeanTally] = field(default_factory=lambda: Totals(LeanTally))
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


def aggregate_records(path: Path, targets: Targets) -> Aggregation:
    """Fold a file of contact records: of each contact, the newest version counts.

    Parameters
    ----------
    path
        One JSON object a line, in any order.
    targets
        Service targets and the threshold of short abandons.

    Raises
    ------
    OSError
        If the file cannot be read.
    """
    aggregation = Aggregation()
    with path.open("rb", buffering=_CHUNK_BYTES) as file, path.open("rb") as again, _no_search_for_cycles():
        fold = _Fold(aggregation, targets, again, _expect_lines(file))
        place = 0
        for number, line in enumerate(file, 1):
            try:
                fold.meet(decode_counted_contact(line), place)
            except ContactRecordError as error:
                if not line.isspace():
                    aggregation.reject(number, str(error))
            place += len(line)
        fold.drop_empty()
    return aggregation


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Keep the garbage collector off: tallies form no cycles, and to look for them takes a fifth of the time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


class _Fold:
    """Counts contacts as they come; of one that came before, the newer version is left counted."""

    def __init__(self, aggregation: Aggregation, targets: Targets, again: BinaryIO, expected: int) -> None:
        self._aggregation = aggregation
        self._targets = targets
        self._again = again
        self._places = Places(expected)
        self._recent: dict[int, CountedContact] = {}
        self._older: dict[int, CountedContact] = {}
        self._taken_from: set[Key] = set()

    def meet(self, contact: CountedContact, place: int) -> None:
        """Count a contact whose record stands at a place of the file."""
        self._keep(contact, place)
        identity = hash(contact.contact_id)
        found = self._places.note(identity, place)
        for known_place in found:
            known = self._read(known_place)
            if known.contact_id == contact.contact_id:
                self._meet_again(known, known_place, contact, place)
                return
        if found:  # only their hashes are alike
            self._places.add(identity, place)
        self._aggregation.new += 1
        count_contact(contact, self._targets, self._aggregation.tallies)

    def drop_empty(self) -> None:
        """Leave out what corrections have emptied."""
        tallies = self._aggregation.tallies
        for key in self._taken_from:
            if not any(read_counters(tallies[key])):
                del tallies[key]

    def _meet_again(self, known: CountedContact, known_place: int, contact: CountedContact, place: int) -> None:
        if contact.version <= known.version:
            self._aggregation.duplicate += 1
            return
        self._aggregation.corrected += 1
        self._places.move(hash(contact.contact_id), known_place, place)
        if replace(known, version=contact.version) != contact:
            self._take_back(known)
            count_contact(contact, self._targets, self._aggregation.tallies)

    def _take_back(self, contact: CountedContact) -> None:
        counted = Totals(LeanTally)
        count_contact(contact, self._targets, counted)
        for key, tally in counted.items():
            self._aggregation.tallies[key].take_back(tally)
            self._taken_from.add(key)

    def _keep(self, contact: CountedContact, place: int) -> None:
        """Keep the last records at hand: most corrections come soon."""
        if len(self._recent) >= _RECENT:
            self._older, self._recent = self._recent, {}
        self._recent[place] = contact

    def _read(self, place: int) -> CountedContact:
        known = self._recent.get(place) or self._older.get(place)
        if known is not None:
            return known
        self._again.seek(place)
        return decode_counted_contact(self._again.readline())


def _expect_lines(file: BinaryIO) -> int:
    """Return about how many lines a file has, from its beginning; leave it there."""
    sample = file.read(_CHUNK_BYTES)
    file.seek(0)
    return os.fstat(file.fileno()).st_size * (sample.count(b"\n") + 1) // max(1, len(sample))
