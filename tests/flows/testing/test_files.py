"""Cases in files, JUnit reports, and choosing by an expression."""

import json
from xml.etree import ElementTree

import pytest

from contactflow.testing import FlowLibrary
from contactflow.testing.choosing import Choice, ExpressionError
from contactflow.testing.junit import JUnitCase, write_junit
from contactflow.testing.suite import choose_cases, find_cases, run_cases

from .cases import SHOP, content, end, hear


def put(folder, name, document):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return path


GOOD = content(hear("Welcome to the shop.", end()))


def test_a_folder_gives_its_cases_sorted_and_no_flows(tmp_path):
    put(tmp_path, "b/two.json", GOOD)
    put(tmp_path, "a.json", {"Name": "first", "Content": GOOD})
    put(tmp_path, "flow.json", SHOP.serialise())
    found = list(find_cases([tmp_path]))
    assert [one.case.name for one in found] == ["first", "two"]


def test_what_cannot_be_read_is_told_and_the_others_go_on(tmp_path):
    put(tmp_path, "bad.json", {"Observations": [{}]})
    put(tmp_path, "good.json", GOOD)
    bad, good = find_cases([tmp_path])
    assert bad.case is None
    assert "Identifier is missing" in bad.problem
    assert [run.result.passed for run in run_cases([bad, good], FlowLibrary({"shop": SHOP}))] == [True]


@pytest.mark.parametrize(
    ("name", "word"),
    [("gone.json", "no such file"), ("text.json", "JSON"), ("list.json", "a list"), (".", "no test case")],
)
def test_each_unreadable_path_says_why(tmp_path, name, word):
    put(tmp_path / "files", "text.json", "hello")
    put(tmp_path / "files", "list.json", "[]")
    path = tmp_path / "empty" if name == "." else tmp_path / "files" / name
    (tmp_path / "empty").mkdir()
    [found] = find_cases([path])
    assert word in found.problem


def test_cases_are_chosen_by_words_of_name_and_file(tmp_path):
    put(tmp_path, "menu_korean.json", {"Name": "Main menu", "Content": GOOD})
    put(tmp_path, "menu_english.json", {"Name": "Main menu", "Content": GOOD})
    chosen = choose_cases(list(find_cases([tmp_path])), "menu and not korean")
    assert [one.file.rsplit("/", 1)[-1] for one in chosen] == ["menu_english.json"]


@pytest.mark.parametrize("expression", ["and", "(a", "a )", "not", "a b", ""])
def test_expressions_that_cannot_be_read_are_refused(expression):
    with pytest.raises(ExpressionError):
        Choice(expression)


def test_a_report_is_valid_and_counts():
    cases = [
        JUnitCase("good", "cases/a.json", 0.01),
        JUnitCase("bad <&> \x00", "cases/b.json", 0.02, "expected this", "and heard\nthat"),
        JUnitCase("unread", "cases/c.json", 0.0, "no JSON", ran=False),
    ]
    root = ElementTree.fromstring(write_junit(cases, name="flows"))
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("3", "1", "1")
    names = [one.get("name") for one in root.iter("testcase")]
    assert names == ["good", "bad <&> \ufffd", "unread"]
    assert root.find(".//failure").get("message") == "expected this"
    assert root.find(".//failure").text == "and heard\nthat"
    assert root.find(".//error").get("message") == "no JSON"
    assert next(root.iter("testcase")).get("classname") == "cases.a"
