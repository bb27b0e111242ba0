"""Where in a file each contact was seen: about sixteen bytes a contact, so that long files can be folded."""

from __future__ import annotations

from array import array

_FULLEST = 0.55
_FEWEST = 1 << 10
_PLACE_BITS = 40
_PLACES = (1 << _PLACE_BITS) - 1
_TAG = (1 << 64) - 1 - _PLACES


class Places:
    """Contacts by the hash of their id, and their places: offsets in a file of at most a terabyte.

    Only the highest 24 bits of a hash are kept, so what is found may be another contact: whoever asks reads it and
    sees.

    Parameters
    ----------
    expected
        Number of contacts; more cost time.

    Examples
    --------
    >>> places = Places(expected=2)
    >>> places.note(hash("c1"), 0), places.note(hash("c1"), 700)
    ([], [0])

    Notes
    -----
    **Source**: D. E. Knuth, "The Art of Computer Programming", volume 3, section 6.4 (open addressing,
    linear probing).
    """

    def __init__(self, expected: int) -> None:
        self._tables: list[array[int]] = []
        self._room = 0
        self._add_table(max(_FEWEST, int(expected / _FULLEST)))

    def note(self, identity: int, place: int) -> list[int]:
        """Return the places where the contact may have been seen, or note this one where there is none."""
        found = []
        tag = identity & _TAG
        for table in self._tables:
            slot = identity % len(table)
            while entry := table[slot]:
                if entry & _TAG == tag:
                    found.append((entry & _PLACES) - 1)
                slot = (slot + 1) % len(table)
        if not found:
            table[slot] = tag | place + 1
            self._use_room()
        return found

    def add(self, identity: int, place: int) -> None:
        """Note a place, whatever has been noted before."""
        table = self._tables[-1]
        slot = identity % len(table)
        while table[slot]:
            slot = (slot + 1) % len(table)
        table[slot] = identity & _TAG | place + 1
        self._use_room()

    def move(self, identity: int, before: int, after: int) -> None:
        """Replace a place that was noted."""
        tag = identity & _TAG
        noted = tag | before + 1
        for table in self._tables:
            slot = identity % len(table)
            while (entry := table[slot]) and entry != noted:
                slot = (slot + 1) % len(table)
            if entry:
                table[slot] = tag | after + 1

    def _use_room(self) -> None:
        self._room -= 1
        if not self._room:
            self._add_table(2 * len(self._tables[-1]))

    def _add_table(self, slots: int) -> None:
        self._tables.append(array("Q", bytes(8 * slots)))
        self._room = int(slots * _FULLEST)
