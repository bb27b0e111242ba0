"""What an agent does is told by the agent's own events and by the contacts of this moment."""

from __future__ import annotations

import pytest

from trunkline.contact.presence import tell_presence

FREE = {"id": "mina", "agent_id": "a1", "state": "available", "since": "2026-11-21T18:00:00Z"}


def call(state, since, contact_id="c1"):
    return {"id": contact_id, "agent_id": "a1", "state": state, "since": since, "queue": "orders"}


@pytest.mark.parametrize(
    ("contacts", "state", "since"),
    [
        ([], "available", "2026-11-21T18:00:00Z"),
        ([call("connected", "2026-11-21T18:05:00Z")], "on_contact", "2026-11-21T18:05:00Z"),
        ([call("ended", "2026-11-21T18:09:00Z")], "after_contact_work", "2026-11-21T18:09:00Z"),
        ([call("ended", "2026-11-21T17:59:00Z")], "available", "2026-11-21T18:00:00Z"),
        ([call("connected", "2026-11-21T17:50:00Z")], "available", "2026-11-21T18:00:00Z"),
        (
            [call("ended", "2026-11-21T18:09:00Z"), call("connected", "2026-11-21T18:08:00Z", "c2")],
            "on_contact",
            "2026-11-21T18:08:00Z",
        ),
    ],
    ids=[
        "nothing",
        "talks",
        "wraps up",
        "wrapped up before",
        "lost its disconnect event",
        "talks to another",
    ],
)
def test_state_follows_contacts_and_own_changes(contacts, state, since):
    presence = tell_presence([FREE], contacts)["mina"]
    assert (presence.state, presence.since) == (state, since)


def test_agent_who_logged_out_is_offline_whatever_the_contacts_say():
    offline = {**FREE, "state": "offline", "since": "2026-11-21T18:00:00Z"}
    presence = tell_presence([offline], [call("connected", "2026-11-21T18:05:00Z")])["mina"]
    assert (presence.state, presence.contact_id) == ("offline", None)


def test_own_status_has_its_own_name():
    lunch = {**FREE, "state": "Lunch"}
    assert tell_presence([lunch], [])["mina"].state == "Lunch"
