"""``trunkline aggregate``: a file in, figures out, and nothing that is wrong with it unsaid."""

from __future__ import annotations

import json
from datetime import date

import pytest

from cli.aggregate import run
from cli.errors import UsageError
from tests.unit.contact.samples import ROOT, abandoned_record, contact_record, menu_record
from trunkline.contact.moments import day_bounds, format_moment


@pytest.fixture
def aggregate(tmp_path, capsysbinary):
    def aggregate(*records, lines=(), options=(), center=tmp_path / "none.yaml"):
        path = tmp_path / "records.jsonl"
        path.write_bytes(b"\n".join([*(json.dumps(record).encode() for record in records), *lines]))
        code = run([str(path), "--center", str(center), "--format", "json", *options])
        return code, json.loads(capsysbinary.readouterr().out)

    return aggregate


def at(moment: str, **changes):
    """An abandoned call that began at a moment."""
    times = dict.fromkeys(("InitiationTimestamp", "DisconnectTimestamp", "LastUpdateTimestamp"), moment)
    queue = abandoned_record()["Queue"] | dict.fromkeys(("EnqueueTimestamp", "DequeueTimestamp"), moment)
    return abandoned_record(**{**times, "Queue": queue, **changes})


def corrected(number: int, **changes):
    return contact_record(**{"LastUpdateTimestamp": f"2026-11-21T19:{number:02d}:00Z", **changes})


def test_json_tells_totals_queues_agents_and_every_interval(aggregate):
    code, told = aggregate(contact_record(), abandoned_record(ContactId="b"), menu_record(ContactId="c"))
    assert code == 0
    assert [told[name] for name in ("new", "corrected", "duplicate", "rejected", "problems")] == [3, 0, 0, 0, []]
    assert (told["total"]["contacts"], told["total"]["offered"], told["total"]["ended_in_menu"]) == (3, 2, 1)
    assert told["queues"]["orders"]["service_level"]["c"] == 50.0
    assert told["agents"]["mina"]["average_handle_time_seconds"] == 300
    assert [(each["start"], each["scope"], each["key"], each["channel"]) for each in told["intervals"]] == [
        ("2026-11-21T18:00:00Z", "center", "-", "VOICE"),
        ("2026-11-21T18:15:00Z", "agent", "mina", "VOICE"),
        ("2026-11-21T18:15:00Z", "queue", "orders", "VOICE"),
    ]


def test_sums_of_the_intervals_are_the_totals(aggregate):
    _, told = aggregate(contact_record(), at("2026-11-20T10:00:00Z", ContactId="b"))
    queues = [each for each in told["intervals"] if each["scope"] == "queue"]
    assert len(queues) == 2
    assert sum(each["offered"] for each in queues) == told["queues"]["orders"]["offered"] == 2


def test_what_cannot_be_read_is_named_by_line_and_the_rest_is_counted(aggregate):
    negative = contact_record(ContactId="n", Queue={**contact_record()["Queue"], "Duration": -1})
    code, told = aggregate(contact_record(), negative, lines=[b"", b"{", b"[]", b'{"ContactId": "x"}', b"\xff"])
    assert code == 1
    assert (told["new"], told["rejected"]) == (1, 5)
    assert [problem["line"] for problem in told["problems"]] == [2, 4, 5, 6, 7]
    assert "Queue.Duration" in told["problems"][0]["cause"]
    assert "InitiationTimestamp: is missing" in told["problems"][3]["cause"]


def test_json_that_breaks_off_after_a_wrong_field_is_rejected(aggregate):
    assert aggregate(lines=[b'{"ContactId": 7, "Channel'])[1]["rejected"] == 1


def test_missing_file_is_an_error_with_its_remedy(tmp_path):
    with pytest.raises(UsageError, match=r"records\.jsonl: No such file"):
        run([str(tmp_path / "records.jsonl")])


def test_targets_are_the_centres_unless_told(aggregate):
    late = contact_record(Queue={**contact_record()["Queue"], "Duration": 25})
    billing = {**late, "ContactId": "b", "Queue": {**late["Queue"], "Name": "billing"}}
    _, told = aggregate(late, billing, center=ROOT / "callcenter.yaml")
    assert [told["queues"][queue]["answered_in_target"] for queue in ("billing", "orders")] == [1, 0]
    _, told = aggregate(late, billing, options=["--target-seconds", "25"])
    assert [told["queues"][queue]["answered_in_target"] for queue in ("billing", "orders")] == [1, 1]


def test_centre_that_cannot_be_read_is_an_error(aggregate, tmp_path):
    center = tmp_path / "center.yaml"
    center.write_text("queues: [")
    with pytest.raises(UsageError, match=r"center\.yaml: the service targets cannot be read"):
        aggregate(contact_record(), center=center)


def test_correction_replaces_and_a_later_older_version_does_not(aggregate):
    _, told = aggregate(corrected(1), corrected(3, Agent=None), corrected(2))
    assert (told["new"], told["corrected"], told["duplicate"]) == (1, 1, 1)
    assert told["agents"] == {}
    assert told["total"]["answered"] == 0


def test_contact_corrected_ten_times_counts_once(aggregate):
    versions = [
        corrected(number, Queue={**contact_record()["Queue"], "Duration": 100 - number}) for number in range(11)
    ]
    _, told = aggregate(*versions)
    assert (told["new"], told["corrected"]) == (1, 10)
    assert (told["total"]["offered"], told["total"]["longest_wait_seconds"]) == (1, 90)


def test_record_a_week_late_counts_in_the_interval_of_its_call(aggregate):
    late = corrected(1, LastUpdateTimestamp="2026-11-28T18:21:00Z")
    _, told = aggregate(at("2026-11-28T10:00:00Z", ContactId="b"), late)
    assert "2026-11-21T18:15:00Z" in {each["start"] for each in told["intervals"]}


def test_empty_file_counts_nothing(aggregate):
    code, told = aggregate()
    assert (code, told["new"], told["intervals"], told["queues"]) == (0, 0, [], {})
    assert told["total"]["abandonment_rate"] is None


def test_future_date_counts_where_it_says_and_no_year_of_a_call_is_rejected(aggregate):
    code, told = aggregate(at("2090-01-01T00:00:00Z"), at("9999-12-31T23:59:59Z", ContactId="b"))
    assert (code, told["rejected"]) == (1, 1)
    assert [each["start"] for each in told["intervals"]] == ["2090-01-01T00:00:00Z"]


def test_queue_and_agent_that_nobody_knows_are_counted_under_their_names(aggregate):
    agent = {**contact_record()["Agent"], "Username": "nobody"}
    record = contact_record(Queue={**contact_record()["Queue"], "Name": "?"}, Agent=agent)
    _, told = aggregate(record, center=ROOT / "callcenter.yaml")
    assert (told["queues"]["?"]["answered"], told["agents"]["nobody"]["answered"]) == (1, 1)


def test_attributes_of_256_kilobytes_do_not_matter(aggregate):
    _, told = aggregate(contact_record(Attributes={"note": "x" * 262_144, "survey_score": "5"}))
    assert told["total"]["survey_satisfied"] == 1


def test_chat_is_told_apart_and_is_part_of_the_queue(aggregate):
    _, told = aggregate(contact_record(), contact_record(ContactId="b", Channel="CHAT"))
    assert told["queues"]["orders"]["answered"] == 2
    assert {each["channel"] for each in told["intervals"]} == {"VOICE", "CHAT"}


def test_every_hour_of_a_day_of_25_is_an_interval_of_its_own(aggregate):
    start, end = day_bounds(date(2026, 11, 1), "America/Los_Angeles")
    both = ("2026-11-01T01:30:00-07:00", "2026-11-01T01:30:00-08:00")
    _, told = aggregate(*(at(moment, ContactId=moment) for moment in both))
    starts = [each["start"] for each in told["intervals"]]
    assert starts == ["2026-11-01T08:30:00Z", "2026-11-01T09:30:00Z"]
    assert all(format_moment(start) <= each < format_moment(end) for each in starts)


def test_one_file_with_everything_that_can_be_wrong_counts_what_is_right(aggregate):
    agent, queue = contact_record()["Agent"], contact_record()["Queue"]
    good = [
        *(corrected(number) for number in range(11)),
        at("2090-01-01T00:00:00Z", ContactId="future"),
        contact_record(ContactId="nobody", Queue={**queue, "Name": "?"}, Agent={**agent, "Username": "nobody"}),
        contact_record(ContactId="large", Attributes={"note": "x" * 262_144}),
        at("2026-11-14T10:00:00Z", ContactId="late", LastUpdateTimestamp="2026-11-21T10:00:00Z"),
        at("2026-11-01T01:30:00-07:00", ContactId="summer"),
        at("2026-11-01T01:30:00-08:00", ContactId="winter"),
    ]
    negative = [
        contact_record(ContactId="talk", Agent={**agent, "AgentInteractionDuration": -5}),
        contact_record(ContactId="wait", Queue={**queue, "Duration": -1}),
    ]
    lines = [b"{", b"null", b"\xff\xfe", *(json.dumps(record).encode() for record in negative)]
    code, told = aggregate(*good, lines=lines)
    assert (code, told["new"], told["corrected"], told["duplicate"], told["rejected"]) == (1, 7, 10, 0, 5)
    causes = [problem["cause"] for problem in told["problems"]]
    assert "Agent.AgentInteractionDuration: Expected `int` >= 0" in causes[3]
    assert "Queue.Duration: Expected `int` >= 0" in causes[4]
    assert told["total"]["offered"] == 7
    assert {each["start"][:10] for each in told["intervals"]} == {
        *("2026-11-01", "2026-11-14", "2026-11-21", "2090-01-01"),
    }
    assert not any(each["open"] for each in told["intervals"] if each["scope"] == "queue")


def test_people_get_a_table_and_the_rejected_lines(tmp_path, capsys):
    path = tmp_path / "records.jsonl"
    path.write_text(json.dumps(contact_record()) + "\n{\n")
    assert run([str(path), "--center", str(tmp_path / "none")]) == 1
    told = capsys.readouterr().out
    assert "orders" in told
    assert "line 2: contact record: the data is not JSON" in told
