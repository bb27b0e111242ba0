"""Whatever stands where something else should stand, the answer is a list of problems."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.center.garage import SMALL, problems_in

DATA = yaml.safe_load(SMALL)
JUNK = [None, True, -1, 1.5, "x", "", [], {}, [[]], [None], {"a": {}}, {"1": "en"}, ["mon", 3]]


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in entries:
        yield from _paths(part, (*path, key))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.sampled_from(list(_paths(DATA))), st.sampled_from(JUNK)), min_size=1, max_size=3))
def test_junk_anywhere_is_answered_with_problems_not_with_a_crash(changes):
    data = copy.deepcopy(DATA)
    for path, junk in changes:
        place = data
        for step in path[:-1]:
            try:
                place = place[step]
            except (KeyError, IndexError, TypeError):
                break
        else:
            if isinstance(place, dict) or (isinstance(place, list) and path[-1] in range(len(place))):
                place[path[-1]] = junk
    for problem in problems_in(yaml.safe_dump(data, allow_unicode=True)):
        assert problem.line >= 1
        assert problem.expected
