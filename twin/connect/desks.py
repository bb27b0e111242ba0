"""The desks of the centre, one an agent, and the agent events that come from them."""

from __future__ import annotations

from collections.abc import Callable

from twin.connect.agent_events import HEARTBEAT_SECONDS, AgentEvents
from twin.connect.desk import Desk, DeskOffice
from twin.connect.moments import SecondClock
from twin.connect.registry import AgentStatus, Registry, RoutingProfile, User
from twin.contracts import Cloud, Timer


class Desks:
    """Gives each agent a desk, the first time that somebody asks for it.

    Parameters
    ----------
    on_change
        Told of each desk whose agent does something else now.
    """

    def __init__(self, cloud: Cloud, registry: Registry, clock: SecondClock, on_change: Callable[[Desk], None]) -> None:
        self._cloud = cloud
        self._registry = registry
        self._clock = clock
        self._on_change = on_change
        self._events = AgentEvents(cloud, registry, clock)
        self._office = DeskOffice(clock, self._events.publish, self._status_named, self._changed)
        self._desks: dict[str, Desk] = {}
        self._heart: Timer | None = None

    def desk(self, username: str) -> Desk:
        """Return the desk of the agent ``username``.

        Raises
        ------
        KeyError
            When there is no such user.
        """
        if username not in self._desks:
            user = self._registry.user_named(username)
            if user is None:
                raise KeyError(f"no user {username!r} in the instance; there are {self.usernames()}")
            self._desks[username] = Desk(self._office, user)
        return self._desks[username]

    def add_agent(self, username: str, profile: RoutingProfile) -> Desk:
        """Add a user at run time."""
        arn = self._new_arn("agent")
        self._registry.users.put(User(arn, username, username.title(), "", profile.arn))
        return self.desk(username)

    def usernames(self) -> list[str]:
        """Return the names of all agents."""
        return [user.username for user in self._registry.agents()]

    def used(self) -> tuple[Desk, ...]:
        """Return the desks that somebody asked for so far."""
        return tuple(self._desks.values())

    def _status_named(self, name: str) -> AgentStatus:
        """Return the agent status ``name``; one that nobody defined yet becomes a custom status."""
        statuses = self._registry.statuses
        status = statuses.pick(lambda one: one.name == name)
        return status or statuses.put(AgentStatus(self._new_arn("agent-state"), name, "CUSTOM"))

    def _new_arn(self, kind: str) -> str:
        return f"{self._registry.instance().arn}/{kind}/{self._cloud.new_id('connect.resources')}"

    def _changed(self, desk: Desk) -> None:
        if desk.logged_in and self._heart is None:
            self._heart = self._clock.later(HEARTBEAT_SECONDS, self._beat)
        self._on_change(desk)

    def _beat(self) -> None:
        views = [desk.view() for desk in self._desks.values() if desk.logged_in]
        self._events.beat(views)
        self._heart = self._clock.later(HEARTBEAT_SECONDS, self._beat) if views else None
