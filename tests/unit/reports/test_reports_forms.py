"""A report in the forms in which people get it."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from html.parser import HTMLParser

import pytest

from tests.unit.reports.materials import at, call, gather
from trunkline.reports.catalogue import list_figures
from trunkline.reports.csv_rows import write_report_csv, write_scorecards_csv
from trunkline.reports.headline import write_message, write_subject
from trunkline.reports.page import write_page
from trunkline.reports.report import compose_report
from trunkline.reports.scorecards import compose_scorecards
from trunkline.reports.words import LANGUAGES, Words

FRIDAY = date(2026, 11, 20)
CONTACTS = [
    *(call(each, at(date(2026, 11, 9 + each % 5), f"{8 + each % 9:02}:00"), survey_score=5) for each in range(40)),
    *(call(100 + each, at(date(2026, 11, 16 + each % 5), f"{8 + each % 9:02}:00")) for each in range(60)),
]


@pytest.fixture(scope="module")
def report():
    return compose_report(gather(CONTACTS, "week", FRIDAY, with_cost=True))


class Page(HTMLParser):
    """Notes what a page loads, its text, and whether its elements are closed."""

    VOID = frozenset({"meta", "br", "link", "img", "input"})

    def __init__(self, page):
        super().__init__()
        self.open, self.text, self.tags, self.attributes = [], [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_is_whole_and_fetches_nothing(report, language):
    page = Page(write_page(report, "Redline", language))
    assert page.open == []
    assert {"script", "link", "img", "iframe"}.isdisjoint(page.tags)
    assert not [value for name, value in page.attributes if name in {"src", "href"} and not value.startswith("#")]
    assert ("lang", language) in page.attributes
    assert page.tags.count("svg") == 2
    assert ("role", "img") in page.attributes


def test_page_speaks_its_language(report):
    english, korean = (write_page(report, "Redline", language) for language in LANGUAGES)
    assert "Service level" in english
    assert not re.search("[가-힣]", english)
    assert "서비스 수준" in korean
    assert ">주문<" in korean
    assert "Service level" not in korean


def test_page_shows_the_interval_and_the_number_beside_a_figure(report):
    figure = report["total"]["figures"]["service_level_percent"]
    text = " ".join(Page(write_page(report, "Redline", "en")).text)
    assert f"n {figure['n']}" in text
    assert Words("en").ends(figure["low"], figure["high"], "percent") in text


def test_names_cannot_put_markup_into_the_page():
    contacts = [call(1, at(FRIDAY), queue="<script>alert(1)</script>", agent="a<b>&c")]
    page = write_page(compose_report(gather(contacts)), "<b>Red & line</b>", "en")
    assert "script" not in Page(page).tags
    assert "&lt;b&gt;Red &amp; line" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_report_of_nothing_is_a_page_too(language):
    page = Page(write_page(compose_report(gather([])), "Redline", language))
    assert page.open == []
    assert "svg" not in page.tags
    assert Words(language).say("nothing") in page.text


def test_every_figure_has_a_name_in_every_language():
    for language in LANGUAGES:
        for key in list_figures("c"):
            assert Words(language).figure(key)


def test_csv_has_a_line_for_every_figure(report):
    rows = list(csv.DictReader(io.StringIO(write_report_csv(report))))
    sections = [report["total"], *(each for kind in SECTIONS for each in report[kind])]
    assert len(rows) == sum(len(section["figures"]) for section in sections)
    level = next(row for row in rows if (row["scope"], row["figure"]) == ("center", "service_level_percent"))
    figure = report["total"]["figures"]["service_level_percent"]
    assert float(level["value"]) == figure["value"]
    assert (float(level["low"]), float(level["high"])) == (figure["low"], figure["high"])
    assert (int(level["n"]), level["small"]) == (60, "false")
    assert float(level["previous"]) == figure["previous"]["value"]


SECTIONS = ("queues", "departments", "agents", "channels")


def test_csv_holds_no_formula():
    contacts = [call(1, at(FRIDAY), queue="=cmd|' /C calc'!A0", agent="@SUM(A1)")]
    text = write_report_csv(compose_report(gather(contacts)))
    assert not [cell for row in csv.reader(io.StringIO(text)) for cell in row if cell.startswith(("=", "@", "+"))]


def test_csv_of_scorecards_tells_targets():
    reports = {"scorecards": {"targets": {"csat_percent": 80}}}
    cards = compose_scorecards(gather(CONTACTS, "week", FRIDAY, compared=False, reports=reports), {})
    rows = list(csv.DictReader(io.StringIO(write_scorecards_csv(cards))))
    mina = next(row for row in rows if (row["key"], row["figure"]) == ("mina", "csat_percent"))
    assert (mina["target"], mina["bound"], mina["source"], mina["status"]) == ("80", "at_least", "center", "no_telling")


def test_report_survives_json(report):
    assert json.loads(json.dumps(report)) == report


def test_mail_tells_headlines_and_nobodys_name(report):
    text = write_message(report, {"report.json": "s3://bucket/reports/week/2026-11-16/report.json"})
    assert "Offered: 60" in text
    assert "Service level: 100.0 %" in text
    assert "s3://bucket/reports/week/2026-11-16/report.json" in text
    assert "mina" not in text.lower()
    assert "+1" not in text


@pytest.mark.parametrize("name", ["Redline\nBcc: all", "레드라인" * 60])
def test_subject_is_one_short_line_of_ascii(report, name):
    subject = write_subject(report, name)
    assert subject.isascii()
    assert subject.isprintable()
    assert 0 < len(subject) < 100
