"""Opens a centre for a scenario: agents come to their desks, callers begin to ring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from twin.connect.callback import Callback
from twin.connect.network import ConnectNetwork
from twin.people.agents import ScenarioAgent
from twin.people.arrivals import draw_arrivals, expected_calls, local_moment
from twin.people.callers import ScenarioCaller, Surroundings
from twin.people.draw import draw
from twin.people.outside import outside_world
from twin.people.scenario import DAYS, Scenario, Shift
from twin.people.scenario_file import Person, ScenarioError

_FICTIONAL_LINES = 100
_CLEARING = timedelta(minutes=15)


@dataclass
class OpenCentre:
    """A centre that is open.

    Attributes
    ----------
    network
        Where calls arrive.
    planned_calls
        How many will arrive; None while they go on until :meth:`close`.
    dialled
        How many have arrived.
    """

    network: ConnectNetwork
    scenario: Scenario
    seed: int
    population: Sequence[Person]
    planned_calls: int | None = None
    dialled: int = 0
    closed: bool = False
    agents: dict[str, ScenarioAgent] = field(default_factory=dict)
    _going_home: bool = False
    _again: list[tuple[datetime, ScenarioCaller]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._around = Surroundings(self.scenario, self.network.clock, self.network.studio, self._gave_up)
        for username in self.network.usernames():
            chance = Random(f"{self.seed}:agent:{username}")
            self.agents[username] = ScenarioAgent(self.scenario.agents, self.network.clock, chance)

    def close(self) -> None:
        """Let no more calls arrive; the agents go home once the last one is over."""
        if not self.closed:
            self.closed = True
            self.network.observe(lambda _event: self._go_home_soon())
            self._go_home_soon()

    @property
    def finished(self) -> bool:
        """Return whether all planned calls have arrived and are complete."""
        arrived = self.closed or (self.planned_calls is not None and self.dialled >= self.planned_calls)
        return arrived and not self.network.calls()

    def plan_day(self, day: date, calls: int) -> None:
        """Let ``calls`` calls arrive on ``day``, and the agents work their shifts."""
        self.planned_calls = calls
        for moment in draw_arrivals(self.scenario, day, calls, Random(f"{self.seed}:arrivals")):
            self.network.clock.at(moment, self._arrive)
        for username in self.agents:
            self._plan_shifts(username, day)
        self._plan_clearing(day)

    def go_on(self, calls_per_hour: float) -> None:
        """Let calls arrive from now on, this many an hour on average; all agents come at once."""
        for username, agent in self.agents.items():
            agent.comes(self.network.desk(username))
        self._next_arrival(Random(f"{self.seed}:arrivals"), calls_per_hour)

    def _go_home_soon(self) -> None:
        if not self._going_home and not self.network.calls():
            self._going_home = True
            self.network.clock.later(0, self._go_home)

    def _go_home(self) -> None:
        for username, agent in self.agents.items():
            agent.goes(self.network.desk(username))

    def _next_arrival(self, chance: Random, calls_per_hour: float) -> None:
        def arrive() -> None:
            if not self.closed:
                self._arrive()
                self._next_arrival(chance, calls_per_hour)

        self.network.clock.later(round(chance.expovariate(calls_per_hour / 3600)), arrive)

    def _plan_shifts(self, username: str, day: date) -> None:
        agent, desk = self.agents[username], self.network.desk(username)
        at, zone = self.network.clock.at, self.scenario.time_zone
        for shift in self._shifts_of(username, day):
            at(local_moment(day, shift.start, zone), lambda: None if self._going_home else agent.comes(desk))
            at(local_moment(day, shift.end, zone), lambda: agent.goes(desk))
            for rest in shift.breaks:
                at(
                    local_moment(day, rest.at, zone),
                    lambda rest=rest: agent.rests(desk, rest.status, rest.minutes * 60),  # type: ignore[misc]
                )

    def _plan_clearing(self, day: date) -> None:
        """Let a supervisor stop the callbacks that wait once nobody works any more; they would wait for days."""
        ends = [shift.end for username in self.agents for shift in self._shifts_of(username, day)]
        last = local_moment(day, max(ends, default=time()), self.scenario.time_zone)
        self.network.clock.at(last + _CLEARING, self._clear_callbacks)

    def _clear_callbacks(self) -> None:
        for call in self.network.calls():
            if isinstance(call, Callback) and call.phase in {"scheduled", "queued"}:
                call.stop()
        if not self.finished:
            self.network.clock.later(_CLEARING.total_seconds(), self._clear_callbacks)

    def _shifts_of(self, username: str, day: date) -> list[Shift]:
        weekday = DAYS[day.weekday()]
        shifts = [one for one in self.scenario.shifts if weekday in one.days]
        return [one for one in shifts if not one.agents or username in one.agents]

    def _arrive(self) -> None:
        caller = self._caller_again() or self._new_caller()
        self.dialled += 1
        self.network.dial(caller)

    def _new_caller(self) -> ScenarioCaller:
        scenario, chance = self.scenario, Random(f"{self.seed}:caller:{self.dialled}")
        languages = scenario.languages
        language = chance.choices(list(languages), [one.share for one in languages.values()])[0]
        number = _fictional_number(chance)
        person = None
        if self.population and chance.random() < scenario.callers.known_share:
            person = chance.choice(self.population)
        reasons = scenario.reasons
        reason = chance.choices(list(reasons), [one.weight for one in reasons.values()])[0]
        if reasons[reason].numbers:
            number = chance.choice(reasons[reason].numbers)
            person = next((one for one in self.population if one.phone == number), None)
        if person is not None:
            number = person.phone
            language = person.language if person.language in languages else language
        return ScenarioCaller(number, language, reason, chance, self._around)

    def _gave_up(self, caller: ScenarioCaller) -> None:
        habits = self.scenario.callers
        if caller.chance.random() < habits.calls_again_share:
            moment = self.network.clock.now() + timedelta(seconds=draw(caller.chance, habits.calls_again_seconds))
            self._again.append((moment, caller))

    def _caller_again(self) -> ScenarioCaller | None:
        """Return somebody who meant to call again by now: that call takes the place of a new caller's."""
        now = self.network.clock.now()
        due = [one for one in self._again if one[0] <= now]
        if not due:
            return None
        first = min(due, key=lambda one: one[0])
        self._again.remove(first)
        before = first[1]
        return ScenarioCaller(before.number, before.language, before.reason_name, before.chance, self._around)


def open_centre(
    network: ConnectNetwork,
    scenario: Scenario,
    *,
    seed: int,
    start: datetime | None = None,
    calls: int | None = None,
    calls_per_hour: float | None = None,
    population: Sequence[Person] = (),
) -> OpenCentre:
    """Open the centre for a day of calls, or from now on.

    Parameters
    ----------
    seed
        Fixes everything random: who calls, when, why, and what everybody does.
    start
        A moment of the day, in the centre's time zone, whose calls arrive; by default, now.
    calls
        Calls in all on that day; by default as many as the scenario expects. Somebody who calls again
        takes the place of a new caller.
    calls_per_hour
        Instead of a day: calls arrive from now on until :meth:`OpenCentre.close`, and all agents work.
    population
        Customers whom the centre may know.

    Raises
    ------
    ScenarioError
        For a shift of an agent that does not exist, or a day without calls.
    """
    _check_agents(network, scenario)
    network.connect_outside(outside_world(scenario, Random(f"{seed}:outside")))
    centre = OpenCentre(network, scenario, seed, population)
    if calls_per_hour is not None:
        centre.go_on(calls_per_hour)
    else:
        moment = start or network.clock.now()
        day = moment.astimezone(ZoneInfo(scenario.time_zone)).date()
        centre.plan_day(day, expected_calls(scenario, day) if calls is None else calls)
    return centre


def _check_agents(network: ConnectNetwork, scenario: Scenario) -> None:
    known = network.usernames()
    missing = sorted({name for shift in scenario.shifts for name in shift.agents} - set(known))
    if missing:
        raise ScenarioError(
            f"scenario {scenario.name!r}: shifts name agents that the centre does not have: "
            f"{', '.join(missing)}; it has {', '.join(known) or 'none'}"
        )


def _fictional_number(chance: Random) -> str:
    """Return a number that is reserved for fiction: 555-0100 to 555-0199 in one of the area codes 200 to 499."""
    return f"+1{chance.randrange(200, 500)}55501{chance.randrange(_FICTIONAL_LINES):02d}"
