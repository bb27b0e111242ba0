"""Contact records that are malformed, repeated, late or corrected."""

from __future__ import annotations

import base64
import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.centre.centre import Centre, open_centre
from twin.connect import TrueContact

CALLS = 6


def _lacking(record: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in names}


def _with(record: dict[str, Any], part: str, **values: Any) -> dict[str, Any]:
    return {**record, part: {**(record[part] or {}), **values}}


def _spelt(record: dict[str, Any], value: str) -> bytes:
    """Return the record as JSON with its talk time spelt as ``value``."""
    return json.dumps(_with(record, "Agent", AgentInteractionDuration="HERE")).replace('"HERE"', value).encode()


# What cannot be stored, made from a good record, and words of the cause that the function logs.
MALFORMED: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "not JSON": (lambda _: b"{'ContactId': ", "the data is not JSON"),
    "not text": (lambda _: b"\xff\xfe\x00\x80", "the data is not JSON"),
    "empty": (lambda _: b"", "the data is not JSON"),
    "nested too deep": (lambda _: b"[" * 100_000, "the data is not JSON"),
    "half a character": (lambda one: {**one, "Tags": {"note": "\ud800"}}, "the data is not JSON"),
    "not a number": (lambda one: _spelt(one, "NaN"), "the data is not JSON"),
    "number too long": (lambda one: _spelt(one, "1" + "0" * 5000), "the data is not JSON"),
    "number too great": (lambda one: _spelt(one, "1" + "0" * 60), "AgentInteractionDuration: "),
    "a list": (lambda _: b"[1, 2]", "is a list, not an object"),
    "null": (lambda _: b"null", "is a NoneType, not an object"),
    "no contact id": (lambda one: _lacking(one, "ContactId"), "ContactId: is missing"),
    "no moments": (
        lambda one: _lacking(one, "InitiationTimestamp", "LastUpdateTimestamp"),
        "LastUpdateTimestamp: is missing; InitiationTimestamp: is missing",
    ),
    "no such moment": (lambda one: {**one, "DisconnectTimestamp": "yesterday"}, "DisconnectTimestamp: "),
    "moment before all years": (
        lambda one: {**one, "InitiationTimestamp": "0001-01-01T00:00:00+14:00"},
        "InitiationTimestamp: ",
    ),
    "moment of no call": (lambda one: {**one, "InitiationTimestamp": "0001-01-01T00:00:00Z"}, "no year of a telephone"),
    "negative talk": (lambda one: _spelt(one, "-5"), "AgentInteractionDuration: Expected `int` >= 0"),
    "queue is text": (lambda one: {**one, "Queue": "orders"}, "Queue: Expected `object"),
    "attribute is a number": (lambda one: {**one, "Attributes": {"language": 7}}, "Attributes[...]: "),
    "too large for the table": (
        lambda one: {**one, "Attributes": {f"name{number}": "x" * 200 for number in range(2500)}},
        "the table refuses it (ValidationException)",
    ),
}


@dataclass
class RecordDay:
    centre: Centre
    victim: TrueContact
    sent: dict[str, bytes] = field(default_factory=dict)
    neighbour_seconds: int = 0

    @property
    def neighbour(self) -> TrueContact:
        """Another contact that was answered."""
        return next(one for one in reversed(self.centre.ledger) if one.outcome == "answered")


@pytest.fixture(scope="module")
def quiet_day() -> Iterator[RecordDay]:
    """A day that is over and agrees; what a test sends afterwards is settled by the test."""
    with open_centre(CALLS) as centre:
        assert centre.finish()["equal"]
        yield RecordDay(centre, next(one for one in centre.ledger if one.outcome == "answered"))


@pytest.fixture(scope="module")
def malformed_day(quiet_day: RecordDay) -> RecordDay:
    """A batch of bad records and one good one, a correction that is taken back afterwards."""
    centre, neighbour = quiet_day.centre, quiet_day.neighbour
    good = centre.record_of(quiet_day.victim.contact_id, minutes_later=1)
    for name, (spoil, _) in MALFORMED.items():
        bad = spoil(copy.deepcopy(good))
        quiet_day.sent[name] = bad if isinstance(bad, bytes) else json.dumps(bad).encode()
        centre.put_record(quiet_day.sent[name])
    centre.put_record(_talking(centre.record_of(neighbour.contact_id), neighbour.talk_seconds + 11))
    centre.run(minutes=20)
    quiet_day.neighbour_seconds = centre.compare()["measured"]["talk_seconds"]
    centre.put_record(centre.record_of(neighbour.contact_id))
    centre.run(minutes=20)
    return quiet_day


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_record_is_kept_with_its_cause(malformed_day: RecordDay, name: str) -> None:
    lines = [json.loads(line) for body in malformed_day.centre.lake("failed/").values() for line in body.splitlines()]
    kept = [line for line in lines if base64.b64decode(line["rawData"]) == malformed_day.sent[name]]
    assert [line["errorCode"] for line in kept] == ["Lambda.ProcessingFailedStatus"]


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_record_is_logged_by_field_and_never_by_value(malformed_day: RecordDay, name: str) -> None:
    logged = malformed_day.centre.logged("StoreContact")
    assert MALFORMED[name][1] in logged
    assert malformed_day.victim.customer not in logged


def test_good_record_among_malformed_ones_is_stored_and_counted(malformed_day: RecordDay) -> None:
    truth = malformed_day.centre.compare()["truth"]
    assert malformed_day.neighbour_seconds == truth["talk_seconds"] + 11


def test_malformed_records_change_no_figure(malformed_day: RecordDay) -> None:
    report = malformed_day.centre.compare()
    assert report["differences"] == []
    assert report["failures"] == {}
    assert malformed_day.centre.session.cloud.functions.failures == {}


def test_repeated_record_changes_nothing(quiet_day: RecordDay) -> None:
    centre, contact_id = quiet_day.centre, quiet_day.victim.contact_id
    before = centre.parts(contact_id)
    record = centre.record_of(contact_id, minutes_later=2)
    for _ in range(3):
        centre.put_record(record)
    centre.run(minutes=20)
    assert centre.compare()["equal"]
    assert _but_version(centre.parts(contact_id)) == _but_version(before)


def test_late_older_record_never_replaces_a_newer_one(quiet_day: RecordDay) -> None:
    centre, contact_id = quiet_day.centre, quiet_day.victim.contact_id
    before = centre.parts(contact_id)
    centre.put_record(_talking(centre.record_of(contact_id, minutes_later=-600), 9999))
    centre.run(minutes=20)
    assert centre.parts(contact_id) == before
    assert centre.compare()["equal"]


def test_corrected_record_corrects_figures_and_only_its_own(quiet_day: RecordDay) -> None:
    centre, victim = quiet_day.centre, quiet_day.victim
    centre.put_record(_talking(centre.record_of(victim.contact_id), victim.talk_seconds + 7))
    centre.run(minutes=20)
    report = centre.compare()
    longer = report["truth"]["talk_seconds"] + 7
    assert report["measured"]["talk_seconds"] == longer
    assert {line.split(":")[0] for line in report["differences"]} == {
        "talk_seconds",
        "average_talk_seconds",
        "average_handle_time_seconds",
    }
    centre.put_record(centre.record_of(victim.contact_id))
    centre.run(minutes=20)
    assert centre.compare()["differences"] == []


def test_correction_that_shortens_the_longest_wait_is_recounted(quiet_day: RecordDay) -> None:
    centre = quiet_day.centre
    waits = {one.contact_id: one.wait_seconds or 0 for one in centre.ledger if one.queue}
    longest = max(waits, key=lambda one: waits[one])
    others = max(wait for contact_id, wait in waits.items() if contact_id != longest)
    for corrected, expected in ((9, max(9, others)), (600, 600), (0, others)):
        record = centre.record_of(longest)
        record["Queue"]["Duration"] = corrected
        centre.put_record(record)
        centre.run(minutes=20)
        assert centre.compare()["measured"]["longest_wait_seconds"] == expected
    centre.put_record(centre.record_of(longest))
    centre.run(minutes=20)
    assert centre.compare()["differences"] == []


def test_contact_corrected_to_another_queue_and_agent_moves_whole(quiet_day: RecordDay) -> None:
    centre, victim = quiet_day.centre, quiet_day.victim
    moved = centre.record_of(victim.contact_id)
    moved["Queue"]["Name"], moved["Agent"]["Username"] = "billing", "hana"
    before = centre.session.console.metrics(centre.day)
    centre.put_record(moved)
    centre.run(minutes=20)
    after = centre.session.console.metrics(centre.day)
    assert after["total"]["contacts"] == before["total"]["contacts"]
    assert after["queues"]["billing"]["answered"] == before["queues"].get("billing", {"answered": 0})["answered"] + 1
    assert after["agents"]["hana"]["answered"] == before["agents"].get("hana", {"answered": 0})["answered"] + 1
    assert after["queues"][victim.queue]["answered"] == before["queues"][victim.queue]["answered"] - 1
    centre.put_record(centre.record_of(victim.contact_id))
    centre.run(minutes=20)
    assert centre.compare()["differences"] == []


def _talking(record: dict[str, Any], seconds: int) -> dict[str, Any]:
    return _with(record, "Agent", AgentInteractionDuration=seconds)


def _but_version(parts: dict[str, Any]) -> dict[str, Any]:
    return {part: {name: value for name, value in item.items() if name != "version"} for part, item in parts.items()}
