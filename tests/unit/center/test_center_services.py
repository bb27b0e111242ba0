"""Mistakes in what is asked, answered, transferred, recorded and offered are told in their place."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from tests.unit.center.garage import ROOT, SMALL, problems_in
from trunkline.center import CenterError, Problem, Spoken, load_center, locate_keys, parse_center

SAMPLE = (ROOT / "callcenter.yaml").read_text(encoding="utf-8")


def broken(*changes: tuple[str, str]) -> tuple[Problem, ...]:
    text = SAMPLE
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times"
        text = text.replace(old, new)
    return problems_in(text)


@pytest.mark.parametrize(
    ("change", "key", "found", "expected"),
    [
        (
            ("{answer: opening_hours,", "{answer: opening_hour,"),
            "ivr.menus.main.options.6.answer",
            "opening_hour",
            "an answer defined",
        ),
        (("{transfer: towing,", "{transfer: tow,"), "ivr.menus.main.options.7.transfer", "tow", "a transfer defined"),
        (("{voicemail: orders}", "{voicemail: order}"), "ivr.after_closed.voicemail", "order", "a queue defined"),
        (
            ("{voicemail: orders}", "{voicemail: orders, answer: opening_hours}"),
            "ivr.after_closed",
            "voicemail and answer",
            "exactly one of",
        ),
        (("asks: order_number", "asks: order_nr"), "ivr.answers.order_status.asks", "order_nr", "an input defined"),
        (
            ("asks: order_number", "asks: pin"),
            "ivr.answers.order_status.asks",
            "which is encrypted",
            "verify: instead of asks:",
        ),
        (
            ("verify: pin", "verify: order_number"),
            "ivr.answers.account_balance.verify",
            "which is not encrypted",
            "encrypted: true",
        ),
        (
            ("      path: /orders/{digits}\n", ""),
            "ivr.answers.order_status",
            "no path",
            "a path where the source is endpoint",
        ),
        (
            ("path: /orders/{digits}", "path: /orders/{order_number}"),
            "ivr.answers.order_status",
            "{order_number} in the path",
            "only {digits}, {phone} and {language}",
        ),
        (("path: /orders/{digits}", "path: orders"), "ivr.answers.order_status.path", "orders", "begins with /"),
        (
            ("{source: hours}", "{source: endpoint, path: /hours}"),
            "ivr.answers.opening_hours",
            "no text under found",
            "under found",
        ),
        (("source: customer", "source: custmer"), "ivr.answers.account_balance.source", "custmer", "customer"),
        (
            ("min_digits: 5", "min_digits: 9"),
            "ivr.inputs.order_number",
            "min_digits 9 and max_digits 8",
            "at most max_digits",
        ),
        (("check_digit: luhn", "check_digit: mod97"), "ivr.inputs.order_number.check_digit", "mod97", "luhn"),
        (("check_digit: luhn", "encrypted: true"), "ivr.inputs.order_number", "encrypted with confirm", "without them"),
        (
            ('"You entered {digits}. ', '"You entered {digit}. '),
            "ivr.inputs.order_number.confirm.en",
            "{digit}",
            "{digits}",
        ),
        (
            ("number {position} in line", "number three in line"),
            "ivr.queue_treatment.position.en",
            "without {position}",
            "{position}",
        ),
        (("music: hold_music", "music: hold_musik"), "ivr.queue_treatment.music", "hold_musik", "a recording defined"),
        (
            ("music: hold_music", "every_second: 3"),
            "ivr.queue_treatment.every_second",
            "every_second",
            "one of the keys",
        ),
        (
            ("after_seconds: 180", "after_seconds: 65"),
            "ivr.queue_treatment.offers[1].after_seconds",
            "65, after an offer at 60",
            "order of time",
        ),
        (
            ('number: "+12065550123"', 'number: "206-555-0123"'),
            "ivr.transfers.towing.number",
            "206-555-0123",
            "international form",
        ),
        (
            ("timeout_seconds: 2, retries: 1", "timeout_seconds: 3, retries: 3"),
            "self_service.endpoint",
            "12 seconds",
            "at most 6 seconds",
        ),
        (("https://orders", "http://orders"), "self_service.endpoint.url", "http://", "an https address"),
        (("    attempts: 3\n", "    attempts: 0\n"), "ivr.verification.attempts", "0", "at least 1"),
        (
            (
                "    thanks:\n      en: Thank you. Goodbye.",
                "    resolved:\n      en: Resolved?\n    thanks:\n      en: Bye.",
            ),
            "ivr.survey.resolved",
            "no text in ko",
            "a text in every language",
        ),
        (
            ("  service_level_convention: c", "  service_level_convention: c\n  resolution: {convention: survey}"),
            "metrics.resolution.convention",
            "no survey asks",
            "ivr.survey.resolved",
        ),
        (("    max_seconds: 120\n", "    max_seconds: 600\n"), "ivr.voicemail.max_seconds", "600", "at most 180"),
    ],
)
def test_mistake_is_told_in_its_place(change: tuple[str, str], key: str, found: str, expected: str) -> None:
    problems = {problem.key: problem for problem in broken(change)}
    assert key in problems, [str(problem) for problem in problems.values()]
    assert found in problems[key].found
    assert expected in problems[key].expected


@pytest.mark.parametrize(
    ("section", "key", "needs"),
    [
        ("  voicemail:\n    prompt:", "ivr.after_closed.voicemail", "ivr.voicemail"),
        ("  callback:\n    confirm_number:", "ivr.queue_treatment.offers[0].callback", "ivr.callback"),
        ("  verification:\n", "ivr.answers.account_balance.verify", "ivr.verification"),
        ("  endpoint: {url", "ivr.answers.order_status.source", "self_service.endpoint"),
    ],
)
def test_what_needs_a_section_that_is_missing_says_so(section: str, key: str, needs: str) -> None:
    begin = SAMPLE.index(section)
    lines = SAMPLE[begin:].splitlines(keepends=True)
    indent = len(lines[0]) - len(lines[0].lstrip())
    count = next((n for n, line in enumerate(lines[1:], 1) if len(line) - len(line.lstrip()) <= indent), len(lines))
    text = SAMPLE[:begin] + ("  {}\n" if "endpoint" in section else "") + "".join(lines[count:])
    problem = next(one for one in problems_in(text) if one.key == key)
    assert needs in problem.expected


@pytest.mark.parametrize(
    ("added", "key"),
    [
        ("  transfers:\n    taxi: {number: '+12065550199'}\n", "ivr.transfers.taxi"),
        ("  inputs:\n    code: {prompt: {en: Code, ko: 코드}, min_digits: 1, max_digits: 2}\n", "ivr.inputs.code"),
        ("  answers:\n    weather: {source: hours}\n    order_status", "ivr.answers.weather"),
        ("  voicemail: {prompt: {en: Say, ko: 말}, thanks: {en: Bye, ko: 끝}}\n", "ivr.voicemail"),
        ("  verification: {wrong: {en: No, ko: 아니}, locked: {en: No, ko: 아니}}\n", "ivr.verification"),
        ("  prompts: {jingle: {file: jingle.wav}}\n", "ivr.prompts.jingle"),
    ],
)
def test_what_nothing_uses_is_a_problem(added: str, key: str) -> None:
    old = "  answers:\n    order_status" if "order_status" in added else "  survey:\n"
    text = SMALL.replace(old, added if "order_status" in added else added + old)
    assert key in [problem.key for problem in problems_in(text)]


def test_text_may_be_markup_or_a_recording_in_each_language() -> None:
    text = SMALL.replace(
        "  greeting: {en: Welcome., ko: 안녕하세요.}\n",
        "  prompts: {hello: {file: hello.wav}}\n"
        "  greeting: {en: {ssml: '<speak>Hi <break time=\"1s\"/></speak>'}, ko: {prompt: hello}}\n",
    )
    greeting = parse_center(text).ivr.greeting
    assert greeting == {"en": Spoken(ssml='<speak>Hi <break time="1s"/></speak>'), "ko": Spoken(prompt="hello")}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("{ssml: Hello}", "no <speak>"),
        ("{ssml: '<speak><p>Hello</speak>'}", "</speak> where another tag is open"),
        ("{ssml: '<speak>Hello', }", "no <speak>"),
        ("{prompt: hallo}", "hallo"),
        ("{prompt: hello, ssml: '<speak>x</speak>'}", "ssml and prompt"),
        ("{}", "nothing to say"),
        ("{sslm: x}", "the key sslm"),
        ("5", "5"),
        ("[a]", "a list of 1"),
    ],
)
def test_what_cannot_be_said_is_told(said: str, found: str) -> None:
    greeting = "  greeting: {en: Welcome., ko: 안녕하세요.}\n"
    problems = problems_in(SMALL.replace(greeting, f"  greeting: {{en: {said}, ko: 안녕하세요.}}\n"))
    assert [problem.key.startswith("ivr.greeting.en") for problem in problems]
    assert any(found in problem.found for problem in problems), [str(problem) for problem in problems]


def test_recording_cannot_say_a_number() -> None:
    problems = broken(("en: You are number {position} in line.", "en: {prompt: hold_music}"))
    assert [problem.found for problem in problems] == ["a recording"]


@pytest.mark.parametrize("otherwise", ["{language: ko}", "{answer: order_status}", "{say: {en: Hi, ko: 네}}"])
def test_silent_caller_may_not_go_round_in_a_circle(otherwise: str) -> None:
    text = SMALL.replace("otherwise: {queue: orders}", f"otherwise: {otherwise}")
    assert "a circle for callers who choose nothing" in " ".join(problem.found for problem in problems_in(text))


def test_listening_menu_offers_only_keys_that_a_bot_can_hear() -> None:
    problems = broken(
        ('"7": {transfer: towing', '"*": {transfer: towing'),
        (
            "      timeout_seconds: 5\n      retries: 2\n",
            "      timeout_seconds: 5\n      retries: 2\n      speech: true\n",
        ),
    )
    assert [problem.found for problem in problems] == ["the key *"]


def wave(coding: int = 7, channels: int = 1, rate: int = 8000, seconds: float = 12) -> bytes:
    sound = bytes(round(seconds * 8000))
    form = struct.pack("<HHIIHH", coding, channels, rate, 8000, 1, 8)
    body = b"WAVEfmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(sound)) + sound
    return b"RIFF" + struct.pack("<I", len(body)) + body


def problems_with(folder: Path, content: bytes | None) -> tuple[Problem, ...]:
    (folder / "callcenter.yaml").write_text(SAMPLE, encoding="utf-8")
    if content is not None:
        (folder / "prompts").mkdir()
        (folder / "prompts" / "hold_music.wav").write_bytes(content)
    try:
        load_center(folder / "callcenter.yaml")
    except CenterError as error:
        return error.problems
    return ()


def test_recording_that_a_telephone_can_play_is_accepted(tmp_path: Path) -> None:
    assert problems_with(tmp_path, wave()) == ()


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (None, "which is not there"),
        (b"ID3 a song", "not WAVE"),
        (b"RIFF\0\0\0\0WAVEdata", "without sound"),
        (wave(rate=44100), "44100 Hz"),
        (wave(channels=2), "2 channels"),
        (wave(coding=85), "format 85"),
        (wave(seconds=3), "3.0 seconds of music"),
        (wave(seconds=301), "301 seconds"),
    ],
)
def test_recording_that_cannot_be_played_is_told(tmp_path: Path, content: bytes | None, found: str) -> None:
    (problem,) = problems_with(tmp_path, content)
    assert problem.key == "ivr.prompts.hold_music.file"
    assert found in problem.found


def test_lines_of_keys_are_known_and_missing_keys_have_their_parent_s() -> None:
    lines = locate_keys(ROOT / "callcenter.yaml")
    text = SAMPLE.splitlines()
    assert "after_seconds: 180" in text[lines["ivr.queue_treatment.offers[1].after_seconds"] - 1]
    assert "ivr.menus.main.options.1" in lines
    assert "ivr.inputs.pin.retries" not in lines
    assert lines["ivr.inputs.pin.retries"] == lines["ivr.inputs.pin"]
    assert lines["ivr.queue_treatment.offers[9].key"] == lines["ivr.queue_treatment.offers"]
    assert lines["nothing.of.it"] == 1
    assert len(lines) == len(list(lines))


def test_price_that_the_list_does_not_have_names_the_nearest() -> None:
    (problem,) = broken(("  agent_hour: 27.50", "  agent_hour: 27.50\n  prices: {voice_minuet: 0.018}"))
    assert (problem.key, problem.found) == ("costs.prices.voice_minuet", "voice_minuet")
    assert "a code of the price list" in problem.expected
    assert problem.suggestion == "voice_minute"


def test_price_below_zero_is_no_price() -> None:
    (problem,) = broken(("  agent_hour: 27.50", "  agent_hour: 27.50\n  prices: {voice_minute: -1}"))
    assert (problem.key, problem.expected) == ("costs.prices.voice_minute", "a number of at least 0")


def test_centre_may_override_prices() -> None:
    text = SAMPLE.replace("  agent_hour: 27.50", "  agent_hour: 27.50\n  prices: {voice_minute: 0.018}")
    assert parse_center(text).costs.prices == {"voice_minute": 0.018}
