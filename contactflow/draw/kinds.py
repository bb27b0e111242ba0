"""What sort of thing an action is: one shape and one colour each."""

from __future__ import annotations

from typing import Literal, get_args

Kind = Literal["participant", "setting", "branch", "integration", "terminate"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_BY_TYPE: dict[str, Kind] = {
    "CheckVoiceId": "branch",
    "CompleteOutboundCall": "participant",
    "ConnectParticipantWithLexBot": "participant",
    "DequeueContactAndTransferToQueue": "terminate",
    "DisconnectParticipant": "terminate",
    "DistributeByPercentage": "branch",
    "GetParticipantInput": "participant",
    "GetUserInput": "participant",
    "Loop": "branch",
    "MessageParticipant": "participant",
    "MessageParticipantIteratively": "participant",
    "ShowView": "participant",
    "UpdateCase": "integration",
    "UpdateCustomerProfile": "integration",
    "Wait": "setting",
}
_BY_PREFIX: tuple[tuple[str, Kind], ...] = (
    ("Check", "branch"),
    ("Compare", "branch"),
    ("Associate", "integration"),
    ("Create", "integration"),
    ("Get", "integration"),
    ("Invoke", "integration"),
    ("Send", "integration"),
    ("End", "terminate"),
    ("Transfer", "terminate"),
)


def kind_of(type_name: str) -> Kind:
    """Return the kind of an action's type; what is unknown counts by the verb that its name begins with.

    Examples
    --------
    >>> kind_of("CheckHoursOfOperation"), kind_of("UpdateContactData"), kind_of("GetWeather")
    ('branch', 'setting', 'integration')
    """
    if type_name in _BY_TYPE:
        return _BY_TYPE[type_name]
    return next((kind for prefix, kind in _BY_PREFIX if type_name.startswith(prefix)), "setting")
