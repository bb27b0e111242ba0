"""Every figure that the API shows has a definition, and is explained by evidence that adds up to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.unit.console import friday
from tests.unit.contact.samples import center_document
from tests.unit.reports.materials import Counted
from trunkline.billing.prices import load_prices
from trunkline.console.api import answer
from trunkline.console.evidence import Evidence
from trunkline.console.pages import Console
from trunkline.contact.log_store import Candidates
from trunkline.live.picture import LivePicture, compose_picture
from trunkline.metrics.rules import tally_agent
from trunkline.metrics.tally import Tally
from trunkline.reports.reading import Sources

CENTER = center_document()
Place = tuple[str, str]


class Tables(Counted):
    """All that the console reads, in memory."""

    def __init__(self) -> None:
        super().__init__(friday.contacts(), CENTER, friday.NOW)
        self.entries = list(friday.states())
        for entry in self.entries:
            for key, tally in tally_agent(entry).items():
                self.totals.setdefault(key, Tally()).add(tally)

    def read_with_age(self, start, end):
        return self.read_between(start, end), int(friday.NOW.timestamp()) - 50

    def read(self, days=()):
        return {day: counts for day, counts in super().read(days).items() if day == friday.FRIDAY}

    def read_candidates(self, _since, _start, _end, **_) -> Candidates:
        return Candidates(self.contacts, more=False)

    def read_followed(self, _start, _middle, _end, **_) -> Candidates:
        return Candidates(self.contacts, more=False)

    def read_days(self, _start, _end):
        return iter(self.entries)

    def read_picture(self, now_epoch_seconds) -> LivePicture:
        items = [{"item_key": f"{each.kind}#{each.id}", **each.values} for each in friday.live_updates()]
        return compose_picture(items, now_epoch_seconds).with_heartbeats("shard-1", friday.heartbeats())


@pytest.fixture(scope="module")
def ask():
    """Ask a page as a manager; answer status and body."""
    tables, prices = Tables(), load_prices({})
    evidence = Evidence(
        center=CENTER,
        counters=tables,
        contacts=tables,
        states=tables,
        resolution=tables,
        listed=tables,
        prices=prices,
        live=tables,
    )
    sources = Sources(center=CENTER, counters=tables, resolution=tables, states=tables, contacts=tables, prices=prices)
    unread = dict.fromkeys(("contacts", "recordings", "analyses", "flow_logs", "drawings"))
    console = Console(
        center=CENTER,
        evidence=evidence,
        metrics=tables,
        live=tables,
        prices=prices,
        reported=sources,
        targets=type("NoTargets", (), {"read": staticmethod(dict)}),
        now=lambda: friday.NOW,
        **unread,
    )

    def ask(path, **query):
        claims = {"username": "max", "cognito:groups": "[manager]"}
        context = {"http": {"method": "GET", "path": path}, "authorizer": {"jwt": {"claims": claims}}}
        response = answer(console, {"rawPath": path, "requestContext": context, "queryStringParameters": query})
        return response["statusCode"], json.loads(response["body"])

    return ask


@pytest.fixture(scope="module")
def definitions(ask) -> dict[str, Any]:
    figures = ask("/api/definitions")[1]["figures"]
    return {name: each for each in figures for name in (each["key"], *each["also"])}


def explain(ask, definitions, figure: str, shown: float | None, **asked: str) -> str:
    """Ask for a figure, and hold what is told against what is shown; return its kind of evidence."""
    definition = definitions[figure.partition(".")[0]]
    assert {language for language, text in definition["definition"].items() if text} == {"en", "ko"}
    status, told = ask("/api/explain", figure=figure, **asked)
    if definition["no_contacts"]:
        assert (status, definition["no_contacts"]["en"] in told["message"]) == (400, True)
        return "none"
    assert status == 200, (figure, asked, told)
    close = {"rel": 1e-9, "abs": 2e-6}
    assert told["value"] == (shown if shown is None else pytest.approx(shown, **close)), (figure, asked)
    assert told["counted"] == pytest.approx(told["counters"], **close), (figure, asked)
    assert add_up(told) == pytest.approx(told["counted"], **close), (figure, asked)
    if told["evidence"] in {"cases", "schedule", "costs", "running"}:
        assert told["value"] == compute(told["formula"], told["counters"]), (figure, asked)
    return told["evidence"]


def add_up(told) -> dict[str, float]:
    rows = [row for each in told.values() if isinstance(each, list) for row in each if isinstance(row, dict)]
    return {
        name: (max if name == "longest_wait_seconds" else sum)([row["counts"].get(name, 0) for row in rows] or [0])
        for name in told["counted"]
    }


def compute(formula: str, counters: dict[str, float]) -> Any:
    """Compute a formula; those of contacts' counters are held against the figures in tests/unit/metrics."""
    try:
        return pytest.approx(eval(formula.replace("×", "*").replace("−", "-"), {"__builtins__": {}}, counters))
    except ZeroDivisionError:
        return None


def leaves(figures: dict[str, Any]) -> Iterator[tuple[str, float | None]]:
    """Yield the figures of one subject, those with parts as ``key.part``."""
    for key, value in figures.items():
        if isinstance(value, dict):
            yield from ((f"{key}.{part}", each) for part, each in value.items())
        else:
            yield key, value


OF_WHOM = {"queues": ("queue", "queue"), "agents": ("agent", "username")}
NO_FIGURES = {"announcement", "agents[].ghost"}


def live_figures(board: dict[str, Any], moments: set[str]) -> Iterator[tuple[str, Place, float | None]]:
    """Yield where every number of the picture, and every moment of which an age is told, stands, and of whom."""
    for name, told in board.items():
        for row in told if name in OF_WHOM else ():
            scope, key = OF_WHOM[name]
            for each, value in row.items():
                if f"{name}[].{each}" in moments or not isinstance(value, str):
                    yield f"{name}[].{each}", (scope, row[key]), value
        if name == "agents_by_state":
            yield name, ("center", ""), sum(told.values())
        elif isinstance(told, dict):
            yield from ((f"{name}.{each}", ("center", ""), value) for each, value in told.items())
        elif not isinstance(told, str | list):
            yield name, ("center", ""), told


def test_every_figure_of_the_live_picture(ask, definitions):
    _, board = ask("/api/live")
    places, kinds = {place: key for key, definition in definitions.items() for place in definition["at"]}, set()
    for place, (scope, key), shown in live_figures(board, places.keys()):
        if place not in NO_FIGURES:
            part = f".{place.partition('.')[2]}" if place.startswith("ages.") else ""
            kinds.add(explain(ask, definitions, places[place] + part, shown, scope=scope, key=key))
    assert kinds == {"moment", "running", "none"}


def test_every_figure_of_a_day(ask, definitions):
    _, page = ask("/api/metrics", day="2026-11-20")
    subjects = [("center", "", page["total"])]
    subjects += [("queue", "orders", page["queues"]["orders"]), ("agent", "mina", page["agents"]["mina"])]
    for scope, key, figures in subjects:
        for figure, shown in leaves(figures):
            if scope != "agent" and definitions[figure.partition(".")[0]]["scopes"] == ["agent"]:
                assert shown == 0
                continue
            assert explain(ask, definitions, figure, shown, scope=scope, key=key, day="2026-11-20") == "contacts"


@pytest.mark.parametrize("section", ["total", "queues", "departments", "agents", "channels"])
def test_every_figure_of_a_report(ask, definitions, section):
    _, report = ask("/api/reports", period="day", on="2026-11-20")
    sections = [report["total"]] if section == "total" else report[section]
    told = next(each for each in sections if each["key"] in {"-", "orders", "Sales", "mina", "VOICE"})
    scope, key = ("center", "") if section == "total" else (section.removesuffix("s"), told["key"])
    kinds = set()
    for figure, shown in told["figures"].items():
        kinds.add(explain(ask, definitions, figure, shown["value"], scope=scope, key=key, day="2026-11-20"))
    expected = {"total": {"contacts", "cases", "costs"}, "agents": {"contacts", "cases", "schedule"}}
    expected |= {"queues": expected["total"], "departments": expected["total"], "channels": {"contacts"}}
    assert kinds == expected[section]


@pytest.mark.parametrize(("section", "key"), [("agents", "mina"), ("departments", "Sales")])
def test_every_figure_of_a_scorecard(ask, definitions, section, key):
    _, cards = ask("/api/scorecards", period="day", on="2026-11-20")
    (card,) = (each for each in cards[section] if each["key"] == key)
    assert card["figures"]
    for figure, shown in card["figures"].items():
        explain(ask, definitions, figure, shown["value"], scope=section.removesuffix("s"), key=key, day="2026-11-20")


def test_every_definition_can_be_asked_or_says_why_nothing_is_behind_it(ask, definitions):
    for definition in definitions.values():
        scope, key = ("center", "") if "center" in definition["scopes"] else ("agent", "mina")
        status, told = ask("/api/explain", figure=definition["key"], scope=scope, key=key)
        assert status == (200 if definition["no_contacts"] is None else 400), told
