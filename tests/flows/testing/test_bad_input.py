"""Test cases that are wrong anywhere: each is refused with its place, or runs; nothing breaks."""

import copy
import json
import random
from pathlib import Path

import pytest

from contactflow.testing import TestCase, TestCaseError, run_case

from .cases import SHOP, answers, chain, check, end, hear, press, see, start

CASE = {
    "Name": "whole",
    "EntryPoint": {"Type": "VOICE_CALL", "VoiceCallEntryPointParameters": {"FlowId": "shop"}},
    "InitializationData": {"Attributes": {"a": "b"}},
    "Content": chain(
        start(answers({"number": "7"})),
        {**hear("Welcome to the shop."), "Usage": {"Type": "Exactly", "Times": 1}},
        hear("For orders, press 1", press("1")),
        see("TransferContactToQueue", {"QueueId": "queue-1"}, check("$.Queue.Name", "Equals", "queue-1"), end()),
    ),
}
WRONG = (None, True, -1, 3.5, "", "x", "$.Queue.Name", "{", [], {}, [1], {"a": 1}, {"Type": []}, "9" * 500)


def places(value, path=()):
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from places(item, (*path, key))


def replaced(path, value):
    document = copy.deepcopy(CASE)
    target = document
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = value
    return document


@pytest.mark.parametrize("path", [path for path in places(CASE) if path], ids=lambda path: ".".join(map(str, path)))
def test_any_wrong_value_is_refused_with_its_place_or_runs(path):
    refused = []
    for value in WRONG:
        try:
            case = TestCase.parse(replaced(path, value))
        except TestCaseError as error:
            refused.append(error.path)
        else:
            run_case(case, {"shop": SHOP})
    assert all(place.startswith("$") for place in refused)


def test_any_truncated_text_is_refused():
    text = json.dumps(CASE)
    for length in random.Random(1).sample(range(len(text)), 40):
        with pytest.raises(TestCaseError):
            TestCase.parse(text[:length])


@pytest.mark.shared
def test_random_callers_never_break_a_published_flow():
    from cli.flow.inputs import read_flows

    folder = Path(__file__).parents[4] / "shared" / "data" / "flows"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not here")
    source = random.Random(7)
    for file in read_flows([folder]):
        if file.flow is None:
            continue
        for _ in range(3):
            keys = "".join(source.choices("0123456789*#", k=6))
            listening = {**hear("x"), "Usage": {"Type": "Always"}, "Actions": [press(keys)]}
            listening["Event"]["Properties"] = {}
            result = run_case(TestCase.parse({"Observations": [listening]}), {"flow": file.flow}, entry="flow")
            assert result.passed
            assert result.ended in {"disconnect", "ended", "time_limit", "no_next_action", "endless", "transferred"}
