"""Who calls, and what the caller may not see."""

from __future__ import annotations

import pytest

from trunkline.console.access import Caller, ForbiddenError, NotFoundError, read_caller
from trunkline.console.contacts import check_access, mask_for, read_cursor, show_row, write_cursor


def event(**claims):
    return {"requestContext": {"authorizer": {"jwt": {"claims": claims}}}}


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        (["agent"], "agent"),
        ("[agent]", "agent"),
        ("[agent supervisor]", "supervisor"),
        ("[manager, agent]", "manager"),
        ("supervisor", "supervisor"),
    ],
)
def test_role_is_the_group_that_may_see_most(groups, role):
    caller = read_caller(event(username="mina", **{"cognito:groups": groups}))
    assert caller == Caller("mina", role)


def test_identity_token_names_its_user_elsewhere():
    claims = {"cognito:username": "mina", "cognito:groups": ["agent"]}
    assert read_caller(event(**claims)).username == "mina"


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"username": "mina"},
        {"username": "mina", "cognito:groups": "[guests]"},
        {"cognito:groups": ["agent"]},
    ],
)
def test_stranger_is_refused(claims):
    with pytest.raises(ForbiddenError, match="agent"):
        read_caller(event(**claims))


def test_request_without_authoriser_is_refused():
    with pytest.raises(ForbiddenError):
        read_caller({})


def test_agent_sees_own_contact_only():
    agent, supervisor = Caller("mina", "agent"), Caller("sue", "supervisor")
    check_access({"contact": {"agent": "mina"}}, agent)
    check_access({"contact": {"agent": "theo"}}, supervisor)
    for parts in ({"contact": {"agent": "theo"}}, {"contact": {}}, {"recording": {}}):
        with pytest.raises(ForbiddenError):
            check_access(parts, agent)
    with pytest.raises(NotFoundError):
        check_access({}, supervisor)


def test_customer_number_is_masked_for_agents_only():
    item = {"contact_id": "c1", "customer": "+15555550101"}
    assert show_row(item, Caller("mina", "agent"))["customer"] == "***0101"
    assert show_row(item, Caller("sue", "supervisor"))["customer"] == "+15555550101"
    detail = [{"detail": {"parameters": {"Number": "+15555550101"}}}]
    assert "5555550101" not in str(mask_for(Caller("mina", "agent"), detail))
    assert mask_for(Caller("sue", "manager"), detail) is detail


def test_cursor_is_read_back():
    place = {
        "contact_id": "c1",
        "part": "contact",
        "day": "2026-11-21",
        "initiated_at": "2026-11-21T10:00:00Z",
    }
    assert read_cursor(write_cursor(place)) == place
    assert write_cursor(None) is None
    assert read_cursor(None) is None
