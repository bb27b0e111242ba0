"""Whatever a flow holds beside what is known is written back as it was read."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from contactflow.model import Flow

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3))
FIELDS = st.dictionaries(st.text(min_size=1), JSON, max_size=3)


def beside(known: dict[str, st.SearchStrategy[Any]], optional: dict[str, st.SearchStrategy[Any]]) -> Any:
    """Objects with known fields, perhaps optional ones, and unknown ones that do not clash with them."""
    taken = {*known, *optional, "modules"}
    unknown = FIELDS.map(lambda fields: {name: value for name, value in fields.items() if name not in taken})
    return st.builds(lambda one, two: {**two, **one}, st.fixed_dictionaries(known, optional=optional), unknown)


CONDITIONS = beside({"Operator": st.text(), "Operands": st.lists(JSON, max_size=2)}, {})
BRANCHES = st.lists(beside({"NextAction": st.text(), "Condition": CONDITIONS}, {}), max_size=2)
ERRORS = st.lists(beside({"NextAction": st.text(), "ErrorType": st.text()}, {}), max_size=2)
WAYS = beside({}, {"NextAction": st.none() | st.text(), "Conditions": BRANCHES, "Errors": ERRORS})
ACTIONS = beside({"Identifier": st.text(), "Type": st.text()}, {"Parameters": FIELDS, "Transitions": WAYS})
FLOWS = beside(
    {
        "Version": st.text(),
        "StartAction": st.text(),
        "Actions": st.lists(ACTIONS, max_size=4, unique_by=lambda one: one["Identifier"]),
    },
    {"Metadata": FIELDS},
)


@given(FLOWS)
def test_any_flow_is_written_back_as_it_was_read(document: dict[str, Any]) -> None:
    given_document = copy.deepcopy(document)
    flow = Flow.parse(json.dumps(document))
    assert flow.serialise() == document
    assert Flow.parse(document).serialise() == given_document
    assert document == given_document
