"""What store_contact is given when it is deployed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StoreContactEnvironment:
    """Names of the contacts table, the live table, and the way into history."""

    contacts_table: str
    live_table: str
    history_contacts_stream: str
