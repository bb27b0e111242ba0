"""Every figure has one definition whose formula is what is computed, and the page of metrics names the same figures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trunkline.metrics.definitions import Definition, find_definition, load_definitions, read_counter
from trunkline.metrics.figures import to_agent_figures
from trunkline.metrics.tally import COUNTERS, Tally

PAGE = Path(__file__).resolve().parents[3] / "docs" / "metrics.md"
DEFINITIONS = load_definitions()
CONVENTIONS = {"service_level": "c", "first_contact_resolution_percent": "survey"}
OF_COUNTERS = {key for key, definition in DEFINITIONS.items() if definition.evidence == "contacts"}
COMPUTED = [
    (definition, part)
    for definition in DEFINITIONS.values()
    for part in (definition.parts or (None,))
    if definition.evidence == "contacts" and not {"waits", "handles", "longest_wait_seconds"} & set(definition.counters)
]
TALLIES = st.builds(Tally, **{name: st.integers(0, 5000) for name in COUNTERS})


def test_every_figure_has_one_definition():
    assert set(to_agent_figures(Tally())) == OF_COUNTERS


def test_every_figure_of_the_page_is_defined_and_every_definition_is_on_the_page():
    page = PAGE.read_text(encoding="utf-8").split("## Figures of a file")[0]
    rows = re.findall(r"^\| (`.+?) \|", page, re.MULTILINE)
    assert sorted(key for row in rows for key in re.findall(r"`(\w+)`", row)) == sorted(DEFINITIONS)


def test_page_tells_where_the_live_picture_has_each_figure():
    page = PAGE.read_text(encoding="utf-8").split("## Live figures")[1]
    rows = re.findall(r"^\| `(\w+)` \| (`.+?`) \|", page, re.MULTILINE)
    told = {key: tuple(re.findall(r"`(.+?)`", places)) for key, places in rows}
    assert told == {key: definition.at for key, definition in DEFINITIONS.items() if definition.at}


@pytest.mark.parametrize("definition", DEFINITIONS.values(), ids=DEFINITIONS)
def test_definition_is_whole_in_both_languages(definition: Definition):
    assert definition.en.endswith(".")
    assert re.search("[가-힣]", definition.ko)
    assert definition.source
    assert definition.unit in {"percent", "seconds", "count", "money", "score"}
    assert definition.attribution in {"arrival", "work", "moment"}
    assert definition.evidence in {"contacts", "cases", "schedule", "costs", "moment", "running"}
    assert definition.no_contacts is None or re.search("[가-힣]", definition.no_contacts["ko"])
    assert set(definition.scopes) <= {"queue", "agent", "center"} != set()
    assert definition.key.endswith("_seconds") == (definition.unit == "seconds")
    assert all(definition.formula_of(part) for part in definition.parts or (None,))


@given(TALLIES)
def test_formulas_of_counters_give_the_figures(tally: Tally):
    figures = to_agent_figures(tally)
    named = figures | {name: getattr(tally, name) for name in COUNTERS}
    for definition, part in COMPUTED:
        figure = figures[definition.key] if part is None else figures[definition.key][part]
        formula = definition.formula_of(part).replace("×", "*").replace("−", "-")
        try:
            computed = eval(formula, {"__builtins__": {"max": max}}, named)
        except ZeroDivisionError:
            computed = None
        assert figure == (None if computed is None else pytest.approx(computed)), definition.key


@pytest.mark.parametrize(("definition", "part"), COMPUTED)
def test_formula_names_the_counters_that_are_listed(definition: Definition, part: str | None):
    if definition.counters != ("open",):
        assert set(re.findall(r"[a-z_]{2,}", definition.formula_of(part))) - {"max"} <= set(definition.counters)


def test_sketches_and_open_contacts_are_counted_too():
    tally = Tally(offered=3, answered=1, abandoned=1, waits={0: 2, 5: 1}, handles={7: 1})
    assert [read_counter(tally, name) for name in ("waits", "handles", "open", "offered")] == [3, 1, 1, 3]


@pytest.mark.parametrize(
    ("figure", "key", "part"),
    [
        ("offered", "offered", None),
        ("service_level", "service_level", "c"),
        ("service_level.e", "service_level", "e"),
        ("service_level_percent", "service_level", "c"),
        ("first_contact_resolution_percent", "first_contact_resolution_percent", "survey"),
        ("queue_time_seconds", "queue_time_seconds", "p50"),
        ("handle_time_seconds.p95", "handle_time_seconds", "p95"),
    ],
)
def test_figures_are_asked_for_by_key_and_part(figure, key, part):
    definition, found = find_definition(figure, CONVENTIONS)
    assert (definition.key, found) == (key, part)


@pytest.mark.parametrize("figure", ["", "happiness", "offered.p50", "service_level.f", "queue_time_seconds.p99"])
def test_figure_that_there_is_not_is_told(figure):
    with pytest.raises(LookupError):
        find_definition(figure, CONVENTIONS)
