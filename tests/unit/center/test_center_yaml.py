"""YAML as people write it: syntax errors in plain words, no surprises of YAML 1.1."""

from __future__ import annotations

import pytest

from tests.unit.center.garage import SMALL, problems_in
from trunkline.center import CenterError, CenterUnreadableError, load_center, parse_center


@pytest.mark.parametrize(
    ("text", "line", "advice"),
    [
        ("name: a\n\talias: b\n", 2, "never tabs"),
        ("name: a\nalias: b: c\n", 2, "in quotes"),
        ("name: a\nskills: [a, b\nqueues: 1\n", 3, "closing ]"),
        ("name: a\noptions:\n  *: b\n", 3, 'as in "*"'),
        ("name: 'a\n", 2, "closing quote"),
        ("name: a\nalias: @b\n", 2, "quotes"),
        ("name: a\n---\nname: b\n", 2, "one document"),
        ("name: !secret a\n", 1, "without ! tags"),
        ("name: &a\n  b: *a\n", 1, "not themselves"),
    ],
)
def test_syntax_error_is_told_with_line_and_advice(text, line, advice):
    [problem] = problems_in(text)
    assert problem.line == line
    assert advice in problem.expected


@pytest.mark.parametrize("text", ["", "just words", "- a\n- b\n", "# nothing\n"])
def test_file_without_keys_is_no_call_centre(text):
    [problem] = problems_in(text)
    assert "the keys of a call centre" in problem.expected


def test_norwegian_stays_a_language_and_unquoted_clock_times_stay_text():
    text = SMALL.replace("ko:", "no:").replace("ko}", "no}").replace("ko,", "no,").replace('to: "20:00"', "to: 20:00")
    center = parse_center(text)
    assert list(center.languages) == ["en", "no"]
    assert center.hours["shop"].open[1].to == "20:00"


def test_keys_of_the_telephone_need_no_quotes():
    center = parse_center(SMALL.replace('"1":', "1:").replace('"2":', "2:"))
    assert list(center.ivr.menus["main"].options) == ["1", "2"]


def test_anchors_and_merges_work():
    text = SMALL.replace(
        "service_target: {percent: 80, seconds: 20}", "service_target: &usual {percent: 80, seconds: 20}"
    )
    text = text.replace("service_target: {percent: 80, seconds: 30}", "service_target: {<<: *usual, seconds: 30}")
    target = parse_center(text).queues["billing"].service_target
    assert (target.percent, target.seconds) == (80, 30)


def test_missing_file_is_unreadable(tmp_path):
    with pytest.raises(CenterUnreadableError, match="no such file"):
        load_center(tmp_path / "nowhere.yaml")


def test_file_that_is_not_text_is_unreadable(tmp_path):
    file = tmp_path / "center.yaml"
    file.write_bytes(b"name: \xff\xfe")
    with pytest.raises(CenterUnreadableError, match="not UTF-8"):
        load_center(file)


def test_error_text_reads_like_a_compiler():
    with pytest.raises(CenterError) as raised:
        parse_center(SMALL.replace("entry: main", "entry: mian"), "center.yaml")
    assert str(raised.value) == (
        "center.yaml:41: ivr.entry: found mian; expected a menu defined under ivr.menus: "
        "main or more (did you mean main?)"
    )
