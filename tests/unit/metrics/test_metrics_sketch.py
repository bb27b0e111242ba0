"""The sketch holds its promise of 2 %, merges exactly, and takes corrections back."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trunkline.metrics.sketch import RELATIVE_ERROR, Sketch, bucket_of, value_of

SECONDS = st.integers(min_value=0, max_value=7 * 86_400)
SHARES = st.sampled_from([0.01, 0.25, 0.5, 0.9, 0.95, 0.99, 1.0])


@given(SECONDS)
def test_bucket_stands_for_its_values_within_the_stated_error(seconds: int) -> None:
    assert math.isclose(value_of(bucket_of(seconds)), seconds, rel_tol=RELATIVE_ERROR + 1e-9)


@given(st.lists(SECONDS, min_size=1), SHARES)
def test_quantile_is_within_the_stated_error_of_the_value_of_that_rank(values: list[int], share: float) -> None:
    exact = sorted(values)[max(1, math.ceil(share * len(values) - 1e-9)) - 1]
    found = Sketch.of(values).quantile(share)
    assert found is not None
    assert math.isclose(found, exact, rel_tol=RELATIVE_ERROR + 1e-9)


@given(st.lists(st.lists(SECONDS)))
def test_merging_parts_gives_the_sketch_of_the_whole(parts: list[list[int]]) -> None:
    whole = Sketch.of([value for part in parts for value in part])
    merged = Sketch()
    for part in parts:
        merged.merge(Sketch.of(part))
    assert merged == whole


@given(st.lists(SECONDS), st.lists(SECONDS))
def test_taking_values_back_leaves_what_was_there_before(kept: list[int], corrected: list[int]) -> None:
    sketch = Sketch.of([*kept, *corrected])
    sketch.merge(Sketch.of(corrected), times=-1)
    assert sketch == Sketch.of(kept)


@given(st.integers(1, 400))
def test_every_bucket_has_values_of_its_own_and_none_is_skipped(bucket: int) -> None:
    assert bucket_of(int(value_of(bucket))) in {bucket - 1, bucket}
    assert value_of(bucket) > value_of(bucket - 1)


def test_seconds_of_short_waits_are_exact() -> None:
    assert [value_of(bucket_of(seconds)) for seconds in range(26)] == list(range(26))


def test_empty_sketch_has_no_percentile() -> None:
    assert Sketch().quantile(0.5) is None


def test_many_zeros_do_not_hide_the_waits_of_others() -> None:
    waits = Sketch.of([0] * 900 + [100] * 100)
    assert waits.quantile(0.9) == 0.0
    assert waits.quantile(0.95) == pytest.approx(100, rel=RELATIVE_ERROR)
