"""The sketch holds its promise of 2 %, merges exactly, and takes corrections back."""

from __future__ import annotations

import math
import random

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


@given(st.lists(st.tuples(SECONDS, st.integers(-500, 500))))
def test_encoded_sketch_is_read_back_as_it_was(changes: list[tuple[int, int]]) -> None:
    sketch = Sketch()
    for seconds, times in changes:
        sketch.add(seconds, times)
    assert Sketch.decode(sketch.encode()) == sketch


def test_empty_sketch_has_no_percentile() -> None:
    assert Sketch().quantile(0.5) is None
    assert Sketch().encode() == b""


def test_many_zeros_do_not_hide_the_waits_of_others() -> None:
    waits = Sketch.of([0] * 900 + [100] * 100)
    assert waits.quantile(0.9) == 0.0
    assert waits.quantile(0.95) == pytest.approx(100, rel=RELATIVE_ERROR)


@pytest.mark.parametrize("data", [b"\x80", b"\x01", b"\x01\x82"])
def test_truncated_sketch_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="ends"):
        Sketch.decode(data)


def test_busy_interval_of_a_queue_fits_in_half_a_kilobyte() -> None:
    stream = random.Random(7)
    waits = Sketch.of(int(stream.expovariate(1 / 90)) for _ in range(1_000))
    assert len(waits.encode()) < 512
