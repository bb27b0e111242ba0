"""What store_contact is given when it is deployed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StoreContactEnvironment:
    """Name of the contacts table."""

    contacts_table: str
    live_table: str
