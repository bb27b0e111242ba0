"""The contacts of the instance: those on their way, those that are complete, and the ledger of the truth."""

from __future__ import annotations

from twin.connect.call import Call
from twin.connect.facts import ContactFacts, TrueContact, true_contact


class Contacts:
    """Every contact since the instance was created.

    Attributes
    ----------
    ledger
        What truly happened, one line a contact that is complete, in order of completion.
    """

    def __init__(self) -> None:
        self.ledger: list[TrueContact] = []
        self._calls: dict[str, Call] = {}
        self._complete: dict[str, ContactFacts] = {}

    def add(self, call: Call) -> Call:
        """Keep a call that begins."""
        self._calls[call.contact_id] = call
        return call

    def complete(self, call: Call) -> None:
        """Write the ledger: nothing more will happen to ``call``."""
        del self._calls[call.contact_id]
        self._complete[call.contact_id] = call.facts
        self.ledger.append(true_contact(call.facts))

    def __getitem__(self, contact_id: str) -> Call:
        return self._calls[contact_id]

    def calls(self) -> tuple[Call, ...]:
        """Return the calls that are not complete yet."""
        return tuple(self._calls.values())

    def call(self, contact_id: str) -> Call | None:
        """Return a call that is not complete yet."""
        return self._calls.get(contact_id)

    def complete_facts(self, contact_id: str) -> ContactFacts | None:
        """Return what is known of a contact that is complete."""
        return self._complete.get(contact_id)

    def facts(self, contact_id: str) -> ContactFacts | None:
        """Return what is known of a contact, complete or not."""
        call = self._calls.get(contact_id)
        return call.facts if call else self._complete.get(contact_id)
