"""What track_contact is given when it is deployed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TrackContactEnvironment:
    """Environment of the function.

    Attributes
    ----------
    live_table
        Name of the live table.
    queue_keys
        JSON object of queue ARNs (or ids) to names in ``callcenter.yaml``: a contact event names its
        queue by ARN only.
    """

    live_table: str
    queue_keys: str
