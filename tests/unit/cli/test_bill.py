"""``trunkline bill``: a month's bill of a volume, as text and as JSON, and what it says of bad input."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from cli import main as command

ROOT = Path(__file__).parents[3]


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command as a shell does; return its exit code, and what it wrote to stdout and stderr."""

    def run(*options, center=ROOT / "callcenter.yaml"):
        words = ["trunkline", "bill", "--calls-per-day", "200", "--minutes", "6", "--center", str(center), *options]
        monkeypatch.setattr(sys, "argv", words)
        monkeypatch.setenv("COLUMNS", "160")
        with pytest.raises(SystemExit) as ended:
            command.main()
        told = capsys.readouterr()
        return ended.value.code, told.out, told.err

    return run


@pytest.fixture
def as_json(run):
    def as_json(*options, **where):
        code, out, err = run("--format", "json", *options, **where)
        assert code == 0, err
        return json.loads(out)

    return as_json


@pytest.fixture
def changed_center(tmp_path):
    """Write the sample with other ``costs``."""

    def write(costs):
        text = (ROOT / "callcenter.yaml").read_text(encoding="utf-8")
        head, _, _ = text.partition("\ncosts:")
        path = tmp_path / "callcenter.yaml"
        path.write_text(f"{head}\ncosts: {costs}\n", encoding="utf-8")
        (tmp_path / "prompts").symlink_to(ROOT / "prompts")
        return path

    return write


def test_text_tells_categories_settings_and_seats(run):
    code, out, _ = run()
    assert code == 0
    for word in ("telephony", "transcription", "orchestration", "storage", "fixed", "together", "agents' time, apart"):
        assert word in out
    assert "200 calls a day, 30.4 days a month: 6,080 calls" in out
    assert "█" in out
    assert "recording.retention_days: 45" in out
    assert "for 8 seats" in out
    assert "https://www.genesys.com/pricing, read 2026-09-20" in out


def test_json_is_whole_and_adds_up(as_json):
    told = as_json()
    assert told["currency"] == "USD"
    assert told["calls"] == 6080
    assert told["volume"]["retention_days"] == 90
    assert sum(one["monthly"] for one in told["categories"].values()) == pytest.approx(told["total"])
    assert told["per_call"] == pytest.approx(told["total"] / told["calls"], abs=1e-7)
    assert told["prices"] == {"date": "2026-10", "region": "us-east-1", "overridden": []}
    assert all(seat["seats"] == 8 and seat["source"] and seat["read"] for seat in told["seats"])
    assert told["changes"][0]["monthly"] < 0


def test_documentation_tells_the_figures_that_the_command_gives(as_json):
    page = (ROOT / "docs" / "costs.md").read_text(encoding="utf-8")
    told = as_json()
    assert f"**{told['total']:,.2f}**" in page
    for name in ("telephony", "transcription", "orchestration", "storage", "fixed"):
        assert f"| {name} | {told['categories'][name]['monthly']:,.2f} |" in page
    for seat in told["seats"]:
        evens = (seat["break_even_calls_per_day"], seat["break_even_calls_per_day_untranscribed"])
        assert f"| {seat['monthly']:.2f} | {evens[0]:.0f} | {evens[1]:.0f} |" in page


def test_options_reach_the_forecast(as_json):
    told = as_json("--days", "22", "--answered", "80", "--menu-minutes", "2", "--retention-days", "30", "--agents", "3")
    assert told["calls"] == 4400
    assert told["volume"]["answered_percent"] == 80
    assert told["categories"]["transcription"]["monthly"] == pytest.approx(4400 * 0.8 * 4 * 0.024)
    assert told["seats"][0]["seats"] == 3


def test_price_file_overrides_the_centres_prices_which_override_the_published(as_json, changed_center, tmp_path):
    center = changed_center("{currency: USD, agent_hour: 27.5, prices: {voice_minute: 0.018, did_minute: 0}}")
    assert as_json(center=center)["prices"]["overridden"] == ["did_minute", "voice_minute"]
    prices = tmp_path / "prices.json"
    prices.write_text('{"prices": {"voice_minute": 0.5}}', encoding="utf-8")
    told = as_json("--prices", str(prices), center=center)
    (line,) = [line for line in told["lines"] if (line["code"], line["what"]) == ("voice_minute", "answered calls")]
    assert line["unit_price"] == 0.5
    assert not [line for line in told["lines"] if line["code"] == "did_minute" and line["amount"]]


def test_agents_paid_in_another_currency_are_left_out_and_said_so(run, as_json, changed_center):
    center = changed_center("{currency: KRW, agent_hour: 30000}")
    assert as_json(center=center)["agent_time"] == 0
    assert "Agents are paid in KRW, the bill is in USD: their time is left out." in run(center=center)[1]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--calls-per-day", "0"), "calls per day is 0; give above 0"),
        (("--calls-per-day=-3",), "calls per day is -3"),
        (("--calls-per-day", "nan"), "calls per day is NaN"),
        (("--minutes", "0"), "minutes is 0"),
        (("--menu-minutes", "9"), "menu minutes is 9; give 0 to 6"),
        (("--days", "40"), "days is 40"),
        (("--answered", "120"), "answered percent is 120"),
        (("--retention-days", "0"), "retention days is 0"),
        (("--agents", "0"), "agents is 0; give 1 or more"),
        (("--prices", "nowhere.json"), "nowhere.json: No such file"),
        (("--center", "nowhere.yaml"), "nowhere.yaml"),
    ],
)
def test_bad_input_is_told_with_what_to_do(run, options, told):
    code, out, err = run(*options)
    assert (code, out) == (2, "")
    assert told in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"prices": {"voice_minut": 1}}', "no price has the code voice_minut; the nearest are voice_minute"),
        ('{"currency": "XX", "prices": {"voice_minute": 1}}', "has the currency 'XX'"),
        ('{"currency": "EUR", "prices": {"voice_minute": 1}}', "give every price in EUR"),
        ('{"prices": {"voice_minute": -1}}', "the price voice_minute is -1"),
        ("voice_minute: 1", "is not JSON"),
    ],
)
def test_price_file_that_cannot_be_used_is_named(run, tmp_path, text, told):
    path = tmp_path / "prices.json"
    path.write_text(text, encoding="utf-8")
    code, _, err = run("--prices", str(path))
    assert code == 2
    assert f"{path}: " in err
    assert told in err


def test_unknown_price_in_the_centre_is_a_problem_of_its_file(run, changed_center):
    path = changed_center("{currency: USD, agent_hour: 27.5, prices: {voice_minut: 0.018}}")
    code, _, err = run(center=path)
    assert code == 2
    assert "costs.prices.voice_minut: found voice_minut; expected a code of the price list" in err
    assert "did you mean voice_minute?" in err
