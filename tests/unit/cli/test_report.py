"""``trunkline report`` of a file of contact records, and of a month of a real call centre."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from cli.bank_log import COLUMNS, BankCall, read_day
from cli.errors import UsageError
from cli.main import build_app
from tests.unit.contact.samples import ROOT, contact_record

LOG = Path(__file__).parents[4] / "shared" / "data" / "calls" / "anonymous_bank_1999_02.tsv"
BANK = ROOT / "scenarios" / "bank" / "callcenter.yaml"
ISRAEL = ZoneInfo("Asia/Jerusalem")
DATE = COLUMNS.index("date")
DAY = ("--period", "day", "--on", "2026-11-21")


def run(*arguments):
    return CliRunner().invoke(build_app(["report"]), ["report", *map(str, arguments)], catch_exceptions=False)


def report(*arguments):
    result = run(*arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


@pytest.fixture
def records(tmp_path):
    """A file of one call, told twice, and a line that is none."""
    path = tmp_path / "records.jsonl"
    older = contact_record(LastUpdateTimestamp="2026-11-21T18:20:30Z", Attributes={})
    path.write_text("\n".join([json.dumps(older), json.dumps(contact_record()), "{oops"]), encoding="utf-8")
    return path


@pytest.fixture
def center():
    return ROOT / "callcenter.yaml"


def test_file_of_records_is_reported_in_every_form(records, center, tmp_path):
    source = ("--records", records, "--center", center)
    found = report(*DAY, *source)
    assert found["total"]["figures"]["answered"]["value"] == 1
    assert found["total"]["figures"]["csat_percent"]["value"] == 100.0
    assert found["cost"]["contacts"] == 1
    assert "Orders" in run(*DAY, *source).output
    assert "<svg" in run(*DAY, *source, "--format", "html").output
    assert "서비스 수준" in run(*DAY, *source, "--format", "html", "--language", "ko").output
    out = tmp_path / "report.csv"
    assert run(*DAY, *source, "--format", "csv", "--out", out).output == ""
    with out.open(encoding="utf-8", newline="") as file:
        assert {row["period"] for row in csv.DictReader(file)} == {"day"}


def test_text_can_be_written_to_a_file(records, center, tmp_path):
    out = tmp_path / "report.txt"
    run(*DAY, "--records", records, "--center", center, "--out", out)
    assert "Redline Classic Parts" in out.read_text(encoding="utf-8")


def test_day_without_calls_says_so(records, center):
    assert "No contacts" in run("--on", "2026-11-19", "--records", records, "--center", center).output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--on", "2999-01-01"), "has not begun"),
        (("--on", "21.11.2026"), "is no day"),
        (("--records", "/nowhere.jsonl"), "/nowhere.jsonl"),
        (("--center", "/nowhere.yaml"), "nowhere.yaml"),
        (("--out", "/nowhere/report.txt"), "/nowhere/report.txt"),
    ],
)
def test_what_cannot_be_reported_is_told_with_how_to_mend_it(records, center, arguments, told):
    usual = {"--on": "2026-11-21", "--records": str(records), "--center": str(center)}
    given = {**usual, **dict(zip(arguments[::2], arguments[1::2], strict=True))}
    with pytest.raises(UsageError, match=told):
        run(*(part for pair in given.items() for part in pair))


def test_file_without_a_record_is_refused(tmp_path, center):
    path = tmp_path / "none.jsonl"
    path.write_text("{}\n", encoding="utf-8")
    with pytest.raises(UsageError, match="no line is a contact record"):
        run(*DAY, "--records", path, "--center", center)


def to_record(call: BankCall) -> dict[str, object]:
    """A call of the log as Amazon Connect would tell it."""
    begun = call.arrival.replace(tzinfo=ISRAEL).astimezone(UTC)
    enqueued = begun + timedelta(seconds=call.menu_seconds)
    left = enqueued + timedelta(seconds=call.queue_seconds)
    ended = left + timedelta(seconds=call.talk_seconds)
    record: dict[str, object] = {
        "ContactId": f"bank-{call.arrival:%m%d}-{call.line}",
        "LastUpdateTimestamp": tell(ended),
        "InitiationTimestamp": tell(begun),
        "DisconnectTimestamp": tell(ended),
        "InitiationMethod": "INBOUND",
        "Channel": "VOICE",
        "DisconnectReason": "CUSTOMER_DISCONNECT",
    }
    if call.customer not in {"", "0"}:
        record["CustomerEndpoint"] = {"Address": call.customer}
    if call.outcome != "ended_in_menu":
        record["Queue"] = {
            "Name": call.service.lower(),
            "EnqueueTimestamp": tell(enqueued),
            "DequeueTimestamp": tell(left),
            "Duration": call.queue_seconds,
        }
    if call.outcome == "answered":
        record["Agent"] = {
            "Username": call.server,
            "ConnectedToAgentTimestamp": tell(left),
            "AgentInteractionDuration": call.talk_seconds,
        }
    return record


def tell(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.fixture(scope="module")
def february(tmp_path_factory):
    """February of the bank as contact records."""
    folder = tmp_path_factory.mktemp("bank")
    header, *rows = LOG.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
    days: dict[str, list[str]] = {}
    for row in rows:
        days.setdefault(row.split("\t")[DATE], []).append(row)
    path = folder / "february.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for written, of_day in days.items():
            log = folder / f"{written}.tsv"
            log.write_text(header + "".join(of_day), encoding="utf-8")
            for call in read_day(log, datetime.strptime(written, "%y%m%d").date()).calls:  # noqa: DTZ007
                file.write(json.dumps(to_record(call)) + "\n")
    return path


@pytest.mark.shared
@pytest.mark.skipif(not LOG.exists(), reason="the measuring data is not beside the project")
def test_month_of_a_bank_gives_the_published_figures_and_its_week(february):
    found = report("--period", "month", "--on", "1999-02-14", "--records", february, "--center", BANK)
    figures = {name: figure["value"] for name, figure in found["total"]["figures"].items()}
    assert (figures["offered"], figures["answered"], figures["abandoned"]) == (31_125, 27_162, 3_963)
    assert figures["ended_in_menu"] == 1_941
    assert round(figures["abandonment_rate"], 4) == 12.7325
    assert round(figures["average_speed_of_answer_seconds"], 4) == 40.7743
    assert round(figures["average_abandon_time_seconds"], 4) == 65.5299
    assert round(figures["average_handle_time_seconds"], 4) == 176.3530
    assert round(figures["service_level_percent"], 4) == 56.1157
    assert sum(each["offered"] for each in found["daily"]) == 31_125
    shares = {each["weekday"]: each["share_percent"] for each in found["total"]["seasonality"]["weekdays"]}
    assert shares["sat"] < shares["fri"] < 6
    assert all(shares[day] > 15 for day in ("sun", "mon", "tue", "wed", "thu"))
    for section in (found["total"], *found["queues"]):
        speed = section["figures"]["average_speed_of_answer_seconds"]
        assert speed["low"] < speed["value"] < speed["high"]
