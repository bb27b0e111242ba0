"""Saved queries: each one's answer over the files equals what the counters, the bill or a plain count give."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.history.days import (
    CENTER,
    FIRST,
    LAST,
    QUERIES,
    ZONE,
    Delivery,
    ask_query,
    count,
    deliver,
    make_contact,
    newest,
    write_contacts,
    write_rows,
)
from trunkline.billing.period import bill_period
from trunkline.billing.prices import load_prices
from trunkline.contact.agent_states import AgentOffer, AgentState, settle
from trunkline.contact.model import Contact
from trunkline.contact.moments import day_bounds
from trunkline.history.datasets import COUNTED
from trunkline.history.rows import agent_row, analysis_row
from trunkline.metrics.figures import add_up, to_agent_figures, to_figures
from trunkline.metrics.keys import Key
from trunkline.metrics.rules import tally_agent
from trunkline.metrics.tally import Tally

SPAN = day_bounds(FIRST, ZONE)[0], day_bounds(LAST, ZONE)[1]
BY_ARRIVAL = [name for name in COUNTED if not name.startswith(("worked_", "available_", "unavailable_", "offers_"))]


def local(moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(ZONE))


def in_days(moment: datetime | None, first: date = FIRST, last: date = LAST) -> bool:
    return moment is not None and first <= local(moment).date() <= last


def by_hour(totals: dict[Key, Tally]) -> dict[tuple[Any, ...], Tally]:
    sums: dict[tuple[Any, ...], list[Tally]] = defaultdict(list)
    for key, tally in totals.items():
        if key.scope != "agent":
            start = key.start.replace(minute=0, tzinfo=None)
            sums[start, key.scope, key.member, key.channel].append(tally)
    return {place: add_up(tallies) for place, tallies in sums.items()}


def check_hours(folder: Path, contacts: Iterable[Contact]) -> int:
    wanted = by_hour(count(contacts, *SPAN))
    found = {
        (row["hour"], row["scope"], row["key"], row["channel"]): row for row in ask_query("service_by_interval", folder)
    }
    assert found.keys() == wanted.keys()
    for place, tally in wanted.items():
        told = {name: getattr(tally, name) for name in (*BY_ARRIVAL, "longest_wait_seconds")}
        assert {name: found[place][name] for name in told} == told, place
    return len(wanted)


def approximately(value: float | None) -> Any:
    return None if value is None else pytest.approx(value, rel=1e-9)


def test_hours_of_queues_equal_the_counters_whatever_was_delivered_how_often(
    folder: Path, deliveries: list[Delivery]
) -> None:
    assert check_hours(folder, newest(deliveries)) > 100


@settings(max_examples=15)
@given(st.integers(0, 2**32), st.integers(1, 40))
def test_hours_equal_the_counters_for_any_contacts(seed: int, size: int) -> None:
    random = Random(seed)
    delivered = deliver(random, [make_contact(random, number) for number in range(size)])
    with TemporaryDirectory() as folder:
        write_contacts(Path(folder), delivered)
        check_hours(Path(folder), newest(delivered))


def test_heat_map_has_weekdays_and_hours_of_the_centres_clock(folder: Path, deliveries: list[Delivery]) -> None:
    wanted: dict[tuple[int, int], list[Tally]] = defaultdict(list)
    for key, tally in count(newest(deliveries), *SPAN).items():
        if key.scope != "agent":
            moment = local(key.start)
            wanted[moment.isoweekday(), moment.hour].append(tally)
    found = {(row["weekday"], row["hour"]): row for row in ask_query("volume_heat_map", folder)}
    assert found.keys() == wanted.keys()
    for place, tallies in wanted.items():
        figures = to_figures(add_up(tallies))
        for name in ("contacts", "offered", "answered", "abandoned", "longest_wait_seconds"):
            assert found[place][name] == figures[name], (place, name)
        assert found[place]["abandonment_rate"] == approximately(figures["abandonment_rate"])


def test_hour_that_the_clocks_repeat_counts_under_one_name(tmp_path: Path) -> None:
    repeated = [datetime(2026, 11, 1, hour, 30, tzinfo=UTC) for hour in (8, 9)]
    random = Random(1)
    sample = next(one for one in (make_contact(random, 1) for _ in range(100)) if one.initiation_method == "INBOUND")
    contacts = [
        Contact(
            **{
                **{name: getattr(sample, name) for name in sample.__struct_fields__},
                "contact_id": f"c{moment.hour}",
                "initiated_at": moment,
                "queue": None,
                "enqueued_at": None,
            }
        )
        for moment in repeated
    ]
    write_contacts(tmp_path, [Delivery(contact, contact.initiated_at) for contact in contacts])
    day = date(2026, 11, 1)
    (row,) = ask_query("volume_heat_map", tmp_path, day, day)
    assert (row["weekday"], row["hour"], row["contacts"]) == (7, 1, 2)
    assert len(ask_query("service_by_interval", tmp_path, day, day)) == 2


def test_trends_hold_a_day_against_another(folder: Path, deliveries: list[Delivery]) -> None:
    contacts = newest(deliveries)
    before = to_sums(count(contacts, *day_bounds(FIRST, ZONE)))
    now = to_sums(count(contacts, *day_bounds(LAST, ZONE)))
    found = {
        (row["scope"], row["key"]): row
        for row in ask_query("trends", folder, LAST, LAST, compare_from_day=FIRST, compare_to_day=FIRST)
    }
    assert found.keys() == before.keys() | now.keys()
    for place, row in found.items():
        then, today = to_figures(before.get(place, Tally())), to_figures(now.get(place, Tally()))
        assert (row["contacts"], row["contacts_before"]) == (today["contacts"], then["contacts"])
        assert (row["offered"], row["answered_before"]) == (today["offered"], then["answered"])
        for name in ("abandonment_rate", "average_speed_of_answer_seconds", "average_handle_time_seconds"):
            assert row[name] == approximately(today[name]), (place, name)
            assert row[f"{name}_before"] == approximately(then[name]), (place, name)
        assert row["csat_percent"] == approximately(today["csat_percent"])
        assert row["service_level"] == approximately(today["service_level"]["c"])
        assert row["service_level_before"] == approximately(then["service_level"]["c"])


def to_sums(totals: dict[Key, Tally]) -> dict[tuple[str, str], Tally]:
    sums: dict[tuple[str, str], list[Tally]] = defaultdict(list)
    for key, tally in totals.items():
        if key.scope != "agent":
            sums[key.scope, key.member].append(tally)
    return {place: add_up(tallies) for place, tallies in sums.items()}


def test_agents_are_ranked_by_the_lower_end_of_what_customers_say(folder: Path, deliveries: list[Delivery]) -> None:
    sums: dict[str, list[Tally]] = defaultdict(list)
    for key, tally in count(newest(deliveries), *SPAN).items():
        if key.scope == "agent" and tally.contacts:
            sums[key.member].append(tally)
    rows = ask_query("agent_ranking", folder)
    assert {row["agent"] for row in rows} == set(sums)
    for row in rows:
        figures = to_figures(add_up(sums[row["agent"]]))
        assert row["answered"] == figures["answered"]
        assert row["survey_answers"] == figures["survey_answers"]
        assert row["csat_percent"] == approximately(figures["csat_percent"])
        assert row["average_handle_time_seconds"] == approximately(figures["average_handle_time_seconds"])
        assert row["average_speed_of_answer_seconds"] == approximately(figures["average_speed_of_answer_seconds"])
        assert row["transferred_percent"] == approximately(100 * figures["transfers_out"] / figures["answered"])
        low, high = wilson(figures["survey_satisfied"], figures["survey_answers"])
        assert (row["csat_low"], row["csat_high"]) == (approximately(low), approximately(high))
        assert row["handle_low"] < row["average_handle_time_seconds"] < row["handle_high"]
    lows = [row["csat_low"] for row in rows if row["place"] is not None]
    assert lows == sorted(lows, reverse=True)


def wilson(hits: int, total: int) -> tuple[float, float]:
    share, z = hits / total, 1.96
    middle = (hits + z * z / 2) / (total + z * z)
    reach = z / (total + z * z) * math.sqrt(total * share * (1 - share) + z * z / 4)
    return 100 * (middle - reach), 100 * (middle + reach)


def test_few_perfect_answers_rank_behind_many_good_ones(tmp_path: Path) -> None:
    def scored(agent: str, number: int, score: int) -> Contact:
        at = datetime(2026, 11, 1, 20, tzinfo=UTC)
        return Contact(
            contact_id=f"{agent}{number}",
            version=at,
            initiated_at=at,
            channel="VOICE",
            initiation_method="INBOUND",
            queue="orders",
            enqueued_at=at,
            wait_seconds=1,
            agent=agent,
            answered_at=at,
            talk_seconds=60 + number,
            outcome="answered",
            survey_score=score,
        )

    contacts = [scored("mina", 1, 5), *(scored("jordan", number, 5 if number % 20 else 1) for number in range(100))]
    write_contacts(tmp_path, [Delivery(contact, contact.version) for contact in contacts])
    ranked = ask_query("agent_ranking", tmp_path)
    assert [(row["place"], row["agent"]) for row in ranked] == [(1, "jordan"), (2, "mina")]
    assert ranked[1]["handle_low"] is None, "one contact has no spread"


def test_cost_by_department_equals_the_bill(folder: Path, deliveries: list[Delivery]) -> None:
    contacts = [contact for contact in newest(deliveries) if in_days(contact.initiated_at)]
    bill = bill_period((contact.to_values() for contact in contacts), CENTER, load_prices(), days=3)
    rows = {row["department"]: row for row in ask_query("cost_by_department", folder)}
    wanted = bill["departments"]
    assert rows.keys() == wanted.keys()
    for name, row in rows.items():
        assert row["contacts"] == wanted[name]["contacts"]
        assert row["total"] == pytest.approx(wanted[name]["total"], rel=1e-6)
        for category in ("telephony", "transcription", "orchestration", "agent_time"):
            assert row[category] == pytest.approx(wanted[name]["categories"].get(category, 0.0), rel=1e-4), category


def test_view_by_disconnect_counts_contacts_when_they_ended(folder: Path, deliveries: list[Delivery]) -> None:
    wanted: dict[tuple[Any, ...], list[Contact]] = defaultdict(list)
    for contact in newest(deliveries):
        if in_days(contact.disconnected_at) and contact.initiation_method not in {"OUTBOUND", "MONITOR"}:
            moment = local(contact.disconnected_at)  # type: ignore[arg-type]
            wanted[moment.date(), moment.hour, contact.queue or "-", contact.channel].append(contact)
    rows = {
        (row["ended_on"], row["hour"], row["queue"], row["channel"]): row for row in ask_query("by_disconnect", folder)
    }
    assert rows.keys() == wanted.keys()
    for place, row in rows.items():
        handled = [contact for contact in wanted[place] if contact.agent]
        assert (row["contacts"], row["handled"]) == (len(wanted[place]), len(handled))
        seconds = sum(
            (contact.talk_seconds or 0) + (contact.hold_seconds or 0) + (contact.after_contact_seconds or 0)
            for contact in handled
        )
        assert row["average_handle_time_seconds"] == approximately(seconds / len(handled) if handled else None)


def test_drivers_are_queues_categories_dispositions_and_languages(tmp_path: Path, deliveries: list[Delivery]) -> None:
    write_contacts(tmp_path, deliveries)
    contacts = [one for one in newest(deliveries) if arrival(one) and in_days(arrival(one))]
    said = {
        contact.contact_id: ["refund"] if number % 3 else ["refund", "late"] for number, contact in enumerate(contacts)
    }
    analyses = [analysis_row(analysis(name, categories)) for name, categories in said.items()]
    outdated = [analysis_row({**analysis(name, ["wrong"]), "analysed_at": "2026-10-30T00:00:00Z"}) for name in said]
    write_rows(tmp_path, "analyses", "2026-11-05", [*outdated, *analyses, *analyses])
    rows = {(row["driver"], row["name"]): row for row in ask_query("drivers", tmp_path)}
    assert {driver for driver, _ in rows} == {"queue", "category", "disposition", "language"}
    assert ("category", "wrong") not in rows
    total = sum(counted(contact) for contact in contacts)
    late = [contact for contact in contacts if "late" in said[contact.contact_id]]
    row = rows["category", "late"]
    assert row["contacts"] == sum(counted(contact) for contact in late)
    assert row["share_percent"] == approximately(100 * row["contacts"] / total)
    scores = [one.survey_score for one in late if one.survey_score and counted(one)]
    assert row["survey_answers"] == len(scores)
    assert row["survey_dissatisfied"] == sum(score <= 2 for score in scores)
    assert rows["disposition", "refund"]["contacts"] == sum(
        counted(one) for one in contacts if one.attributes.get("disposition")
    )
    orders = add_up(
        tally for key, tally in count(contacts, *SPAN).items() if (key.scope, key.member) == ("queue", "orders")
    )
    assert rows["queue", "orders"]["abandonment_rate"] == approximately(to_figures(orders)["abandonment_rate"])


def analysis(contact_id: str, categories: list[str]) -> dict[str, Any]:
    return {
        "contact_id": contact_id,
        "analysed_at": "2026-11-04T00:00:00Z",
        "language": "en",
        "locale": "en-US",
        "measures": {"interruptions": 1, "talk_ratio_agent": 0.5},
        "categories": categories,
        "redactions": {"card": 1},
    }


def arrival(contact: Contact) -> datetime | None:
    if contact.initiation_method in {"OUTBOUND", "MONITOR"}:
        return None
    queued = contact.queue and contact.enqueued_at and contact.initiation_method != "CALLBACK"
    return contact.enqueued_at if queued else contact.initiated_at


def counted(contact: Contact) -> int:
    return int(contact.initiation_method != "CALLBACK")


def test_contacts_of_a_day_explain_its_hours(folder: Path, deliveries: list[Delivery]) -> None:
    wanted = {
        one.contact_id: (one.version.replace(tzinfo=None), moment.replace(minute=0, second=0, tzinfo=None))
        for one in newest(deliveries)
        if (moment := arrival(one)) and in_days(moment, LAST, LAST)
    }
    found = {
        row["contact_id"]: (row["version"], row["hour"]) for row in ask_query("contacts_of_day", folder, LAST, LAST)
    }
    assert found == wanted


NINE = datetime(2026, 11, 1, 5, tzinfo=UTC)  # an evening in Los Angeles, with its midnight in the span


def span(begin: int, minutes: int, state: str, *, inferred: bool = False) -> AgentState:
    since = NINE + timedelta(minutes=begin)
    until = since + timedelta(minutes=minutes)
    return AgentState(username="mina", agent_id="a1", state=state, since=since, until=until, inferred=inferred)


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.integers(0, 600), st.integers(1, 400), st.sampled_from(["Available", "Lunch"]), st.booleans()),
        min_size=1,
        max_size=8,
    ),
    st.lists(st.tuples(st.integers(0, 600), st.sampled_from(["missed", "abandoned"])), max_size=3),
)
def test_agents_time_equals_the_counters_though_spans_overlap_and_come_again(
    told: list[tuple[int, int, str, bool]], offered: list[tuple[int, str]]
) -> None:
    spans = [span(begin, minutes, state, inferred=inferred) for begin, minutes, state, inferred in told]
    stored: dict[datetime, AgentState] = {}
    for each in spans:
        for change in settle(each, list(stored.values())):
            stored[change.since] = change
    offers: dict[datetime, AgentOffer] = {}
    for begin, outcome in offered:
        at = NINE + timedelta(minutes=begin)
        offer = AgentOffer(username="mina", agent_id="a1", contact_id="c1", queue="orders", at=at, outcome=outcome)  # type: ignore[arg-type]
        offers.setdefault(at, offer)
    day = local(NINE).date()
    wanted = Tally()
    for entry in (*stored.values(), *offers.values()):
        for key, tally in tally_agent(entry).items():
            if local(key.start).date() == day:
                wanted.add(tally)
    with TemporaryDirectory() as folder:
        rows = [agent_row(entry, NINE) for entry in (*spans, *offers.values(), *spans, *offers.values())]
        write_rows(Path(folder), "agent_states", "2026-11-02", rows)
        found = ask_query("agent_time", Path(folder), day, day)
    figures = to_agent_figures(wanted)
    if not found:
        assert not figures["logged_in_seconds"]
        assert not figures["offers_missed"] + figures["offers_abandoned"]
        return
    for name in ("available_seconds", "unavailable_seconds", "offers_missed", "offers_abandoned", "idle_seconds"):
        assert found[0][name] == figures[name], name


def test_logout_ends_a_state_that_was_believed_to_last(tmp_path: Path) -> None:
    told = [span(0, 120, "Available", inferred=True), span(30, 600, "Offline"), span(30, 600, "Offline")]
    write_rows(tmp_path, "agent_states", "2026-11-01", [agent_row(entry, NINE) for entry in told])
    day = local(NINE).date()
    (row,) = ask_query("agent_time", tmp_path, day, day)
    assert (row["logged_in_seconds"], row["utilisation_percent"]) == (1800, 0.0)


def test_agents_work_is_split_at_the_centres_midnight(folder: Path, deliveries: list[Delivery]) -> None:
    for day in (FIRST, FIRST + timedelta(days=1), LAST):
        sums: dict[str, list[Tally]] = defaultdict(list)
        for key, tally in count(newest(deliveries), *day_bounds(day, ZONE)).items():
            if key.scope == "agent":
                sums[key.member].append(tally)
        wanted = {agent: to_agent_figures(add_up(tallies)) for agent, tallies in sums.items()}
        found = {row["agent"]: row for row in ask_query("agent_time", folder, day, day)}
        for agent, figures in wanted.items():
            row = found.get(agent, defaultdict(int))
            for name in ("worked_contact_seconds", "worked_after_contact_seconds"):
                assert row[name] == figures[name], (day, agent, name)


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_day_without_calls_answers_nothing_and_fails_nothing(folder: Path, name: str) -> None:
    empty = date(2026, 10, 20)
    assert ask_query(name, folder, empty, empty, compare_from_day=empty, compare_to_day=empty) == []
